"""A posting in the form of JobTech's JobSearch: the same names and shapes, with null where we have nothing to say.

What differs is told in docs/decisions/api.md: concept ids are ours or ESCO's, and group codes are ISCO-08, which begins as SSYK does.
"""

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from search.exports.codes import COUNTRIES, EXTENTS, FIELD, FULL_WEEK, GROUP, REGION, REGIONS
from search.exports.lines import Known, Line, Names
from search.exports.words import end_of, local, paragraphs, public_url
from search.models import PostingChange
from taxonomy.models import Place

KINDS = {"trial": "Arbetspraktik", "job": "Anställning", "apprenticeship": "Lärlingsplats", "activity": "Öppen aktivitet"}
LANGUAGE = "sv"
MUST, GOOD = 10, 5  # JobTech's weights
LANGUAGE_NAMES = {"sv": "Svenska", "nb": "Norska", "en": "Engelska"}


def _ad(one: Line, names: Names) -> dict[str, Any]:
    place = names.places.get(one.place_id or 0)
    url = public_url(one.pk, one.language)
    return {
        "id": str(one.pk),
        "external_id": None,
        "webpage_url": url,
        "logo_url": None,
        "headline": one.title,
        "application_deadline": end_of(one.last_day),
        "number_of_vacancies": one.places,
        "description": _description(one),
        "employment_type": _concept(one.kind, KINDS.get(one.kind)),
        "salary_type": _concept(None, None),
        "salary_description": one.pay or None,
        "duration": _concept(None, None),
        "working_hours_type": _hours_type(one, place),
        "scope_of_work": _scope(one, place),
        "access": one.starts_on.isoformat() if one.starts_on else None,
        "employer": _employer(one),
        "application_details": _application(one, url),
        "experience_required": False,
        "access_to_own_car": False,
        "driving_license_required": any(len(code) == 1 for code in one.licences),
        "driving_license": [_concept(code, code) for code in one.licences] or None,
        **_occupation(one, names),
        "workplace_address": _address(one, place, names),
        "must_have": _wanted(one, names, "must"),
        "nice_to_have": _wanted(one, names, "good"),
        "publication_date": local(one.published_at),
        "last_publication_date": end_of(one.last_day),
        "removed": False,
        "removed_date": None,
        "source_type": "VIA_INGANG",
        "timestamp": _millis(one.published_at),
    }


def tombstone(change: PostingChange) -> dict[str, Any]:
    """All that is told of a posting that is closed."""
    return {
        "id": str(change.posting_id),
        "removed": True,
        "removed_date": local(change.at),
        **dict.fromkeys(("occupation", "occupation_group", "occupation_field", "municipality", "region", "country")),
    }


def ads(lines: Sequence[Line], names: Names) -> list[dict[str, Any]]:
    """`names` grows by what these lines need."""
    names.learn(lines)
    return [_ad(one, names) for one in lines]


def _concept(code: str | None, label: str | None, legacy: str | None = None) -> dict[str, str | None]:
    return {"concept_id": code, "label": label, "legacy_ams_taxonomy_id": legacy}


def _description(one: Line) -> dict[str, str | None]:
    text = paragraphs([one.tasks, one.day])
    marked = "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n") if part)
    return {
        "text": text,
        "text_formatted": marked,
        **dict.fromkeys(("company_information", "needs", "requirements")),
        "conditions": one.agreement or None,
    }


def _employer(one: Line) -> dict[str, str | None]:
    """No number: that of a sole trader is a personal number. No telephone and no mail: contact begins with an advisor."""
    return {
        "id": str(one.employer_id),
        **dict.fromkeys(("phone_number", "email", "url", "organization_number")),
        "name": one.employer,
        "workplace": one.employer if one.workplace is None else one.workplace,
    }


def _application(one: Line, url: str) -> dict[str, Any]:
    return {"information": None, "reference": str(one.pk), "email": None, "via_af": False, "url": url, "other": None}


def _occupation(one: Line, names: Names) -> dict[str, Any]:
    """The occupation by its ESCO address or our key; its group and field by their ISCO codes."""
    occupation = names.concepts.get(one.occupation_id or "")
    own = _concept(occupation.code, occupation.label) if occupation else None
    return {
        "occupation": own,
        "occupation_group": _group(names.group(one, GROUP)),
        "occupation_field": _group(names.group(one, FIELD)),
    }


def _group(group: Known | None) -> dict[str, str | None] | None:
    return _concept(group.isco, group.label, group.isco) if group else None


def _address(one: Line, place: Place | None, names: Names) -> dict[str, Any]:
    return {
        **_district(place, names),
        "street_address": one.street or None,
        "postcode": one.postal_code or None,
        "city": place.name if place else None,
        "coordinates": [place.longitude, place.latitude] if place else [None, None],
    }


def _district(place: Place | None, names: Names) -> dict[str, str | None]:
    """Municipality, region and country, with JobTech's concepts where they are known and the codes where not."""
    if place is None:
        return dict.fromkeys(f"{name}{part}" for name in ("municipality", "region", "country") for part in ("", "_code", "_concept_id"))
    code = place.municipality_code
    region, (country_concept, country) = code[:REGION], COUNTRIES[place.country]
    region_concept, label = REGIONS.get(region, (region, None)) if place.country == "SE" else (region, None)
    return {
        "municipality": place.municipality or place.name,
        "municipality_code": code,
        "municipality_concept_id": names.municipalities.get(code, code) if place.country == "SE" else code,
        "region": label,
        "region_code": region,
        "region_concept_id": region_concept,
        "country": country,
        "country_code": place.country,
        "country_concept_id": country_concept,
    }


def _wanted(one: Line, names: Names, importance: str) -> dict[str, list[dict[str, Any]]]:
    weight = MUST if importance == "must" else GOOD
    skills = [{"weight": weight, **_concept(skill.code, skill.label)} for skill in names.skills(one, importance)]
    spoken = LANGUAGE_NAMES.get(one.language) if one.language_level and importance == "must" else None
    return {
        "skills": skills,
        "languages": [{"weight": weight, **_concept(one.language, spoken)}] if spoken else [],
        "work_experiences": [],
    }


def _scope(one: Line, place: Place | None) -> dict[str, int | None]:
    full = FULL_WEEK[place.country if place else "SE"]
    return {
        name: min(100, round(100 * hours / full)) if hours else None for name, hours in (("min", one.hours_min), ("max", one.hours_max))
    }


def _hours_type(one: Line, place: Place | None) -> dict[str, str | None]:
    least = _scope(one, place)["min"]
    if least is None:
        return _concept(None, None)
    name = "Heltid" if least == 100 else "Deltid"  # noqa: PLR2004 (percent)
    concept, legacy = EXTENTS[name]
    return _concept(concept, name, legacy)


def _millis(at: datetime | None) -> int | None:
    return round(at.timestamp() * 1000) if at else None
