"""A test that cannot run is passed over on a person's machine, and never in CI."""

import pytest

from tests.needed import needed


def test_a_library_that_is_missing_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ModuleNotFoundError):
        needed("a_library_that_is_not_there")


def test_elsewhere_what_asks_for_it_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        needed("a_library_that_is_not_there")
    assert needed("json").__name__ == "json"
