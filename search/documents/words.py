"""How words become tokens: one analysis for texts and questions, whichever server keeps them.

A token is a stem of Swedish, Norwegian or English, the word as it stands, or a part of a compound, folded to a-z and 0-9: no query syntax
of any server can come out.
"""

import re
import threading
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from search.documents.compounds import parts
from search.documents.folding import fold

STEMMERS = {"sv": "swedish", "nb": "norwegian", "en": "english"}
LONGEST_QUESTION = 12  # words
LONGEST_WORD = 40  # letters; what is longer is cut
SHORT = 3  # letters of a stem


_stemming = threading.Lock()


@lru_cache(maxsize=3)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


def _stem(language: str, word: str) -> str:
    """One word at a time: a stemmer holds the word that it works on, and two threads of a server would mix theirs."""
    with _stemming:
        return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, ...]:
    """A word as it stands and as its stem in each of the three languages. "Lager" is no form of "lag": what ends in -er and is short
    without it is most often a word as it stands."""
    short = word.casefold()[:LONGEST_WORD]
    stems = (_stem(language, short) for language in STEMMERS)
    found = (short, *(stem for stem in stems if len(stem) > SHORT or stem + "er" != short))
    if short.endswith("ret"):  # lagret, fönstret: of lager, fönster
        found += (short[:-3] + "er",)
    return tuple(dict.fromkeys(form for one in found for form in re.findall(r"[a-z0-9]+", fold(one))))


def tokens(text: str) -> dict[str, None]:
    """Every word of a text in its forms, and the parts of compounds in theirs; in order, each once."""
    return dict.fromkeys(token for word in re.findall(r"\w+", text.casefold()) for token in _all_of(word))


@lru_cache(maxsize=50_000)
def _all_of(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*forms(word), *(form for part in parts(fold(word)) for form in forms(part))]))


@dataclass(frozen=True)
class Word:
    """One word of a question: found where one of `any_of` stands, or every one of `halves` as a word or a part of one."""

    any_of: tuple[str, ...]
    halves: tuple[tuple[str, ...], ...] = ()


def asked(text: str) -> tuple[Word, ...]:
    """The words of a question, at most twelve; each must be found. A compound is also found where its two halves stand."""
    found = dict.fromkeys(re.findall(r"[^\W_]+", text.casefold()))
    return tuple(_word(one) for one in list(found)[:LONGEST_QUESTION] if forms(one))


def _word(word: str) -> Word:
    return Word(forms(word), tuple((half,) for half in parts(fold(word))[:2]))
