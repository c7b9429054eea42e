"""The folders are those that the architecture names, and no telephone number is built in."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
APPS = {
    *("portal", "placements", "cooperation", "matching", "search", "employers"),
    *("jobseekers", "content", "taxonomy", "accounts", "audit", "outbox"),
}
BESIDE = {"templates", "assets", "tests", "benchmarks", "docs", "locale", "requirements", "scripts"}
BUILT = {"static", "static.new", "static.old", "var", "htmlcov", "test-results"}
FILES = {"manage.py", "Makefile", "Dockerfile", "docker-compose.yml", "pyproject.toml", "README.md", "LICENSE"}
FOREIGN = {"account", "mfa", "wagtailadmin"}  # templates that allauth and Wagtail ask for by name
PIECES = {"components", "letters"}
WORLD = {"factories", "journeys", "faults", "scripts"}  # tests that are of no one app
DOCS = {"decisions"}
PHONE = re.compile(r"(?<![\w.])(?:\+\d|0\d)[\d ()-]{5,}\d|\b\d\d \d\d \d\d \d\d\b")
DRAWN = re.compile(r"\b(?:viewBox|d)=\"[^\"]*\"")


def _there(folder: Path) -> tuple[set[str], set[str]]:
    """Names of the folders and of the files in a folder; what begins with a dot belongs to a tool."""
    seen = [one for one in folder.iterdir() if not one.name.startswith((".", "__pycache__"))]
    return {one.name for one in seen if one.is_dir()}, {one.name for one in seen if one.is_file()}


def test_the_folders_are_those_of_the_architecture() -> None:
    folders, files = _there(BASE)
    assert folders - BUILT == APPS | BESIDE
    assert files - {"ingang.sqlite3"} == FILES


def test_templates_and_tests_have_one_folder_for_each_app() -> None:
    templates, pages = _there(BASE / "templates")
    assert templates <= APPS | FOREIGN | PIECES
    assert all(re.fullmatch(r"\d{3}\.html|(base|bare)\.html", page) for page in pages), pages
    tests, _ = _there(BASE / "tests")
    assert tests <= APPS | WORLD
    assert tests >= APPS
    docs, _ = _there(BASE / "docs")
    assert docs == DOCS


def test_no_telephone_number_is_built_in() -> None:
    found = []
    for path in [BASE / "portal" / "settings.py", *(BASE / "templates").rglob("*.*")]:
        words = DRAWN.sub("", path.read_text())
        found += [f"{path.relative_to(BASE)}: {number}" for number in PHONE.findall(words)]
    assert found == []
