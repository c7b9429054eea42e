"""Loads the kinds of placement and the helper schemes that come with the product."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from audit.actions import record
from placements.actions import shipped
from placements.actions.shipped import Loaded
from placements.models import MeasureType, MeasureVersion, Scheme, Version, measures, schemes

SIGNS = ("signs_first", "signs_second", "signs_third")
Wanted = tuple[MeasureType, list[MeasureVersion]]


def load_measures(*, at: datetime, folder: Path = shipped.FOLDER) -> Loaded:
    """Those of measures.toml, all or nothing; a second time changes nothing. A kind of placement that an editor has changed in any word or
    version stays as it is, also when the file has news about it. Raises BadRulesError."""
    wanted = [_read(row) for row in shipped.read("measure", folder)]
    counts = Loaded()
    with transaction.atomic():
        held = MeasureType.objects.select_for_update().in_bulk()
        versions = _versions()
        for made, news in wanted:
            _settle(made, news, held.get(made.key), versions.get(made.key, []), counts)
        if counts.created or counts.changed:
            record("measures_loaded", "measures", "shipped", by=None, at=at)
    return counts


def load_schemes(*, at: datetime, folder: Path = shipped.FOLDER) -> Loaded:
    """Those of schemes.toml, in the same way."""
    wanted = [_scheme(row) for row in shipped.read("scheme", folder)]
    counts = Loaded()
    with transaction.atomic():
        held = Scheme.objects.select_for_update().in_bulk()
        for made in wanted:
            there = held.get(made.key)
            if counts.counts((there.shipped, shipped.mark(there)) if there else None, made.shipped):
                made.save(force_insert=there is None)
        if counts.created or counts.changed:
            record("schemes_loaded", "measures", "shipped", by=None, at=at)
    return counts


def _scheme(row: dict[str, Any]) -> Scheme:
    made = Scheme(**shipped.by_language(row, schemes.TEXTS), **row)
    made.shipped = shipped.mark(made)
    shipped.checked(made.key, made)
    return made


def _read(row: dict[str, Any]) -> Wanted:
    versions = [_version(row["key"], one) for one in row.pop("version")]
    made = MeasureType(**row)
    made.shipped = shipped.mark(made, *versions)
    shipped.checked(made.key, made, *versions)
    return made, versions


def _version(key: str, row: dict[str, Any]) -> MeasureVersion:
    signs = dict(zip(SIGNS, row.pop("signs"), strict=False))
    return MeasureVersion(measure_type_id=key, **shipped.by_language(row, measures.TEXTS), **signs, **row)


def _versions() -> dict[str, list[MeasureVersion]]:
    found: dict[str, list[MeasureVersion]] = {}
    for version in MeasureVersion.objects.order_by("valid_from"):
        found.setdefault(version.measure_type_id, []).append(version)
    return found


def _settle(made: MeasureType, news: list[MeasureVersion], held: MeasureType | None, there: list[MeasureVersion], counts: Loaded) -> None:
    if not counts.counts((held.shipped, shipped.mark(held, *there)) if held else None, made.shipped):
        return
    made.save(force_insert=held is None)
    rows = {one.valid_from: one.pk for one in there}
    for one in news:
        one.pk = rows.pop(one.valid_from, None)
        one.save()
    # One that agreements name stays, even if the product no longer knows it.
    named = Version.objects.filter(measure=OuterRef("pk"))
    MeasureVersion.objects.filter(~Exists(named), pk__in=rows.values()).delete()
