"""Small tables that a process finds on disk instead of computing them again."""

import logging
from pathlib import Path

import pytest

from taxonomy.linker import cache

TABLE = {"sens.quiet": [["sens.screened", 0.41]]}


def _never() -> object:
    raise AssertionError("it was made again")


def _kept(folder: Path, version: object = 1) -> object:
    return cache.kept(folder, "near", version, lambda: TABLE)


def test_it_is_made_once_for_a_version(tmp_path: Path) -> None:
    assert _kept(tmp_path) == TABLE
    assert cache.kept(tmp_path, "near", 1, _never) == TABLE
    assert cache.kept(tmp_path, "near", 2, lambda: {}) == {}


@pytest.mark.parametrize("damage", ["", "not a checksum\n{}", "\udcff"])
def test_a_damaged_file_is_made_again_and_said(tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    _kept(tmp_path)
    [path] = tmp_path.glob("near-*.json")
    path.write_bytes(damage.encode("utf-8", "surrogateescape"))
    with caplog.at_level(logging.WARNING):
        assert _kept(tmp_path) == TABLE
    assert "is made again" in caplog.text
    assert cache.kept(tmp_path, "near", 1, _never) == TABLE


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _kept(tmp_path / "file") == TABLE


def test_old_ones_go(tmp_path: Path) -> None:
    for version in range(cache.KEPT + 3):
        _kept(tmp_path, version)
    assert len(list(tmp_path.glob("near-*.json"))) == cache.KEPT
