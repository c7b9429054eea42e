"""How hard a text is to read: LIX, the Nordic readability index, counted by a small function of our own.

LIX = words per sentence + long words (more than six letters) per hundred words (Björnsson 1968).
"""

import re
from dataclasses import dataclass

LONG_WORD = 6
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Readability:
    """The index as a whole number, and the longest sentences of the text, longest first."""

    lix: int
    longest: tuple[str, ...]


def readability(text: str, *, show: int = 3) -> Readability:
    """Of an empty text 0. A heading or a line of a list counts as a sentence: lines end sentences."""
    sentences = [one.strip() for one in SENTENCE_END.split(text) if WORD.search(one)]
    words = WORD.findall(text)
    if not words:
        return Readability(0, ())
    long = sum(len(word) > LONG_WORD for word in words)
    ordered = sorted(sentences, key=lambda one: len(WORD.findall(one)), reverse=True)
    return Readability(round(len(words) / len(sentences) + 100 * long / len(words)), tuple(ordered[:show]))
