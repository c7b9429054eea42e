"""How a text is cut for the Nordic encoder: words, character n-grams, table rows. Training and serving share it.

A whole batch is cut at once: its words lie one after another in one array of letters, and every stretch of letters gets its
number from a polynomial over that array. The numbers are part of the weights file's format: a change here needs a new one.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 3, 6
LONGEST_WORD = 60  # letters; the rest of a longer "word" is an address or noise, and must not cost time
# Danish and Norwegian write the same two vowels with other letters than Swedish.
_NORDIC_VOWELS = str.maketrans({"ø": "ö", "æ": "ä"})
_NOT_IN_A_WORD = re.compile(r"(?:[^\w+#\n]|_)+")
_ONLY_SIGNS = "+#"
SAME_LETTERS, SAME_SHARE = 4, 0.7  # of the longer word: what two forms of one word begin with
LONGEST_NAME = 32  # words; a longer text is no name
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no letter is lost in the multiplication
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_WHOLE = np.uint64(0x5851F42D4C957F2D)  # tells a whole word from the same letters inside another
_HALF = np.uint64(32)
_POWERS = np.cumprod(np.full(LONGEST_WORD + 2, _BASE, np.uint64))

Numbers = NDArray[np.intp]


def fold(text: str) -> str:
    """One spelling for texts that differ only in case, spaces, composed letters or invisible signs (soft hyphens)."""
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not plain.replace("\n", "").isprintable():
        plain = "".join(sign for sign in plain if sign.isprintable() or sign.isspace())
    return plain


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; empty when nothing in it can be read (signs, emoji, spaces).

    A plus or a hash is part of a word (C++, C#) but is not one by itself.
    """
    return words_of([text])[0]


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, as `words` gives them; one pass over all of them."""
    lines = _plain("\n".join(" ".join(text.splitlines()) for text in texts)).translate(_NORDIC_VOWELS)
    return [
        [word[:LONGEST_WORD] for word in line.split() if word.strip(_ONLY_SIGNS)] for line in _NOT_IN_A_WORD.sub(" ", lines).split("\n")
    ][: len(texts)]


def plain_of(texts: Sequence[str]) -> list[list[tuple[str, int]]]:
    """The words of each text, each said once."""
    return [[(word, 1) for word in words] for words in words_of(texts)]


def said_of(texts: Sequence[str]) -> list[list[tuple[str, int]]]:
    """The words of each text, and how often each is said: once, or more where a text names one thing in two forms.

    "Ingenieur/Ingenieurin für Kunststofftechnik": all forms of a word count together as one, so that they do not drown what is told of
    it. A text without forms is left alone: a word that stands in it twice counts twice.
    """
    return [_said(words) for words in words_of(texts)]


def _said(words: list[str]) -> list[tuple[str, int]]:
    if len({word[:SAME_LETTERS] for word in words}) == len(words) or len(words) > LONGEST_NAME:
        return [(word, 1) for word in words]
    forms = {frozenset(pair) for pair in combinations(set(words), 2) if _forms(*pair)}
    if not forms:
        return [(word, 1) for word in words]
    return [(word, sum(word == other or frozenset((word, other)) in forms for other in words)) for word in words]


def _forms(one: str, other: str) -> bool:
    shared = max(SAME_LETTERS, ceil(SAME_SHARE * max(len(one), len(other))))
    return one[:shared] == other[:shared]


def rows_of(found: Sequence[str], rows: int) -> tuple[Numbers, Numbers]:
    """The table rows of some words, one word after another, and how many each has.

    A word has itself and its 3- to 6-grams, its ends marked. Every word must have a letter. Shapes (sum of the counts,), (len(found),).
    """
    text = "".join([f"<{word}>" for word in found])
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(word) + 2 for word in found), np.intp, len(found))
    ends = np.cumsum(lengths)
    starts = ends - lengths
    left = np.repeat(ends, lengths) - np.arange(len(letters))  # letters from here to the end of the word
    sizes = LONGEST - SHORTEST + 1
    hashes = np.zeros((len(letters), sizes + 1), np.uint64)
    wanted = np.zeros(hashes.shape, bool)
    running = letters.copy()
    padded = np.concatenate([letters, np.zeros(LONGEST, np.uint64)])
    for size in range(2, LONGEST + 1):
        running = running * _BASE + padded[size - 1 : size - 1 + len(letters)]
        if size >= SHORTEST:
            hashes[:, size - SHORTEST] = running
            wanted[:, size - SHORTEST] = left >= size
    place = np.arange(len(letters)) - np.repeat(starts, lengths)
    hashes[starts, sizes] = np.add.reduceat(letters * _POWERS[place], starts) ^ _WHOLE
    wanted[starts, sizes] = True
    counts = 1 + np.maximum(lengths[:, None] - np.arange(SHORTEST, LONGEST + 1) + 1, 0).sum(axis=1)
    flat: Numbers = (_mixed(hashes[wanted]) >> _HALF).astype(np.intp) % rows
    return flat, counts


def own_rows(found: Sequence[str], flat: Numbers, counts: Numbers) -> Numbers:
    """From what `rows_of` gives for some words: the row of each whole word, which stands behind the n-grams of its first letter."""
    first = np.fromiter((min(len(word) + 2, LONGEST) - SHORTEST + 1 for word in found), np.intp, len(found))
    own: Numbers = flat[np.cumsum(counts) - counts + first]
    return own


def word_scales(counts: Numbers) -> NDArray[np.float32]:
    """What the sum of a word's n-grams is multiplied by: a long word has more of them, and should not drown the short ones.

    Shape (words, 1).
    """
    scales: NDArray[np.float32] = np.sqrt(1 / counts).astype(np.float32)[:, None]
    return scales


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of the number decides over every bit of the result."""
    hashes = (hashes ^ (hashes >> _HALF)) * _MIX
    mixed: NDArray[np.uint64] = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return mixed
