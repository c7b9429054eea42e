"""docs/cases.md is true: each case once, each test that is named for a case in its row, and each test it names there."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(settings.BASE_DIR) / "tests"
CASES = range(1, 85)
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"test_case_(\d+)(?:_and_(\d+))?_")


@pytest.fixture(scope="module")
def table() -> dict[int, str]:
    """What stands beside each case."""
    rows = ROW.findall((Path(settings.BASE_DIR) / "docs" / "cases.md").read_text())
    assert [int(number) for number, _ in rows] == list(CASES)
    return {int(number): cell for number, cell in rows}


@pytest.fixture(scope="module")
def there() -> set[str]:
    """Every test that there is, as `file::name`."""
    return {
        f"{path.relative_to(TESTS).as_posix()}::{node.name}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_test_of_a_case_stands_in_its_row(table: dict[int, str], there: set[str]) -> None:
    numbers = [(int(number), test) for test in there if (found := NAMED.search(test)) for number in found.groups() if number]
    assert numbers
    assert [f"case {number}: {test}" for number, test in sorted(numbers) if f"`{test}`" not in table.get(number, "")] == []


def test_every_test_in_the_table_is_there(table: dict[int, str], there: set[str]) -> None:
    assert [test for cell in table.values() for test in re.findall(r"`([^`]+::[^`]+)`", cell) if test not in there] == []


def test_every_case_is_held_or_says_when(table: dict[int, str]) -> None:
    assert [number for number, cell in table.items() if "::" not in cell and not re.search(r"not yet|no page|there are none", cell)] == []
