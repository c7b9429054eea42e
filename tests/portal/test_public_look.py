"""The public pages in a real browser: axe finds nothing, nothing sticks out sideways, the console is silent."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from search import index
from taxonomy.models import Need
from tests.factories.employers import PostingFactory

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"answer": "can", "lead": "week", "how": "Säg till innan", "evidence": "declared", "at": "2026-11-01"}
PAGES = (
    "",
    "postings/",
    "postings/?place=Atlantis&q=inget",
    "help/",
    "help/matching/",
    "help/privacy/",
    "help/easy/",
    "help/contact/",
    "employers/",
)
ACCOUNT = ("account/sign-in/", "account/sign-in/code/", "account/sign-up/", "account/help/", "account/password/reset/")


@pytest.fixture
def address() -> str:
    Need.objects.create(code="sens.quiet", group="sens", position=1, label_sv="En tyst arbetsmiljö", label_nb="x", label_en="x", common=1)
    posting = PostingFactory(published=True, kind="job", title="Köksbiträde, lunch", offers={"sens.quiet": GIVEN}, language_level="A2")
    index.put(posting.pk)
    return f"postings/{posting.pk}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_public_pages(visit: Callable[..., Page], axe: Callable[[Page], None], page: Page, address: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
    for path in (*PAGES, *ACCOUNT, address, "nowhere/"):
        visit(f"/sv/{path}", width=width)
        axe(page)


def test_filters_work_with_and_without_script(visit: Callable[..., Page], page: Page, address: str) -> None:
    visit("/sv/postings/", width=1280)
    page.get_by_label("Jobb").check()
    expect(page.locator(".chips")).to_contain_text("Jobb")
    expect(page).to_have_url(re.compile("kind=job"))
    page.get_by_role("button", name="Visa platser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 plats")


def test_an_error_takes_the_focus_to_its_summary(visit: Callable[..., Page], page: Page) -> None:
    visit("/sv/account/sign-in/")
    page.get_by_label("E-post").fill("nobody@example.org")
    page.get_by_label("Lösenord").fill("not the password at all")
    page.get_by_role("button", name="Logga in").click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    expect(page.get_by_label("E-post")).to_have_value("nobody@example.org")
