"""What a test cannot do without."""

import os
import shutil
import socket
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

SERVER = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:59200")
CHECKER = Path(__file__).parent / "journeys" / "checker" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PAPER = Path(__file__).parent / "placements" / "checker"
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:56379/1")


def elasticsearch() -> str:
    """The address of a real server. Where none answers the test that asks is skipped, and in CI it fails."""
    return _answering(SERVER, "Elasticsearch")


def redis() -> str:
    """The same of Redis."""
    return _answering(REDIS, "Redis")


def _answering(address: str, name: str) -> str:
    where = urlsplit(address)
    try:
        socket.create_connection((where.hostname or "", where.port or 0), timeout=1).close()
    except OSError:
        if os.environ.get("CI"):
            pytest.fail(f"{name} does not answer, and CI has to test on it: scripts/services start")
        pytest.skip(f"no {name}: `scripts/services start` brings one up")
    return address


def nu_checker() -> list[str]:
    """The command of the Nu HTML checker. Without Java, or the file that `make test` fetches, the test is skipped, and in CI it fails."""
    lacking = "" if shutil.which("java") else "Java"
    if not lacking and not CHECKER.exists():
        lacking = f"{CHECKER.name}: `make test` fetches it"
    if lacking and os.environ.get("CI"):
        pytest.fail(f"CI has to let the Nu HTML checker read every page, and there is no {lacking}")
    if lacking:
        pytest.skip(f"the Nu HTML checker reads no page: there is no {lacking}")
    return ["java", "-jar", str(CHECKER), "--errors-only", "--format", "gnu"]


def paper_checker() -> list[str]:
    """The command that reads PDF files by PDF/UA-1. Without a JDK, or the files that `make test` fetches, the same."""
    lacking = "" if shutil.which("javac") else "JDK"
    if not lacking and not (PAPER / ".cache" / ".ingang").exists():
        lacking = "veraPDF: `make test` fetches it with Maven"
    if lacking and os.environ.get("CI"):
        pytest.fail(f"CI has to let veraPDF read every paper, and there is no {lacking}")
    if lacking:
        pytest.skip(f"veraPDF reads no paper: there is no {lacking}")
    return ["java", "-cp", str(PAPER / ".cache" / "*"), str(PAPER / "PaperCheck.java")]


def needed(library: str) -> ModuleType:
    """A library of the dev extra. Without it the module that asks is skipped, and in CI it fails."""
    if os.environ.get("CI"):
        return import_module(library)
    found: ModuleType = pytest.importorskip(library, reason="is in the dev extra: make install")
    return found
