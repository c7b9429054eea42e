"""How a text is cut for the Nordic encoder: words, character n-grams, table rows. Training and serving share it."""

import re
import unicodedata
import zlib
from functools import lru_cache

SHORTEST, LONGEST = 3, 6
LONGEST_WORD = 60  # letters; the rest of a longer "word" is an address or noise, and must not cost time
# Danish and Norwegian write the same two vowels with other letters than Swedish.
_NORDIC_VOWELS = str.maketrans({"ø": "ö", "æ": "ä"})
_NOT_A_WORD = re.compile(r"(?:[^\w+#]|_)+")


def fold(text: str) -> str:
    """One spelling for texts that differ only in case, spaces, composed letters or invisible signs (soft hyphens)."""
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not plain.isprintable():
        plain = "".join(sign for sign in plain if sign.isprintable() or sign.isspace())
    return " ".join(plain.split())


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; empty when nothing in it can be read (signs, emoji, spaces).

    A plus or a hash is part of a word (C++, C#) but is not one by itself.
    """
    found = _NOT_A_WORD.split(fold(text).translate(_NORDIC_VOWELS))
    return [word[:LONGEST_WORD] for word in found if any(sign.isalnum() for sign in word)]


@lru_cache(maxsize=1 << 15)
def rows_of(word: str, rows: int) -> tuple[int, ...]:
    """The table rows of one word: the word itself and its 3- to 6-grams, with its ends marked; crc32 modulo `rows`."""
    marked = f"<{word}>"
    grams = [marked]
    for size in range(SHORTEST, LONGEST + 1):
        grams += [marked[start : start + size] for start in range(len(marked) - size + 1)]
    return tuple(zlib.crc32(gram.encode()) % rows for gram in grams)
