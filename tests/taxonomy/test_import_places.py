"""A national list of places on top of the starter's."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from taxonomy.actions import BadFileError, import_places, load_places
from taxonomy.models import Place

HEADER = "municipality_code,place,lat,lon\n"


def _list(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "places.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_new_places_get_the_name_of_their_municipality(db: None, now: datetime, tmp_path: Path) -> None:
    load_places(at=now)
    counts = import_places(_list(tmp_path, "1490,Tosseryd,57.70,12.80", "1490,Borås,57.60,12.90"), at=now)
    assert (counts.created, counts.unchanged) == (1, 1)
    added = Place.objects.get(name="Tosseryd")
    assert (added.municipality, added.folded, added.source) == ("Borås", "tosseryd", "import")
    assert Place.objects.get(name="Borås").latitude == 57.721


def test_a_second_time_changes_nothing_and_a_new_list_is_taken_over(db: None, now: datetime, tmp_path: Path) -> None:
    import_places(_list(tmp_path, "1490,Tosseryd,57.70,12.80"), at=now)
    again = import_places(_list(tmp_path, "1490,Tosseryd,57.70,12.80"), at=now)
    assert not again.touched
    assert import_places(_list(tmp_path, "1490,Tosseryd,57.71,12.80"), at=now).changed == 1


def test_places_without_coordinates_and_doubles_are_left_out(db: None, now: datetime, tmp_path: Path) -> None:
    counts = import_places(_list(tmp_path, "1463,Mark,0.0,0.0", "1490,Tosseryd,57.7,12.8", "1490,Tosseryd,57.8,12.8"), at=now)
    assert (counts.created, counts.skipped) == (1, 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1490,Tosseryd,12.80,57.70", "places.csv, line 2, column lat: 12.8 lies outside SE."),
        ("1490,Tosseryd,57.70,0", "places.csv, line 2, column lon: 0.0 lies outside SE."),
        ('1490,Tosseryd,"57,70",12.80', "places.csv, line 2, column lat: is not a number written with a point."),
        ("1490,Tosseryd,NaN,12.80", "places.csv, line 2, column lat: is not a number."),
        ("1490,Tosseryd,1e309,12.80", "places.csv, line 2, column lat: is not a number."),
        (
            "114,Tosseryd,57.70,12.80",
            "places.csv, line 2, column municipality_code: is not four digits; a program may have dropped the first zero.",
        ),
        ("1490,,57.70,12.80", "places.csv, line 2, column place: is empty."),
    ],
)
def test_case_58_and_65_a_bad_row_is_named_and_nothing_is_saved(db: None, now: datetime, tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadFileError) as caught:
        import_places(_list(tmp_path, line), at=now)
    assert str(caught.value) == said
    assert not Place.objects.exists()


def test_the_command_says_what_it_did_or_why_not(db: None, tmp_path: Path) -> None:
    said = StringIO()
    call_command("import_places", str(_list(tmp_path, "1490,Tosseryd,57.70,12.80")), stdout=said)
    assert said.getvalue() == "places.csv: 1 created, 0 changed, 0 unchanged\n"
    with pytest.raises(CommandError, match=r"nowhere\.csv: cannot be opened"):
        call_command("import_places", str(tmp_path / "nowhere.csv"))
