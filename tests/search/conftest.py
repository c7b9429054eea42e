"""What tests of feeds share: another job board, and the command that follows it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.management import reader
from tests.search.board import Board, Sync, opened


@pytest.fixture
def board() -> Iterator[Board]:
    with opened() as one:
        yield one


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the reader would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(reader.Reader.__init__, "__kwdefaults__", {"token": "", "pause": waited.append})
    return waited


@pytest.fixture
def sync(board: Board, paused: list[float], settings: Any) -> Sync:
    """Runs the command on a path of the board. What words mean is tested elsewhere, and costs seconds."""
    settings.ENCODER = "/nowhere/at/all"

    def run(path: str = "", form: str = "jobtech", *, wanted: str = "PUBLISHED", whole: bool = True, again: bool = False) -> str:
        out = io.StringIO()
        try:
            call_command("sync_feed", f"{board.url}{path}", form=form, wanted=wanted, again=again, stdout=out)
        except CommandError:
            assert not whole, out.getvalue()
        else:
            assert whole, out.getvalue()
        return out.getvalue()

    return run
