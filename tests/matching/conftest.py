"""An index of people on a real Elasticsearch."""

import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from matching.index import Lists
from matching.index.elastic import Elastic

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:59200")


def _answers(url: str) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname or "", where.port or 9200), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def elastic(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elastic]:
    """An index of its own on a real server."""
    if not _answers(SERVER):
        if os.environ.get("CI"):
            pytest.fail("Elasticsearch does not answer, and CI has to test on it: scripts/services start")
        pytest.skip("no Elasticsearch: `scripts/services start` brings one up")
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", SERVER)
    made = Elastic(Lists(), alias=f"test-people-{os.getpid()}")
    yield made
    made.remove()
