"""Words that speak of what nobody may ask at work: health, family, belief, origin. For texts that cross from one party to another.

The list is data (taxonomy/starter/private_words.tsv): words and phrases in Swedish, Norwegian Bokmål and English; a star stands for
any ending. A hit is a reason to read the sentence again, never a judgement: words have more than one meaning.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

LIST = Path(__file__).resolve().parent.parent / "starter" / "private_words.tsv"


@dataclass(frozen=True)
class Private:
    """One hit: the ground it speaks of ("health", "family", "belief", "origin") and the words as they were written."""

    ground: str
    words: str


def private_words(text: str) -> list[Private]:
    """Every hit in a text, each spelling once, in the order of the list. All three languages are looked for: people mix them."""
    text = normalize("NFC", text)
    found: dict[str, Private] = {}
    for ground, pattern in _patterns():
        for hit in pattern.finditer(text):
            found.setdefault(hit.group().casefold(), Private(ground, hit.group()))
    return list(found.values())


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """One pattern per ground, longer phrases first so that they are named whole."""
    held: dict[str, set[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines()[1:]:
        ground, _language, words = line.split("\t")
        held.setdefault(ground, set()).add(words)
    return [(ground, _any_of(sorted(words, key=lambda one: (-len(one), one)))) for ground, words in held.items()]


def _any_of(words: list[str]) -> re.Pattern[str]:
    alternatives = (r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in one.split()) for one in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
