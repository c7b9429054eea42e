"""The index of postings on both servers that may keep it; and another job board, with the command that follows it."""

import io
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search import index
from search.index import elastic
from search.index.elastic import Elastic
from search.management import reader
from taxonomy.actions import load_needs, load_starter
from tests.search.board import Board, Sync, opened

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:59200")


def _answers(url: str) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname or "", where.port or 9200), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elastic]:
    """A real Elasticsearch with an index of its own, chosen in this test."""
    if not _answers(SERVER):
        if os.environ.get("CI"):
            pytest.fail("Elasticsearch does not answer, and CI has to test on it: scripts/services start")
        pytest.skip("no Elasticsearch: `scripts/services start` brings one up")
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", SERVER)
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
