"""The project tests itself: who imports whom, how large a file may be, whether migrations, templates and the README are true."""

import ast
import configparser
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

BASE = Path(settings.BASE_DIR)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NO_APPS = {"tests", "scripts", "benchmarks"}
NO_SOURCE = {"migrations", "node_modules", "__pycache__"}
# Templates that other packages ask for by name, so that none of our files names them.
ASKED_FOR_BY_NAME = re.compile(r"^(account|mfa|allauth|usersessions|socialaccount|wagtailadmin|django)/|^(403|403_csrf|404|429|500)\.html$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _python_files() -> list[Path]:
    tops = [
        path for path in sorted(BASE.iterdir()) if path.is_dir() and not path.name.startswith(".") and path.name not in NO_SOURCE | {"var"}
    ]
    found = [path for top in tops for path in sorted(top.rglob("*.py")) if not NO_SOURCE & set(path.parts)]
    return [*found, BASE / "manage.py"]


def _name(path: Path) -> str:
    return path.relative_to(BASE).as_posix()


def test_imports_keep_the_contracts() -> None:
    """In a process of its own: the linter's set-up of the log would silence every logger of this one."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=BASE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_is_in_the_import_contract() -> None:
    contract = configparser.ConfigParser()
    contract.read(BASE / ".importlinter")
    named = set(contract["importlinter"]["root_packages"].split())
    there = {path.parent.name for path in BASE.glob("*/__init__.py")} - NO_APPS
    assert there == named


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_files_and_functions_stay_small() -> None:
    long_files = [
        f"{_name(path)}: {lines} lines" for path in _python_files() if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert not long_files
    long_functions = [
        f"{_name(path)}: {node.name}: {length} lines"
        for path in _python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, Function) and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long_functions


def _hidden_imports(path: Path) -> Iterator[str]:
    """Imports inside a function that give no reason, on their own line or on the one above."""
    lines = path.read_text().splitlines()
    for function in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(function, Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and not _has_reason(lines, node.lineno):
                    yield f"{_name(path)}:{node.lineno}"


def _has_reason(lines: list[str], number: int) -> bool:
    beside = re.sub(r"#\s*(noqa|type):?[^(#]*", "", lines[number - 1].partition("#")[2] and "#" + lines[number - 1].partition("#")[2])
    above = lines[number - 2].strip()
    reason_of_the_group = above.startswith(("import ", "from ")) and _has_reason(lines, number - 1)
    return len(beside.strip("# ()")) > 0 or above.startswith("#") or reason_of_the_group


def test_no_import_hides_in_a_function() -> None:
    assert [hidden for path in _python_files() for hidden in _hidden_imports(path)] == []


def test_every_module_says_what_lives_there() -> None:
    silent = [_name(path) for path in _python_files() if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


def test_no_template_is_unused() -> None:
    sources = [path for path in _python_files() if path.parts[len(BASE.parts)] != "tests"]
    templates = sorted(path for path in (BASE / "templates").rglob("*") if path.is_file())
    texts = {path: path.read_text() for path in [*sources, *templates]}
    unused = []
    for template in templates:
        name = template.relative_to(BASE / "templates").as_posix()
        # A pair of letters is named without its ending; a family of pages by its folder and a variable.
        stems = {name, re.sub(r"(\.subject)?\.\w+$", "", name)}
        named = any(f'"{stem}' in text or f"'{stem}" in text for stem in stems for path, text in texts.items() if path != template)
        if not named and not ASKED_FOR_BY_NAME.match(name):
            unused.append(name)
    assert not unused


def test_no_file_names_a_registry() -> None:
    """Locks and settings say what to install, never from where: that is the machine's own business."""
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|repo1?\.maven|deb\.debian", re.IGNORECASE)
    files = [
        *BASE.glob("requirements/*"),
        *BASE.glob("assets/*.*"),
        BASE / "assets/.npmrc",
        BASE / "Makefile",
        BASE / "pyproject.toml",
        BASE / "Dockerfile",
    ]
    assert [_name(path) for path in files if path.is_file() and hosts.search(path.read_text())] == []


def _story() -> list[tuple[str, str]]:
    """The README's lines `app/file.py   what happens -> app/other.py or a name`, as file and rest."""
    readme = BASE / "README.md"
    if not readme.is_file():
        pytest.skip("the README is not written yet")
    blocks = re.findall(r"```\w*\n(.*?)```", readme.read_text(), re.DOTALL)
    block = next(block for block in blocks if "employers/views.py" in block and "matching/engine.py" in block)
    return re.findall(r"(\b[\w/]+\.py)\s+([^\n]*?)(?=\s{3,}[\w/]+\.py\s|\n)", block + "\n")


def test_the_readme_tells_where_each_step_happens() -> None:
    story = _story()
    assert len(story) >= len("nine line")
    for file, _rest in story:
        assert _module(file), f"README names {file}, which is not there"


def test_the_readme_names_functions_that_exist() -> None:
    for file, rest in _story():
        app = file.split("/")[0]
        for module, name in re.findall(r"\b(\w+)\.(\w+)\b", rest):
            if name != "py" and (_module(f"{app}/{module}.py") or module == "actions"):
                assert re.search(rf"\b(def|class) {name}\b|\b{name} = ", _text(f"{app}/{module}.py")), (
                    f"README: {app}/{module}.py has no {name}"
                )
        named = re.match(r"(\w+):", rest)
        if named:
            assert re.search(rf"\bdef {named.group(1)}\b", _text(file)), f"README: {file} has no {named.group(1)}"


def _module(file: str) -> list[Path]:
    """The files of a module, which may have grown into a folder of the same name."""
    path = BASE / file
    return [path] if path.is_file() else sorted(path.with_suffix("").glob("*.py"))


def _text(file: str) -> str:
    return "\n".join(path.read_text() for path in _module(file))
