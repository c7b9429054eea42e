"""A version is equal as long as what is held is, tells nothing of it, and belongs to one thing only."""

from datetime import date

from pytest_django.fixtures import Settings

from audit.queries import overtaken, version_of


def test_equal_values_of_one_thing_have_one_version(settings: Settings) -> None:
    first = version_of("needs", 1, {"quiet": "must", "breaks": date(2026, 11, 24)})
    assert first == version_of("needs", 1, {"breaks": date(2026, 11, 24), "quiet": "must"})
    others = [
        version_of("needs", 2, {"quiet": "must"}),
        version_of("note", 1, {"quiet": "must"}),
        version_of("needs", 1, {"quiet": "helps"}),
    ]
    assert len({first, version_of("needs", 1, {"quiet": "must"}), *others}) == 5
    settings.SECRET_KEY = "another key than that of the tests, as long as it"
    assert version_of("needs", 1, {"quiet": "must", "breaks": date(2026, 11, 24)}) != first


def test_only_a_save_over_something_unread_is_in_the_way() -> None:
    assert overtaken("old", before="now", after="mine")
    assert overtaken("", before="now", after="mine")
    assert not overtaken("now", before="now", after="mine")
    assert not overtaken("old", before="now", after="now")
    assert not overtaken(None, before="now", after="mine")
