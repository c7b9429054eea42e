"""Ads of NAV: as its own database holds them, and as its public feed delivers them (the ad under `ad_content`)."""

import json
import re
from contextlib import suppress
from typing import Any

from employers.documents.ad import (
    FULL_WEEK,
    MOST_PLACES,
    Ad,
    day,
    inside,
    language_of,
    number,
    plain_text,
    rows,
    title_of,
    week,
    words,
)

TIMES = {"Dagtid": "day", "Kveld": "evening", "Natt": "night", "Lørdag": "weekend", "Søndag": "weekend"}
KINDS = {"Lærling": "apprenticeship", "Læreplass": "apprenticeship", "Arbeidstrening": "trial", "Åpen aktivitet": "activity"}
SURE_TAG = 0.9  # of 1


def read(raw: dict[str, Any]) -> Ad:
    given = _content(raw)
    held = given.get("properties") if isinstance(given.get("properties"), dict) else given
    text, problems = plain_text(inside(held, "adtext") or given.get("description"), names=_people(given))
    place = next(iter([*rows({"a": [given.get("location")]}, "a"), *rows(given, "locationList"), *rows(given, "workLocations")]), {})
    least, most = _hours(held)
    return Ad(
        source="nav",
        source_id=words(given.get("uuid") or given.get("id"), 80),
        country="NO",
        language=language_of(text, likely="nb"),
        title=title_of(given.get("title")),
        text=text,
        employer=words(inside(given, "employer", "name")) or words(inside(held, "employer")) or words(given.get("businessName")),
        number=words(inside(given, "employer", "orgnr")),
        employer_key=words(inside(given, "employer", "id")),
        workplace=words(inside(held, "employer") or inside(given, "employer", "publicName") or inside(given, "employer", "name"), 120),
        street=words(inside(place, "address"), 120),
        postal_code=words(inside(place, "postalCode"), 6),
        town=words(inside(place, "city")).title(),
        municipality=words(inside(place, "municipal")).title(),
        municipality_code=words(inside(place, "municipalCode"), 4),
        kind=KINDS.get(words(inside(held, "engagementtype")), "job"),
        occupation=words(inside(held, "jobtitle")),
        isco=_isco(given, held),
        esco_uri=words(inside(held, "classification_esco_code")) or next(iter(_categories(given, "ESCO", "code")), ""),
        related=_related(given, held),
        hours_min=least,
        hours_max=most,
        times=tuple(dict.fromkeys(TIMES[one] for name in ("workhours", "workday") for one in _listed(inside(held, name)) if one in TIMES)),
        starts_on=day(inside(held, "starttime")),
        places=number(inside(held, "positioncount"), MOST_PLACES),
        last_day=day(inside(held, "applicationdue") or inside(held, "applicationDue") or given.get("expires")),
        pay="",
        taken_down=words(raw.get("status") or given.get("status")) not in {"", "ACTIVE"},
        problems=tuple(problems),
    )


def _content(raw: dict[str, Any]) -> dict[str, Any]:
    """The ad itself, out of an entry of the feed."""
    for name in ("ad_content", "json"):
        held = raw.get(name)
        if isinstance(held, str):
            with suppress(ValueError):
                held = json.loads(held)
        if isinstance(held, dict):
            return held
    return raw


def _people(given: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for row in rows(given, "contactList") if (name := words(row.get("name"))))


def _categories(given: dict[str, Any], kind: str, name: str) -> list[str]:
    found = [row for row in rows(given, "categoryList") if words(row.get("categoryType")).startswith(kind)]
    return [value for row in found if (value := words(row.get(name)))]


def _isco(given: dict[str, Any], held: Any) -> str:
    """STYRK-08 has the codes of ISCO-08. The ad's own class, that of its job title, or the first of its categories."""
    titled = inside(held, "ontologyJobtitle")
    named = _object(titled).get("styrk08")
    found = [words(inside(held, "classification_styrk08_code")), words(named), *_categories(given, "STYRK08", "code")]
    return next((code for one in found if re.fullmatch(r"\d{4}", code := one[:4])), "")


def _related(given: dict[str, Any], held: Any) -> tuple[str, ...]:
    """Other names of the job title: of its categories, and the tags that NAV is sure of."""
    tags = _object_list(inside(held, "searchtags"))
    sure = [words(tag.get("label")) for tag in tags if isinstance(tag.get("score"), int | float) and tag["score"] >= SURE_TAG]
    return tuple(dict.fromkeys([*_categories(given, "STYRK08", "name"), *filter(None, sure)]))


def _object(value: Any) -> dict[str, Any]:
    """An object, also one that is written as text."""
    read = _read(value)
    return read if isinstance(read, dict) else {}


def _object_list(value: Any) -> list[dict[str, Any]]:
    read = _read(value)
    return [one for one in read if isinstance(one, dict)] if isinstance(read, list) else []


def _read(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def _listed(value: Any) -> list[str]:
    """A list, also one that is written as text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    return [words(one) for one in value] if isinstance(value, list) else []


def _hours(held: Any) -> tuple[int | None, int | None]:
    extent, percent = words(inside(held, "extent")), inside(held, "jobpercentage")
    if extent == "Heltid":
        return FULL_WEEK["NO"], FULL_WEEK["NO"]
    if extent == "Deltid":
        return week(percent, percent, "NO")
    return None, FULL_WEEK["NO"] if extent else None
