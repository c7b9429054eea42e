"""Everyday phrasings of the needs catalogue: what a workplace says that it offers, and what a person says.

They are data: the labels of taxonomy/starter/needs.csv and, in need_words.tsv, per code, language and voice ("place" or "person") the
phrasings with a bar between them. None names a diagnosis.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STARTER = Path(__file__).resolve().parent.parent / "starter"
LANGUAGES = ("sv", "nb", "en")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to say a need; `voice` is "label" for the catalogue's own words."""

    code: str
    language: str
    voice: str
    text: str


@lru_cache(maxsize=1)
def phrasings() -> tuple[Phrasing, ...]:
    """Every phrasing, in the order of the files."""
    with (STARTER / "needs.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Phrasing(row["code"], language, "label", row[f"label_{language}"]) for row in csv.DictReader(file) for language in LANGUAGES
        ]
    with (STARTER / "need_words.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found += [Phrasing(row["code"], row["language"], row["voice"], text) for text in row["words"].split("|")]
    return tuple(found)
