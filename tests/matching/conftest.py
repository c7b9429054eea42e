"""An index of people on a real Elasticsearch."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from matching.index import Lists
from matching.index.elastic import Elastic
from tests.needed import elasticsearch


@pytest.fixture
def elastic(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elastic]:
    """An index of its own on a real server."""
    monkeypatch.setattr(settings, "ELASTICSEARCH_URL", elasticsearch())
    made = Elastic(Lists(), alias=f"test-people-{os.getpid()}")
    yield made
    made.remove()
