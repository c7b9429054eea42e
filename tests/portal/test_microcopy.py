"""The sentences that were agreed on (microcopy.tsv) stand word by word in the product, in all three languages."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("sv", "nb", "en")
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
OTHERWISE = {
    "15 lapsed (advisor)": "an answer on the last day itself counts, so the page says by that day and not before it",
    "22 empty queue": "suggestions come at once, not at night",
    "28 search resting": "the list is read from the database, which answers or is closed altogether",
    "37 signatures void": "agreements are not built yet",
    "44 who sees": "an advisor's team reads too, and the pages say so (docs/decisions/team-reads.md)",
}


@cache
def said(language: str) -> str:
    """Every text of the product in one language, with {} where something is put in."""
    texts: list[str] = []
    with (settings.BASE_DIR / "locale" / ("sv" if language == "en" else language) / "LC_MESSAGES" / "django.po").open("rb") as handle:
        for one in read_po(handle):
            words = one.id if language == "en" else one.string
            texts += words if isinstance(words, tuple | list) else [words]
    return " ¶ ".join(plain(text) for text in texts)


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", PLACES.sub("{}", text)).split())


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "microcopy.tsv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def missing(row: dict[str, str]) -> list[str]:
    """The sentences of a row that stand nowhere."""
    pieces = [(language, piece) for language in LANGUAGES for piece in re.split(r" · |(?<=[.?!]) ", row[language])]
    return [f"{language}: {piece}" for language, piece in pieces if plain(piece).rstrip(".") not in said(language)]


def test_the_table_is_whole() -> None:
    assert len(rows()) == 51
    assert {row["what"] for row in rows()} >= set(OTHERWISE)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["what"])
def test_it_stands_word_by_word(row: dict[str, str]) -> None:
    if row["what"] in OTHERWISE:
        assert missing(row), f"it stands now, so it needs no reason: {OTHERWISE[row['what']]}"
    else:
        assert missing(row) == []
