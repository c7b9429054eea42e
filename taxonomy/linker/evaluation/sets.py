"""The development sets as they lie in files, and where the labels of their concepts come from.

A linking set has three files, packed or not: a corpus (element_id, label, concept_uri), queries (query_id, text) and what is
relevant (query_id, element_id). It is the format of the MELO benchmark.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from taxonomy.encoders.corpus import Concept, labels, rows
from taxonomy.linker.ranking import Indexes, Marks
from taxonomy.models import Concept as Row
from taxonomy.models import Kind, Label

BRIDGES = ("sv", "nb", "da", "en")
GROUP = "/isco/C"

# What is known of a concept beside the set: its labels by language, and its ISCO code or nothing.
Known = Callable[[Sequence[str]], tuple[dict[str, Concept], dict[str, str]]]


class BadSetError(Exception):
    """A file of the set can't be read. The text says which, and why."""


@dataclass(frozen=True, slots=True)
class LinkingSet:
    """Elements are labels; `concept[i]` is the place of element i's concept in `uris`. `relevant[q]` holds places of elements."""

    name: str
    language: str
    elements: tuple[str, ...]
    labels: tuple[str, ...]
    uris: tuple[str, ...]
    concept: Indexes
    queries: tuple[str, ...]
    relevant: tuple[Indexes, ...]

    @classmethod
    def read(cls, corpus: Path, queries: Path, relevant: Path, *, language: str) -> Self:
        """Raises BadSetError."""
        held = _table(corpus, "element_id", "label", "concept_uri")
        asked = _table(queries, "query_id", "text")
        uris = sorted({row["concept_uri"] for row in held})
        place = {uri: i for i, uri in enumerate(uris)}
        element = {row["element_id"]: i for i, row in enumerate(held)}
        right: dict[str, list[int]] = defaultdict(list)
        for row in _table(relevant, "query_id", "element_id"):
            if row["element_id"] not in element:
                raise BadSetError(f"{relevant} names the element {row['element_id']}, which is not in {corpus}.")
            right[row["query_id"]].append(element[row["element_id"]])
        asked = [row for row in asked if row["query_id"] in right]
        if not asked:
            raise BadSetError(f"{relevant} names no query of {queries}.")
        return cls(
            name=corpus.name.split(".")[0],
            language=language,
            elements=tuple(element),
            labels=tuple(row["label"] for row in held),
            uris=tuple(uris),
            concept=np.array([place[row["concept_uri"]] for row in held], np.intp),
            queries=tuple(row["text"] for row in asked),
            relevant=tuple(np.array(right[row["query_id"]], np.intp) for row in asked),
        )

    def texts(self, known: dict[str, Concept]) -> list[list[list[str]]]:
        """The labels of each concept by language: the set's own and the bridges where they are known, else those of the set itself.

        The first of each language is the preferred one.
        """
        listed: dict[int, list[str]] = defaultdict(list)
        for place, label in zip(self.concept.tolist(), self.labels, strict=True):
            listed[place].append(label)
        languages = dict.fromkeys([self.language, *BRIDGES])
        found = ([own for one in languages if (own := known.get(uri, {}).get(one))] for uri in self.uris)
        return [own or [listed[i]] for i, own in enumerate(found)]

    def codes(self, isco: dict[str, str]) -> tuple[list[str], list[bool]]:
        """ISCO code and whether it is a group, per concept."""
        group = [GROUP in uri for uri in self.uris]
        return [uri.rsplit("/C", 1)[1] if own else isco.get(uri, "") for uri, own in zip(self.uris, group, strict=True)], group


def _table(path: Path, *columns: str) -> list[dict[str, str]]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else path.open(encoding="utf-8", newline="") as file
        ):
            table = csv.DictReader(file)
            missing = set(columns) - set(table.fieldnames or ())
            if missing:
                raise BadSetError(f"{path} has no column {', '.join(sorted(missing))}.")
            return [{name: row[name] or "" for name in columns} for row in table]
    except (OSError, UnicodeDecodeError, csv.Error, EOFError) as error:
        raise BadSetError(f"{path} can't be read: {error}.") from error


def labels_of_the_files(esco: Path) -> Known:
    """From a folder with occupation_labels.csv.gz and occupations.csv.gz."""

    def known(_uris: Sequence[str]) -> tuple[dict[str, Concept], dict[str, str]]:
        codes = {row["uri"]: row["isco08"].split(".")[0] for row in rows(esco / "occupations.csv.gz")}
        return labels(esco / "occupation_labels.csv.gz"), codes

    return known


def labels_of_the_database(uris: Sequence[str]) -> tuple[dict[str, Concept], dict[str, str]]:
    """From the vocabulary of this installation, in all its languages."""
    wanted = set(uris)
    found: dict[str, Concept] = defaultdict(lambda: defaultdict(list))
    asked = (
        Label.objects.exclude(concept__kind=Kind.SKILL).order_by("-preferred", "text").values_list("concept__esco_uri", "language", "text")
    )
    for uri, language, text in asked.iterator():
        if uri in wanted:
            found[uri][language].append(text)
    codes = {uri: code for uri, code in Row.objects.exclude(kind=Kind.SKILL).values_list("esco_uri", "isco") if uri}
    return {uri: dict(concept) for uri, concept in found.items()}, codes


def firsts(starts: Indexes, count: int) -> Marks:
    """Marks the first of each run, shape (count,)."""
    marks = np.zeros(count, np.bool_)
    marks[starts] = True
    return marks


def concept_starts(texts: Sequence[Sequence[object]]) -> Indexes:
    lengths = np.array([len(own) for own in texts], np.intp)
    starts: Indexes = np.cumsum(lengths) - lengths
    return starts


def chained(texts: Sequence[Sequence[str]]) -> Iterator[str]:
    return (text for own in texts for text in own)
