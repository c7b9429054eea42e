"""The parts of a compound: "lagerarbetare" holds "lager" and "arbetare", "barnehageassistent" holds "barn".

What may be a part is read from the labels of the starter vocabulary that lies in the code: the same everywhere, whatever vocabulary a
region has. A word ends a compound when it stands alone in a label, or ends three of them after a word that does (docs/decisions/search.md).
"""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.documents.folding import fold

FILES = ("occupations.tsv", "skills.tsv")
SHORTEST, SHORTEST_END = 3, 4  # letters of a first and of a last part that stand alone elsewhere
SHORTEST_ENDING = 5  # letters of a last part that only ends others; what stands before it then need not be known
LINKS = ("", "s", "e", "a", "o", "u")  # between them: arbet-s-plats, barn-e-hage, kvinn-o-hälsa
ENDS_AT_LEAST = 3  # labels
LONGEST = 40  # letters
FORMS = (("arna", "are"), ("erne", "er"), ("en", "e"), ("en", ""), ("n", ""), ("et", ""), ("t", ""), ("er", ""), ("ar", ""), ("s", ""))
LONG_ENOUGH = 6  # letters of a word that an ending is taken from
ALSO = frozenset(
    ["jobb", "tjanst", "vakt", "passning", "natt", "helg", "sommar", "sommer", "vinter", "deltid", "heltid"]
)  # in ads, in no label
NO_END = frozenset({"ation", "ering", "erare"})
NO_BEGINNING = frozenset(
    ["att", "och", "med", "men", "som", "til", "till", "for", "fra", "frå", "ett", "the", "and", "ing", "den", "det", "per", "ver"]
)


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """A folded word's parts: the first way to take it apart with the longest beginning, then what its end falls into; nothing where it
    is no compound. A form is taken apart as the word it is a form of: "barnehagen" as "barnehage"."""
    if len(word) > LONGEST:
        return ()
    for base in _bases(word):
        if halves := _halves(base, *_lexicon()):
            first, last = halves
            return (first, last, *parts(first), *parts(last))
    return ()


def _bases(word: str) -> tuple[str, ...]:
    return (word, *(word[: -len(form)] + base for form, base in FORMS if word.endswith(form) and len(word) - len(form) >= LONG_ENOUGH))


def _halves(word: str, known: frozenset[str], ends: frozenset[str]) -> tuple[str, str] | None:
    for cut in range(len(word) - SHORTEST_END, SHORTEST - 1, -1):
        first = word[:cut]
        if first not in known or first in NO_BEGINNING:
            continue
        for link in LINKS:
            last = word[cut + len(link) :]
            if word.startswith(link, cut) and len(last) >= SHORTEST_END and (last in known or last in ends or parts(last)):
                return first, last
    return next(((word[:cut], word[cut:]) for cut in range(SHORTEST_END, len(word) - SHORTEST_ENDING + 1) if word[cut:] in ends), None)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """Words that stand alone in a label, and what ends at least three labels after such a word."""
    labels = (word for name in FILES for word in _words(settings.BASE_DIR / "taxonomy/starter" / name))
    known = frozenset(word for word in labels if len(word) >= SHORTEST) | ALSO
    cuts = [_rests(word, cut, known) for word in known for cut in range(SHORTEST, len(word)) if word[:cut] in known]
    every = Counter(last for lasts in cuts for last in lasts)
    # Of "sbiträde" and "biträde" the one that stands alone, or ends more labels.
    ends = Counter(max(lasts, key=lambda last: (last in known, every[last], len(last))) for lasts in cuts if lasts)
    often = {last for last, n in ends.items() if n >= ENDS_AT_LEAST and not _torn(last, ends)} - NO_END
    return known, frozenset(last for last in often if not {last[1:], last[2:]} & often)


def _torn(last: str, ends: Counter[str]) -> bool:
    """Whether it is most often a longer end without its first letter, as "rbetare" is."""
    return any(2 * n >= ends[last] for longer, n in ends.items() if longer[1:] == last)


def _rests(word: str, cut: int, known: frozenset[str]) -> list[str]:
    """What may come after a first part, without each of the links."""
    rests = [word[cut + len(link) :] for link in LINKS if word.startswith(link, cut)]
    return [last for last in rests if len(last) >= (SHORTEST_END if last in known else SHORTEST_ENDING)]


def _words(path: Path) -> set[str]:
    return set(re.findall(r"[a-z]+", fold(path.read_text(encoding="utf-8"))))
