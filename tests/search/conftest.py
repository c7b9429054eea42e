"""The index of postings on both servers that may keep it; and another job board, with the command that follows it."""

import io
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search import index
from search.actions import reader
from search.index import elastic
from search.index.elastic import Elastic
from taxonomy.actions import load_needs, load_starter
from tests.needed import elasticsearch
from tests.search.board import Board, Sync, opened


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elastic]:
    """A real Elasticsearch with an index of its own, chosen in this test."""
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", elasticsearch())
    monkeypatch.setattr(elastic, "PATIENCE", 30)
    made = Elastic(f"test-postings-{os.getpid()}")
    made.fill([], list)
    monkeypatch.setattr(index, "copy", lambda: made if settings.ELASTICSEARCH_URL else None)
    yield made
    made.remove()


@pytest.fixture(params=["database", "elastic"])
def kept(request: pytest.FixtureRequest) -> str:
    """Which of the two answers in this test."""
    if request.param == "elastic":
        request.getfixturevalue("server")
    return str(request.param)


@pytest.fixture
def vocabulary(now: datetime) -> None:
    load_starter(at=now)


@pytest.fixture
def needs(now: datetime) -> None:
    load_needs(at=now)


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
