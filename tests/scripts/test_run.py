"""`make run` from nothing: the site opens, Ctrl-C ends every process, and a start that was killed leaves none behind."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.scripts.shell import SCRIPTS, alive, environment, free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("processes"),
    pytest.mark.skipif(not os.environ.get("CI"), reason="two minutes, and you have run `make run` yourself: only with CI=true"),
]


# Ctrl-C; whoever starts the tests in the background has switched it off for all that they start.
CTRL_C = signal.SIGTERM if signal.getsignal(signal.SIGINT) is signal.SIG_IGN else signal.SIGINT


def wait_for(what: Callable[[], object], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


class Site:
    """One `make run` in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var, self.port, self.said = var, free_port(), var / "said"
        with self.said.open("wb") as handle:
            env = environment(var, PORT=str(self.port))
            words = [sys.executable, str(SCRIPTS / "run.py")]
            self.process = subprocess.Popen(words, env=env, cwd=settings.BASE_DIR, stdout=handle, stderr=handle)

    def opens(self) -> None:
        def is_open() -> bool:
            assert self.process.poll() is None, self.said.read_text()
            return "Ctrl-C stops everything." in self.said.read_text()

        wait_for(is_open, 240)

    def numbers(self) -> list[int]:
        return list(json.loads((self.var / "processes.json").read_text()))


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Callable[[], Site]]:
    made: list[Site] = []

    def start() -> Site:
        made.append(Site(tmp_path))
        return made[-1]

    yield start
    for site in made:
        if site.process.poll() is None:
            site.process.send_signal(CTRL_C)
            site.process.wait(30)


def test_it_opens_and_leaves_nothing_behind(sites: Callable[[], Site]) -> None:
    first = sites()
    first.opens()
    said = first.said.read_text()
    assert f"Ingång is open: http://127.0.0.1:{first.port}/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{first.port}/sv/help/contact/", timeout=20) as answer:
        page = answer.read().decode()
    assert answer.status == 200
    assert "033-17 40 00" in page
    numbers = first.numbers()
    assert len(numbers) == 3
    assert all(alive(number) for number in numbers)
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    wait_for(lambda: not any(alive(number) for number in numbers), 20)

    second = sites()
    second.opens()
    assert "Filling the demo region" not in second.said.read_text()
    numbers = second.numbers()
    second.process.send_signal(CTRL_C)
    assert second.process.wait(30) == 0
    assert not any(alive(number) for number in numbers)
    assert not (second.var / "processes.json").exists()
