"""What the index keeps of one posting, and how words become stems: the same function for texts and for questions."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from employers.models import Posting

STEMMERS = {"sv": "swedish", "nb": "norwegian", "en": "english"}
LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
LONGEST_QUESTION = 12  # words


@lru_cache(maxsize=3)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS.get(language, "swedish"))


def fold(text: str) -> str:
    """Lower case without diacritics: "städare" and "stadare" are the same word; æ and ø are kept as ae and o."""
    plain = text.casefold().replace("æ", "ae").replace("ø", "o")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def stems(text: str) -> list[str]:
    """Every word as its stem in each of the three languages and as it stands. Only letters and digits come out,
    so no query syntax of any database can."""
    words = re.findall(r"\w+", text.casefold())
    found: dict[str, None] = {}
    for word in words:
        for form in (word, *(_stemmer(language).stemWord(word) for language in STEMMERS)):
            found.update(dict.fromkeys(re.findall(r"[a-z0-9]+", fold(form))))
    return list(found)


def asked(text: str) -> list[str]:
    """The words of a question, folded, at most twelve."""
    return re.findall(r"[a-z0-9]+", fold(text))[:LONGEST_QUESTION]


def text_of(posting: Posting) -> str:
    """All words of a posting that anyone may search."""
    parts = [posting.title, posting.tasks, posting.day, posting.employer.name]
    if posting.occupation:
        parts += [label.text for label in posting.occupation.labels.all()]
    if posting.workplace and posting.workplace.place:
        parts += [posting.workplace.place.name, posting.workplace.place.municipality]
    return " ".join(parts)
