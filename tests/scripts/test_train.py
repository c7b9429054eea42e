"""The train environment: a half-made one is not taken for whole, and who has none is told what was left out."""

from pathlib import Path

from tests.scripts.shell import inside

LOOK = "import train; print(train.folder()); print(train.python() or 'none')"


def _made(folder: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    return folder


def test_an_environment_counts_only_with_its_mark(tmp_path: Path) -> None:
    made = _made(tmp_path / "env")
    assert inside(LOOK, tmp_path, INGANG_TRAIN_ENV=str(made)).stdout.splitlines() == [str(made), "none"]
    (made / ".ingang-complete").touch()
    assert inside(LOOK, tmp_path, INGANG_TRAIN_ENV=str(made)).stdout.splitlines() == [str(made), str(made / "bin" / "python")]


def test_without_a_name_it_is_named_by_what_it_holds(tmp_path: Path) -> None:
    said = inside(LOOK, tmp_path, HOME=str(tmp_path)).stdout.splitlines()
    assert said[0].startswith(str(tmp_path / ".cache" / "ingang" / "train-py3"))
    assert said[1] == "none"


def test_one_that_nobody_used_for_weeks_is_thrown_away(tmp_path: Path) -> None:
    old, used = (_made(tmp_path / ".cache" / "ingang" / f"train-{name}") for name in ("old", "used"))
    for folder in (old, used):
        (folder / ".ingang-complete").touch()
    done = inside(f"import os, train; os.utime({str(old / '.ingang-complete')!r}, (0, 0)); train._tidy()", tmp_path, HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (old.exists(), used.exists()) == (False, True)


def test_the_suite_says_that_its_tests_were_left_out(tmp_path: Path) -> None:
    done = inside("import test; print(test.trained())", tmp_path, INGANG_TRAIN_ENV=str(tmp_path / "none"))
    assert done.stdout.splitlines() == [
        "The tests of the training and of MiniLM were left out: `make train` makes their environment (6 GB).",
        "0",
    ]
