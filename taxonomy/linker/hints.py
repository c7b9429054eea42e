"""What a text of an employer says about the needs of the catalogue, word by word. Plain rules, no encoder.

A hint is evidence for a question, never an answer. A phrasing is found where all its telling words stand close together, in any order
and with other endings, and where the sentence turns around as often as the phrasing does: "no heavy lifting" has one "no", and so must
the text; "you must cope with heavy lifting" demands and does not offer. See docs/decisions/hints.md.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from taxonomy.linker.need_words import phrasings
from taxonomy.linker.reading import MOST_LETTERS, Word, same_start, words_at
from taxonomy.linker.turns import Turns, is_contrast, is_turning, turns

KEY = 4  # letters under which a word is looked up
SHORTEST_STEM = 4  # letters
_ENDINGS = (
    *("", "a", "e", "n", "r", "s", "t", "en", "et", "er", "ar", "or", "an", "na", "ne", "te", "de", "re", "ad", "at", "ade", "are", "ast"),
    *("est", "ens", "ets", "ers", "ars", "ene", "ena", "enes", "ande", "ende", "arna", "erna", "orna", "arne", "erne", "es", "ed", "ing"),
)
ROOM = 2  # words that may stand between those of a phrasing
_SENTENCES = re.compile(r"[^.!?;\n•|]+[.!?;\n•|]?")
_NEW_CLAUSE = re.compile(r",\s+(?:och|og|and)\s+(?:vi|we|det|du|you|there|it)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hint:
    """A text says something about a need: text[start:end], as it was written."""

    code: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    code: str
    telling: tuple[str, ...]
    turned: Turns
    whole: tuple[str, ...]  # all words, where only one of them tells


def hints(text: str) -> list[Hint]:
    """What the text says, each code once, in the order in which it is said."""
    read = text[:MOST_LETTERS]
    found: dict[str, Hint] = {}
    for start, end in _scopes(read):
        for hint in _in_scope(words_at(read[start:end], start), read):
            found.setdefault(hint.code, hint)
    return sorted(found.values(), key=lambda one: (one.start, one.code))


def _scopes(text: str) -> list[tuple[int, int]]:
    """Sentences without the questions, cut where a new main clause begins: there a "not" before the comma ends."""
    found: list[tuple[int, int]] = []
    for sentence in _SENTENCES.finditer(text):
        if sentence.group().endswith("?"):
            continue
        cuts = [sentence.start(), *(sentence.start() + cut.start() for cut in _NEW_CLAUSE.finditer(sentence.group())), sentence.end()]
        found += pairwise(cuts)
    return found


def _in_scope(read: list[Word], text: str) -> list[Hint]:
    """Hints of one sentence: its longest phrasings first, words on the other side of a "but" are left out."""
    found = []
    for part in _parts(read):
        names = [word.text for word in part]
        for pattern, places in _matches(names):
            start, end = min(places), max(places) + 1
            if turns(names, start, end) == pattern.turned:
                start, end = _whole(pattern, names, start, end)
                span = part[start].start, part[end - 1].end
                found.append(Hint(pattern.code, " ".join(text[slice(*span)].split()), *span))
    return found


def _whole(pattern: _Pattern, names: list[str], start: int, end: int) -> tuple[int, int]:
    """The stretch with what stands just around it of the phrasing's small words, and the words that turn it: whoever reads "heavy
    lifting" must also read the "no"."""
    while start > 0 and (is_turning(names[start - 1]) or names[start - 1] in pattern.whole):
        start -= 1
    while end < len(names) and (is_turning(names[end]) or names[end] in pattern.whole):
        end += 1
    return start, end


def _parts(read: list[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in read:
        if is_contrast(word.text):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _matches(names: list[str]) -> list[tuple[_Pattern, list[int]]]:
    known, found = _patterns(), []
    for at, name in enumerate(names):
        for pattern in known.get(name[:KEY], ()):
            places = _places(pattern, names, at)
            if places:
                found.append((pattern, places))
    return found


def _places(pattern: _Pattern, names: list[str], at: int) -> list[int]:
    """Where the words of a pattern stand around the word at `at`, which is its key; nothing when one of them is missing."""
    if len(pattern.telling) == 1:
        return _run(pattern, names, at)
    reach = len(pattern.telling) + ROOM
    near = range(max(0, at - reach), min(len(names), at + reach + 1))
    places = [at] if same_word(pattern.telling[0], names[at]) else []
    for wanted in pattern.telling[1:] if places else ():
        free = [i for i in near if i not in places and same_word(wanted, names[i])]
        if not free:
            return []
        places.append(min(free, key=lambda i: abs(i - at)))
    return places if places and max(places) - min(places) <= reach else []


def _run(pattern: _Pattern, names: list[str], at: int) -> list[int]:
    """The words of a pattern one after the other, as they are."""
    start = at - pattern.whole.index(pattern.telling[0])
    stretch = names[max(start, 0) : start + len(pattern.whole)]
    same = len(stretch) == len(pattern.whole) and all(same_word(one, other) for one, other in zip(pattern.whole, stretch, strict=True))
    return list(range(start, start + len(pattern.whole))) if same else []


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are the same but for their endings: "lugnt" and "lugna"; short words only as they are."""
    if one == other:
        return True
    same = same_start(one, other)
    return same >= SHORTEST_STEM and one[same:] in _ENDINGS and other[same:] in _ENDINGS


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[_Pattern]]:
    """What a workplace says, under the first letters of the longest telling word of each phrasing."""
    found: dict[str, list[_Pattern]] = defaultdict(list)
    for one in phrasings():
        if one.voice == "person":
            continue
        read = words_at(one.text)
        names = [word.text for word in read]
        telling = sorted((word.text for word in read if not word.small and not is_turning(word.text)), key=lambda name: (-len(name), name))
        if telling:
            pattern = _Pattern(one.code, tuple(telling), turns(names, 0, len(names)), tuple(names))
            found[telling[0][:KEY]].append(pattern)
    return found
