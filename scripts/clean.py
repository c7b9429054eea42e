"""`make clean`: removes everything that can be built again. The database, the keys and the environment stay."""

import glob
import os
import shutil

import house

BUILT = [
    "static",
    "static.new",
    "static.old",
    "assets/node_modules",
    "tests/journeys/checker/node_modules",
    "test-results",
    "htmlcov",
    ".cache",
]
BUILT += [".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis", "var/collected", "var/stamps", "var/log"]


def run() -> None:
    with house.stage("Removing what can be built again"):
        for name in BUILT:
            shutil.rmtree(house.path(name), ignore_errors=True)
        for name in glob.glob(house.path("**", "__pycache__"), recursive=True):
            if not name.startswith(house.VENV):
                shutil.rmtree(name, ignore_errors=True)
        for name in glob.glob(house.path("locale", "*", "LC_MESSAGES", "*.mo")):
            os.remove(name)


if __name__ == "__main__":
    house.main(run)
