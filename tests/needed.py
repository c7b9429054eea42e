"""What a test cannot do without."""

import os
import socket
from importlib import import_module
from types import ModuleType
from urllib.parse import urlsplit

import pytest

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:59200")


def elasticsearch() -> str:
    """The address of a real server. Where none answers the test that asks is skipped, and in CI it fails."""
    where = urlsplit(SERVER)
    try:
        socket.create_connection((where.hostname or "", where.port or 9200), timeout=1).close()
    except OSError:
        if os.environ.get("CI"):
            pytest.fail("Elasticsearch does not answer, and CI has to test on it: scripts/services start")
        pytest.skip("no Elasticsearch: `scripts/services start` brings one up")
    return SERVER


def needed(library: str) -> ModuleType:
    """A library of the dev extra. Without it the module that asks is skipped, and in CI it fails."""
    if os.environ.get("CI"):
        return import_module(library)
    found: ModuleType = pytest.importorskip(library, reason="is in the dev extra: make install")
    return found
