"""Loads what ships with the product: the starter vocabulary, the needs catalogue and the places of taxonomy/starter."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from taxonomy.actions import places, upserts
from taxonomy.actions.tables import BadFileError, Row, read, tidy
from taxonomy.actions.upserts import STARTER, Counts, Entry
from taxonomy.models import Concept, Kind, Need, NeedGroup, Pays

FOLDER = Path(__file__).resolve().parent.parent / "starter"
LANGUAGES = ("sv", "nb", "en")
LONGEST_KEY, LONGEST_LABEL = 60, 120
RELATIONS = {"essential": True, "optional": False}
DEFAULTS = ("must", "soft", "must_safety")

# What trial placements ask for most often: the employer is asked these ten first, in this order.
COMMON_NEEDS = (
    "sup.named_supervisor",
    "time.reduced_hours",
    "time.gradual_increase",
    "time.extra_breaks",
    "cog.one_task",
    "cog.longer_training",
    "soc.low_time_pressure",
    "phys.no_heavy_lifting",
    "sens.quiet",
    "trn.public_transport",
)
NEED_COLUMNS = ("code", "group", "label_en", "label_sv", "label_nb", "icf", "default", "param", "nav_tag", "pays")


def load_starter(*, at: datetime, folder: Path = FOLDER) -> dict[str, Counts]:
    """Skills, occupations, ISCO groups and relations, all or nothing. Counts per table. Raises BadFileError.

    A concept that is already there under another key, because ESCO brought it first, keeps that key.
    """
    groups = _entries(folder / "isco_groups.tsv", _group)
    occupations = _entries(folder / "occupations.tsv", _occupation)
    skills = _entries(folder / "skills.tsv", _skill)
    _each_once(folder, [*groups, *occupations, *skills])
    with transaction.atomic():
        counts = {}
        keys: dict[str, str] = {}
        for name, entries in (("groups", groups), ("occupations", occupations), ("skills", skills)):
            counts[name], found = upserts.concepts(entries, source=STARTER)
            keys |= found
        for name, kind in (("groups", Kind.GROUP), ("occupations", Kind.OCCUPATION), ("skills", Kind.SKILL)):
            counts[name].removed = upserts.retire([kind], set(keys.values()))
        counts["relations"] = upserts.relations(_relations(folder / "occupation_skills.tsv", keys), source=STARTER)
        upserts.note_release(sum(counts.values(), Counts()), "starter vocabulary", at=at)
    return counts


def load_needs(*, at: datetime, folder: Path = FOLDER) -> Counts:
    """The needs catalogue in its own order. Codes are never reused, so none is ever deleted. Raises BadFileError."""
    wanted = [_need(row, position) for position, row in enumerate(read(folder / "needs.csv", NEED_COLUMNS), 1)]
    fields = [field.attname for field in Need._meta.concrete_fields]
    with transaction.atomic():
        held = Need.objects.in_bulk()
        new = [need for need in wanted if need.code not in held]
        there = [need for need in wanted if need.code in held]
        changed = [need for need in there if any(getattr(need, name) != getattr(held[need.code], name) for name in fields)]
        Need.objects.bulk_create(new)
        Need.objects.bulk_update(changed, [name for name in fields if name != "code"])
        counts = Counts(created=len(new), changed=len(changed), unchanged=len(there) - len(changed))
        upserts.note_release(counts, "needs catalogue", at=at)
    return counts


def load_places(*, at: datetime, folder: Path = FOLDER) -> Counts:
    """The towns that ship with the product. Raises BadFileError. They are no part of the vocabulary's version, so `at` stays unused."""
    found = [
        places.checked(row, country=row.choice("country", places.BOXES)) for row in read(folder / "places.tsv", places.STARTER_COLUMNS)
    ]
    with transaction.atomic():
        return places.upsert([place for place in found if place], source=STARTER)


def _entries(path: Path, made: Callable[[Row], Entry]) -> list[Entry]:
    return [made(row) for row in read(path, ["sv", "nb", "en"])]


def _skill(row: Row) -> Entry:
    key = row.text("key", longest=LONGEST_KEY)
    return Entry(key, Kind.SKILL, _labels(row), uri=_uri(row, "skill"))


def _occupation(row: Row) -> Entry:
    key = row.text("key", longest=LONGEST_KEY)
    return Entry(key, Kind.OCCUPATION, _labels(row), uri=_uri(row, "occupation"), isco=_isco(row, "isco", digits=4))


def _group(row: Row) -> Entry:
    code = _isco(row, "code", digits=0)
    return Entry(f"isco-{code}", Kind.GROUP, _labels(row), uri=f"http://data.europa.eu/esco/isco/C{code}", isco=code)


def _isco(row: Row, column: str, *, digits: int) -> str:
    code = row.text(column, longest=4)
    if not (code.isascii() and code.isdigit()) or (digits and len(code) != digits):
        raise row.bad(column, "is not an ISCO-08 code")
    return code


def _uri(row: Row, kind: str) -> str:
    uri = row.optional("esco")
    if uri and not uri.startswith(f"http://data.europa.eu/esco/{kind}/"):
        raise row.bad("esco", f"is not the address of an ESCO {kind}")
    return uri


def _labels(row: Row) -> dict[str, list[str]]:
    return {
        language: list(dict.fromkeys([row.text(language, longest=LONGEST_LABEL), *_others(row, f"{language}_other")]))
        for language in LANGUAGES
    }


def _others(row: Row, column: str) -> list[str]:
    return [name for one in row.optional(column, longest=1000).split("|") if (name := tidy(one))]


def _each_once(folder: Path, entries: Sequence[Entry]) -> None:
    for name in ("key", "uri"):
        seen = set()
        for one in (getattr(entry, name) for entry in entries):
            if one and one in seen:
                raise BadFileError(folder, f"{one} is there twice", column=name)
            seen.add(one)


def _relations(path: Path, keys: dict[str, str]) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    # An occupation that lost its last row must lose its relations too, so every occupation of ours is named.
    for key in Concept.objects.filter(key__in=keys.values(), kind=Kind.OCCUPATION).values_list("key", flat=True):
        found[key] = {}
    for row in read(path, ["occupation", "skill", "relation"]):
        ends = [row.text(column, longest=LONGEST_KEY) for column in ("occupation", "skill")]
        for column, end in zip(("occupation", "skill"), ends, strict=True):
            if end not in keys:
                raise row.bad(column, f"{end} is in no table")
        occupation, skill = (keys[end] for end in ends)
        if skill in found[occupation]:
            raise row.bad("skill", f"{ends[1]} is there twice for {ends[0]}")
        found[occupation][skill] = RELATIONS[row.choice("relation", RELATIONS)]
    return found


def _need(row: Row, position: int) -> Need:
    code = row.text("code", longest=40)
    return Need(
        code=code,
        group=row.choice("group", NeedGroup.values),
        position=position,
        label_sv=row.text("label_sv", longest=80),
        label_nb=row.text("label_nb", longest=80),
        label_en=row.text("label_en", longest=80),
        icf=row.optional("icf", longest=10),
        default=row.choice("default", DEFAULTS),
        parameter=row.optional("param", longest=40),
        nav_tag=row.optional("nav_tag", longest=40),
        pays=row.choice("pays", Pays.values),
        common=COMMON_NEEDS.index(code) + 1 if code in COMMON_NEEDS else 0,
    )
