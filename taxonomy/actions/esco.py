"""Reads ESCO on top of the starter vocabulary, from the official download or from a folder of packed label tables."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from django.db import transaction

from taxonomy.actions import upserts
from taxonomy.actions.tables import BadFileError, Row, Tick, read, tidy
from taxonomy.actions.upserts import ESCO, Counts, Entry
from taxonomy.models import Concept, Kind

BATCH_CONCEPTS, BATCH_OCCUPATIONS = 1000, 300
LONGEST_LABEL = 400
ADDRESS = re.compile(r"http://data\.europa\.eu/esco/(skill|occupation|isco)/([A-Za-z0-9.-]{1,100})")
KINDS = {"skill": Kind.SKILL, "occupation": Kind.OCCUPATION, "isco": Kind.GROUP}
OFFICIAL = re.compile(r"(ISCOGroups|occupations|skills)_([a-z]{2})\.csv(\.gz)?")
OFFICIAL_RELATIONS = re.compile(r"occupationSkillRelations_[a-z]{2}\.csv(\.gz)?")
NORWEGIAN = {"no": "nb"}  # ESCO writes Bokmål under the code of the whole language
RELATIONS = {"essential": True, "optional": False}
RELEASED = ("", "released")

Report = Callable[[str, int, Counts | None], None]  # file, rows so far, and at its end what became of it


@dataclass(frozen=True, slots=True)
class _Stage:
    """One file's work: what it yields is written in batches."""

    path: Path
    batches: Callable[[Tick], Iterator[Counts]]


def import_esco(folder: Path, *, at: datetime, languages: Collection[str] = (), report: Report = lambda *_: None) -> Counts:
    """Concepts first, then relations. Every batch is a transaction: killed at any moment and run again, it ends in the same state.

    `languages`: two-letter codes to keep, none for all. Raises BadFileError; what came before the bad batch stays.
    """
    total = Counts()
    for stage in _stages(folder, frozenset(languages), at):
        total += _run(stage, report)
    return total


def _run(stage: _Stage, report: Report) -> Counts:
    read_so_far = 0

    def tick(rows: int) -> None:
        nonlocal read_so_far
        read_so_far = rows
        report(stage.path.name, rows, None)

    counts = sum(stage.batches(tick), Counts())
    report(stage.path.name, read_so_far, counts)
    return counts


def _stages(folder: Path, languages: Collection[str], at: datetime) -> list[_Stage]:
    if not folder.is_dir():
        raise BadFileError(folder, "is not a folder")
    packed = {name: _either(folder, name) for name in ("occupations", "occupation_labels", "skill_labels", "occupation_skills")}
    if packed["occupation_labels"] or packed["skill_labels"]:
        return _packed_stages(packed, languages, at)
    stages = _official_stages(folder, languages, at)
    if not stages:
        raise BadFileError(folder, "holds no ESCO file such as skills_en.csv, occupations_en.csv or ISCOGroups_en.csv")
    return stages


def _either(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / f"{name}.csv.gz", folder / f"{name}.csv") if path.is_file()), None)


def _packed_stages(paths: dict[str, Path | None], languages: Collection[str], at: datetime) -> list[_Stage]:
    stages = []
    if labels := paths["occupation_labels"]:
        facts = paths["occupations"]
        if facts is None:
            raise BadFileError(labels, "needs occupations.csv beside it, which says the kind and the ISCO group")
        stages.append(_Stage(labels, lambda tick: _concepts(_packed(labels, _kinds(facts), languages, tick), labels, at)))
    if skills := paths["skill_labels"]:
        stages.append(_Stage(skills, lambda tick: _concepts(_packed(skills, None, languages, tick), skills, at)))
    if relations := paths["occupation_skills"]:
        columns = ("occupation_uri", "skill_uri", "relation")
        stages.append(_Stage(relations, lambda tick: _relations(relations, columns, tick, at)))
    return stages


def _official_stages(folder: Path, languages: Collection[str], at: datetime) -> list[_Stage]:
    concepts = []
    relations = []
    for path in sorted(folder.iterdir()):
        if named := OFFICIAL.fullmatch(path.name):
            language = NORWEGIAN.get(named[2], named[2])
            if not languages or language in languages:
                concepts.append(_Stage(path, partial(_official_concepts, path, language, at)))
        elif OFFICIAL_RELATIONS.fullmatch(path.name):
            relations.append(_Stage(path, partial(_relations, path, ("occupationUri", "skillUri", "relationType"), at=at)))
    # The relations are the same in every language's file.
    return [*concepts, *relations[:1]]


def _official_concepts(path: Path, language: str, at: datetime, tick: Tick) -> Iterator[Counts]:
    return _concepts(_official(path, language, tick), path, at)


