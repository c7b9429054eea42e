"""What the Nordic encoder learns from: concepts with their labels in several languages."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# How often a language is drawn. Danish, German and Dutch are bridges: ESCO has no Norwegian names of skills.
LANGUAGES = {"sv": 0.20, "nb": 0.15, "da": 0.18, "en": 0.20, "de": 0.15, "nl": 0.12}

Concept = dict[str, list[str]]  # language -> labels, the preferred first


@dataclass(frozen=True, slots=True)
class Corpus:
    """Concepts that have at least two labels; `groups` are the same occupations by ISCO unit group."""

    skills: list[Concept]
    occupations: list[Concept]
    groups: list[list[Concept]]
    starter: list[Concept]
    relations: list[tuple[Concept, Concept]]  # an occupation and a skill that it cannot do without


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def labels(path: Path) -> dict[str, Concept]:
    """uri -> labels by language, from a file with the columns uri, lang, label; preferred labels come first in it."""
    found: dict[str, Concept] = defaultdict(lambda: defaultdict(list))
    for row in rows(path):
        if row["lang"] in LANGUAGES:
            found[row["uri"]][row["lang"]].append(row["label"])
    return {uri: dict(concept) for uri, concept in found.items()}


def read(esco: Path, starter: Path) -> Corpus:
    """`esco`: folder of the label files; `starter`: folder of the shipped vocabulary's tables."""
    every_skill, every_occupation = labels(esco / "skill_labels.csv.gz"), labels(esco / "occupation_labels.csv.gz")
    skills, occupations = _pairable(every_skill), _pairable(every_occupation)
    groups: dict[str, list[Concept]] = defaultdict(list)
    for row in rows(esco / "occupations.csv.gz"):
        if row["kind"] == "occupation" and row["isco08"] and row["uri"] in occupations:
            groups[row["isco08"].split(".")[0]].append(occupations[row["uri"]])
    related = (
        (row["occupation_uri"], row["skill_uri"]) for row in rows(esco / "occupation_skills.csv.gz") if row["relation"] == "essential"
    )
    return Corpus(
        skills=list(skills.values()),
        occupations=list(occupations.values()),
        groups=list(groups.values()),
        starter=_starter(starter, every_skill | every_occupation),
        relations=[(occupations[job], skills[skill]) for job, skill in related if job in occupations and skill in skills],
    )


def _pairable(concepts: dict[str, Concept]) -> dict[str, Concept]:
    return {uri: concept for uri, concept in concepts.items() if sum(map(len, concept.values())) > 1}


def _starter(folder: Path, esco: dict[str, Concept]) -> list[Concept]:
    """Every table of ours that names concepts in three languages: columns sv, nb, en and <language>_other, split by |.

    Where a row names its ESCO concept, that concept's labels join in: so Norwegian everyday words meet ESCO's other languages.
    """
    found = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t")
            if not {"key", "sv", "nb", "en"} <= set(table.fieldnames or ()):
                continue
            found += [_merged(row, esco.get(row.get("esco") or "", {})) for row in table]
    return found


def _merged(row: dict[str, str], esco: Concept) -> Concept:
    own = {language: _names(row, language) for language in ("sv", "nb", "en") if row[language]}
    return {language: [*own.get(language, []), *esco.get(language, [])] for language in LANGUAGES if language in own or language in esco}


def _names(row: dict[str, str], language: str) -> list[str]:
    others = (row.get(f"{language}_other") or "").split("|")
    return [row[language], *(other.strip() for other in others if other.strip())]
