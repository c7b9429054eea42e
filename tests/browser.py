"""Fixtures of the browser tests: Chromium, a page that watches its console, and axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Axe().axe_script
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],  # what passes is most of the page, and would be sent over as well
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium, and CI has to run the browser tests: apt-get install chromium")
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    # Playwright's event loop runs in this thread, and Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the console complained about. A page that answers 4xx on purpose is no complaint; anything else fails the test."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


@pytest.fixture
def visit(page: Page, live_server: LiveServer, console: list[str]) -> Callable[..., Page]:
    """`visit("/lediga-platser/", width=1280)` opens a path of the site and checks that nothing sticks out sideways."""

    def open_path(path: str, *, width: int = 375, height: int = 812) -> Page:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width} px"
        return page

    return open_path


def _sentence(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {' '.join(str(part) for part in node['target'])}: {node.get('failureSummary', rule['help'])}"


def _invisible_text(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """axe only calls text in the colour of its own background incomplete (`equalRatio`); to us it is wrong."""
    return [node for node in rule["nodes"] if any(_says_equal(check) for kind in ("any", "all", "none") for check in node[kind])]


def _says_equal(check: dict[str, Any]) -> bool:
    data = check.get("data")
    return isinstance(data, dict) and data.get("messageKey") == "equalRatio"


def axe_complaints(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA and of axe's best practice on the page as it stands, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options).then(({violations, incomplete}) => ({violations, incomplete}))", AXE_OPTIONS)
    wrong = [_sentence(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return wrong + [
        _sentence(rule, node) for rule in found["incomplete"] if rule["id"] == "color-contrast" for node in _invisible_text(rule)
    ]


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with one line per complaint."""

    def check(page: Page) -> None:
        complaints = axe_complaints(page)
        assert not complaints, f"{page.url}\n" + "\n".join(complaints)

    return check