def _concepts(entries: Iterator[Entry | None], path: Path, at: datetime) -> Iterator[Counts]:
    """Writes entries; None stands for a row that cannot be used."""
    while batch := list(islice(entries, BATCH_CONCEPTS)):
        usable = [entry for entry in batch if entry]
        with transaction.atomic():
            counts, _keys = upserts.concepts(usable, source=ESCO)
            counts.skipped = len(batch) - len(usable)
            upserts.note_release(counts, f"ESCO {path.name}", at=at)
        yield counts


def _official(path: Path, language: str, tick: Tick) -> Iterator[Entry]:
    seen = set()
    for row in read(path, ["conceptUri", "preferredLabel", "altLabels"], tick=tick):
        uri, kind, identity = _address(row, "conceptUri")
        if uri in seen:
            raise row.bad("conceptUri", f"{uri} is there twice")
        seen.add(uri)
        others = [name for line in row.cells["altLabels"].splitlines() if (name := tidy(line))]
        names = list(dict.fromkeys([row.text("preferredLabel", longest=LONGEST_LABEL), *others]))
        if too_long := next((name for name in names if len(name) > LONGEST_LABEL), ""):
            raise row.bad("altLabels", f"a label has {len(too_long)} characters, at most {LONGEST_LABEL} are possible")
        yield Entry(f"esco:{identity}", kind, {language: names}, uri, _isco_of(row, kind), row.optional("status") in RELEASED)


def _isco_of(row: Row, kind: str) -> str:
    column = {Kind.OCCUPATION: "iscoGroup", Kind.GROUP: "code"}.get(Kind(kind), "")
    return _isco(row, column) if column else ""


def _isco(row: Row, column: str) -> str:
    """At most the four digits of ISCO-08: ESCO's own codes go on after a point, and some write a C first."""
    code = row.optional(column).removeprefix("C").partition(".")[0]
    if code and not (code.isascii() and code.isdigit() and len(code) <= len("0000")):
        raise row.bad(column, "is not an ISCO-08 code")
    return code


def _address(row: Row, column: str) -> tuple[str, Kind, str]:
    uri = row.text(column, longest=200)
    parts = ADDRESS.fullmatch(uri)
    if parts is None:
        raise row.bad(column, "is not the address of an ESCO concept")
    return uri, KINDS[parts[1]], parts[2]


def _kinds(path: Path) -> dict[str, str]:
    """uri -> ISCO code of its group, from the table that comes with the packed labels."""
    return {_address(row, "uri")[0]: _isco(row, "isco08") for row in read(path, ["uri", "isco08"])}


def _packed(path: Path, isco: dict[str, str] | None, languages: Collection[str], tick: Tick) -> Iterator[Entry | None]:
    """One entry per uri; the whole file is read first, because labels of a concept need not stand together."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    known: dict[str, tuple[Kind, str]] = {}
    preferred = set()
    for row in read(path, ["uri", "lang", "label", "first"], tick=tick):
        uri, kind, identity = _address(row, "uri")
        language = row.text("lang", longest=2)
        known[uri] = kind, identity
        if languages and language not in languages:
            continue
        labels = found[uri][language]
        label = row.text("label", longest=LONGEST_LABEL)
        if row.choice("first", ("0", "1")) == "0":
            labels.append(label)
            continue
        if (uri, language) in preferred:
            raise row.bad("first", f"{uri} has two preferred labels in {language}")
        preferred.add((uri, language))
        labels.insert(0, label)
    for uri, names in found.items():
        kind, identity = known[uri]
        usable = isco is None or uri in isco
        labels_once = {language: list(dict.fromkeys(labels)) for language, labels in names.items()}
        yield Entry(f"esco:{identity}", kind, labels_once, uri, (isco or {}).get(uri, "")) if usable else None


def _relations(path: Path, columns: tuple[str, str, str], tick: Tick, at: datetime) -> Iterator[Counts]:
    keys = dict(Concept.objects.exclude(esco_uri=None).values_list("esco_uri", "key"))
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    skipped = 0
    for row in read(path, columns, tick=tick):
        occupation, skill = (keys.get(row.text(column, longest=200)) for column in columns[:2])
        essential = RELATIONS[row.choice(columns[2], RELATIONS)]
        if occupation is None or skill is None:
            skipped += 1
            continue
        found[occupation][skill] = essential or found[occupation].get(skill, False)
    yield Counts(skipped=skipped)
    occupations = iter(found.items())
    while batch := dict(islice(occupations, BATCH_OCCUPATIONS)):
        with transaction.atomic():
            counts = upserts.relations(batch, source=ESCO)
            upserts.note_release(counts, f"ESCO {path.name}", at=at)
        yield counts
