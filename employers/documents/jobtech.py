"""Ads of JobTech's JobSearch, as its API delivers them since 2019."""

import re
from collections.abc import Iterator
from typing import Any

from employers.documents.ad import MOST_PLACES, Ad, day, inside, language_of, number, plain_text, rows, title_of, week, words

OURS = {"trial", "apprenticeship", "activity"}  # as another Ingång says it; JobTech itself has jobs only
CONCEPT = re.compile(r"[0-9A-Za-z]{4}_[0-9A-Za-z]{3}_[0-9A-Za-z]{3}")
CODE = re.compile(r"[0-9]{1,5}")


def read(raw: dict[str, Any]) -> Ad:
    text, problems = plain_text(inside(raw, "description", "text_formatted") or inside(raw, "description", "text"))
    least, most = week(inside(raw, "scope_of_work", "min"), inside(raw, "scope_of_work", "max"), "SE")
    address = raw.get("workplace_address")
    return Ad(
        source="jobtech",
        source_id=words(raw.get("id"), 80),
        country="SE",
        language=language_of(text, likely="sv"),
        title=title_of(raw.get("headline")),
        text=text,
        employer=words(inside(raw, "employer", "name")) or words(inside(raw, "employer", "workplace")),
        number=words(inside(raw, "employer", "organization_number")),
        employer_key=words(inside(raw, "employer", "id")),
        workplace=words(inside(raw, "employer", "workplace"), 120),
        street=words(inside(address, "street_address"), 120),
        postal_code=words(inside(address, "postcode"), 6),
        town=words(inside(address, "city")),
        municipality=words(inside(address, "municipality")),
        municipality_code=words(inside(address, "municipality_code"), 4),
        kind=kind if (kind := words(inside(raw, "employment_type", "concept_id"))) in OURS else "job",
        occupation=words(inside(raw, "occupation", "label")),
        isco=_isco(words(inside(raw, "occupation_group", "legacy_ams_taxonomy_id"), 4)),
        occupation_codes=tuple(_codes(raw.get("occupation"))),
        codes=tuple(_shared(raw)),
        skills=_wanted(raw, "skills"),
        languages=_wanted(raw, "languages"),
        hours_min=least,
        hours_max=most,
        places=number(raw.get("number_of_vacancies"), MOST_PLACES),
        last_day=day(raw.get("application_deadline") or raw.get("last_publication_date")),
        licences=_licences(raw),
        pay=words(raw.get("salary_description") or inside(raw, "salary_type", "label"), 120),
        taken_down=raw.get("removed") is True,
        problems=tuple(problems),
    )


def _codes(concept: Any) -> Iterator[str]:
    """Their vocabulary's code of a concept, and the one that it had before."""
    if CONCEPT.fullmatch(code := words(inside(concept, "concept_id"))):
        yield code
    if CODE.fullmatch(code := words(inside(concept, "legacy_ams_taxonomy_id"))):
        yield code


def _shared(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(kind, their concept, the code that both use): of the municipality, and of the occupation's group and field in ISCO-08."""
    group = words(inside(raw, "occupation_group", "legacy_ams_taxonomy_id"), 4)
    pairs = (
        (
            "municipality",
            inside(raw, "workplace_address", "municipality_concept_id"),
            inside(raw, "workplace_address", "municipality_code"),
        ),
        ("occupation-group", inside(raw, "occupation_group", "concept_id"), group if _isco(group) else ""),
        ("occupation-field", inside(raw, "occupation_field", "concept_id"), _isco(group)),
    )
    for kind, concept, code in pairs:
        if CONCEPT.fullmatch(theirs := words(concept)) and CODE.fullmatch(ours := words(code, 4)):
            yield kind, theirs, ours


def _wanted(raw: dict[str, Any], what: str) -> tuple[tuple[str, str], ...]:
    """Skills or languages, what one must have first."""
    found = [(words(row.get("label")), level) for name, level in LEVELS.items() for row in rows(raw, name, what)]
    return tuple((label, level) for label, level in found if label)


def _isco(ssyk: str) -> str:
    """What a Swedish code (SSYK 2012) says about ISCO-08: the two begin alike but for managers, and differ in their last digits."""
    return "" if ssyk.startswith("1") else ssyk[:2]


LEVELS = {"must_have": "must", "nice_to_have": "good"}


def _licences(raw: dict[str, Any]) -> tuple[str, ...]:
    """B and C are asked for by their letter; "a licence is needed" without one means B."""
    named = tuple(sorted({words(row.get("label"))[:1].upper() for row in rows(raw, "driving_license")} & {"B", "C"}))
    return named or (("B",) if raw.get("driving_license_required") is True else ())
