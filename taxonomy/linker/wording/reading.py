"""A text as folded words in sentences: å, ä and æ are an a, ö and ø an o, also where they are written aa, ae and oe."""

import re
from dataclasses import dataclass
from unicodedata import combining, normalize

# Invisible signs and loose accents belong to the word that they stand in; letters and digits are words of their own.
_WORD = re.compile("(?:[^\\W\\d_]|[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f])+|\\d+")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ł": "l"})
_ENDS = re.compile(r"[\n\r;!?•·|]|\.(?=\s|$)")
_SHORT = 2  # letters of an abbreviation whose full stop ends nothing: "ca.", "t.ex.", "kl."
LONGEST_WORD = 60  # letters that are compared


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word or a number, and where it stands: text[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """tokens[first:last] are its words; text[start:end] is what it says, with its full stop."""

    first: int
    last: int
    start: int
    end: int


def fold(word: str) -> str:
    """One word as it is compared."""
    plain = normalize("NFKD", _HIDDEN.sub("", word[: LONGEST_WORD * 2]).casefold())
    bare = "".join(sign for sign in plain if not combining(sign)).translate(_LETTERS)
    return bare.replace("aa", "a").replace("ae", "a").replace("oe", "o")[:LONGEST_WORD]


def tokens(text: str) -> list[Token]:
    return [Token(fold(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)]


def sentences(text: str, words: list[Token]) -> list[Sentence]:
    """The sentences of a text; a new line, a bullet or a semicolon ends one too."""
    found, first, begins = [], 0, words[0].start if words else 0
    for i, word in enumerate(words):
        after = words[i + 1].start if i + 1 < len(words) else len(text)
        end = _ENDS.search(text, word.end, after)
        if end and i + 1 < len(words) and end.group() == "." and len(word.text) <= _SHORT and word.text.isalpha():
            end = None
        if end or i + 1 == len(words):
            stops = end.end() if end and not end.group().isspace() else word.end
            found.append(Sentence(first, i + 1, begins, stops))
            first, begins = i + 1, after
    return found
