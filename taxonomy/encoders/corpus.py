"""What the Nordic encoder learns from: concepts with their labels in several languages, and how pairs are drawn from them."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taxonomy.encoders.ngrams import fold

# How often a language is drawn. Danish, German and Dutch are bridges: ESCO has no Norwegian names of skills.
LANGUAGES = {"sv": 0.25, "nb": 0.20, "da": 0.12, "en": 0.25, "de": 0.10, "nl": 0.08}
SKILL_SHARE, GROUP_SHARE = 0.5, 0.6
STARTER_SHARE = 0.12  # our own words are few and everyday: drawn more often than their number
SLIP_SHARE = 0.1
SHORTEST_SLIP = 5

Concept = dict[str, list[str]]  # language -> labels, the preferred first


@dataclass(frozen=True, slots=True)
class Corpus:
    """Concepts that have at least two labels; `groups` are the same occupations by ISCO unit group."""

    skills: list[Concept]
    occupations: list[Concept]
    groups: list[list[Concept]]
    starter: list[Concept]


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
    return Corpus(
        list(skills.values()), list(occupations.values()), list(groups.values()), _starter(starter, every_skill | every_occupation)
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


class Pairs:
    """Endless pairs of two labels of one concept, decided by the seed alone."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._corpus = corpus
        self._chance = random.Random(seed)  # noqa: S311 (a draw of examples, not a secret)
        self._stream = self._concepts()

    def batch(self, size: int) -> tuple[list[str], list[str]]:
        """At least `size` pairs; no concept and no label twice, or the same words would count as a wrong answer."""
        left: list[str] = []
        right: list[str] = []
        seen: set[int | str] = set()
        while len(left) < size:
            concept = next(self._stream)
            one, other = self._two(concept)
            keys: set[int | str] = {id(concept), fold(one), fold(other)}
            if not seen & keys:
                seen |= keys
                left.append(self._slip(one))
                right.append(other)
        return left, right

    def _concepts(self) -> Iterator[Concept]:
        choice, corpus = self._chance.choice, self._corpus
        while True:
            lot = self._chance.random()
            if corpus.starter and lot < STARTER_SHARE:
                yield choice(corpus.starter)
            elif self._chance.random() < SKILL_SHARE:
                yield choice(corpus.skills)
            elif self._chance.random() < GROUP_SHARE:
                yield from choice(corpus.groups)  # a whole unit group: near misses inside one batch
            else:
                yield choice(corpus.occupations)

    def _two(self, concept: Concept) -> tuple[str, str]:
        """Two labels, different where a few draws can find such."""
        for _ in range(6):
            one, other = self._label(concept), self._label(concept)
            if fold(one) != fold(other):
                break
        return one, other

    def _label(self, concept: Concept) -> str:
        languages = list(concept)
        language = self._chance.choices(languages, [LANGUAGES[one] for one in languages])[0]
        return self._chance.choice(concept[language])

    def _slip(self, text: str) -> str:
        """Now and then one slip of the finger: a letter lost, doubled, or swapped with the next."""
        if len(text) < SHORTEST_SLIP or self._chance.random() >= SLIP_SHARE:
            return text
        at = self._chance.randrange(1, len(text) - 1)
        before, here, after = text[:at], text[at], text[at + 1 :]
        return self._chance.choice([before + after, before + here + here + after, before + after[:1] + here + after[1:]])
