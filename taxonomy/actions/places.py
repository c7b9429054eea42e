"""Loads places: ours of the starter folder, and official lists of a country."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from taxonomy.actions.tables import Row, Tick, read
from taxonomy.actions.upserts import STARTER, Counts
from taxonomy.models import Place
from taxonomy.queries import folded

IMPORTED = "import"
STARTER_COLUMNS = ("name", "country", "municipality_code", "municipality", "lat", "lon")
LIST_COLUMNS = ("municipality_code", "place", "lat", "lon")
BATCH = 1000
# South, north, west, east: wide enough for islands, tight enough to catch swapped coordinates.
BOXES = {"SE": (55.0, 69.3, 10.5, 24.5), "NO": (57.7, 71.4, 4.0, 31.5)}
FIELDS = ("folded", "municipality", "latitude", "longitude", "source")


def checked(row: Row, *, country: str, name: str = "name") -> Place | None:
    """The row as an unsaved place. None where official lists have no coordinates and write 0, 0. Raises BadFileError."""
    south, north, west, east = BOXES[country]
    latitude, longitude = row.number("lat"), row.number("lon")
    if latitude == longitude == 0:
        return None
    if not south <= latitude <= north:
        raise row.bad("lat", f"{latitude} lies outside {country}")
    if not west <= longitude <= east:
        raise row.bad("lon", f"{longitude} lies outside {country}")
    code = row.text("municipality_code", longest=4)
    if not (code.isascii() and code.isdigit() and len(code) == len("0000")):
        raise row.bad("municipality_code", "is not four digits; a program may have dropped the first zero")
    text = row.text(name, longest=80)
    municipality = row.optional("municipality", longest=80)
    return Place(
        name=text,
        folded=folded(text),
        country=country,
        municipality_code=code,
        municipality=municipality,
        latitude=latitude,
        longitude=longitude,
    )


def import_places(path: Path, *, at: datetime, country: str = "SE", tick: Tick | None = None) -> Counts:
    """Reads a national list on top of the starter's places, which keep their coordinates. Batches of 1,000 in a transaction each.

    Columns municipality_code, place, lat, lon. May be killed and run again. Raises BadFileError; what came before the bad batch stays.
    """
    names = {code: name for code, name in Place.objects.filter(country=country).values_list("municipality_code", "municipality") if name}
    rows = read(path, LIST_COLUMNS, tick=tick)
    counts = Counts()
    while batch := list(islice(rows, BATCH)):
        found = [checked(row, country=country, name="place") for row in batch]
        usable = [place for place in found if place]
        for place in usable:
            place.municipality = place.municipality or names.get(place.municipality_code, "")
        with transaction.atomic():
            counts += upsert(usable, source=IMPORTED)
        counts.skipped += len(found) - len(usable)
    return counts


def upsert(wanted: Iterable[Place], *, source: str) -> Counts:
    """By country, municipality and name. A list never changes what the starter brought. Called inside a transaction."""
    first: dict[tuple[str, str, str], Place] = {}
    counts = Counts()
    for place in wanted:
        place.source = source
        if first.setdefault(_identity(place), place) is not place:
            counts.skipped += 1
    codes = {place.municipality_code for place in first.values()}
    held = {_identity(place): place for place in Place.objects.filter(municipality_code__in=codes)}
    new = [place for identity, place in first.items() if identity not in held]
    changed = []
    for identity, place in first.items():
        there = held.get(identity)
        if there and (source == STARTER or there.source != STARTER) and _differs(there, place):
            changed.append(there)
    Place.objects.bulk_create(new)
    Place.objects.bulk_update(changed, FIELDS, batch_size=100)
    counts.created, counts.changed = len(new), len(changed)
    counts.unchanged = len(first) - len(new) - len(changed)
    return counts


def _identity(place: Place) -> tuple[str, str, str]:
    return place.country, place.municipality_code, place.name


def _differs(there: Place, place: Place) -> bool:
    """Copies what the file says; True when that is something else than before."""
    before = [getattr(there, name) for name in FIELDS]
    for name in FIELDS:
        setattr(there, name, getattr(place, name))
    return before != [getattr(there, name) for name in FIELDS]
