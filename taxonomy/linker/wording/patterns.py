"""The small language in which rules say what to look for. It has no regular expressions in it, so no rule can be slow.

Words stand side by side. `a/b` is one or the other, `?` after a word means that it may be missing, a star stands for any beginning or
ending (`*stöd`, `ung*`), `#` for a number (`#16+`: at least 16), two dots for up to three words. What stands after `=>` is written in the
place of what was found. Every pattern is followed as a set of places, so that its time grows with its own length only.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from taxonomy.linker.wording.reading import Sentence, Token, fold

K = TypeVar("K")
GAP = 3  # words that two dots may stand for
MOST_PARTS, LONGEST, FEWEST_LETTERS = 14, 600, 3
_PART = re.compile(r"[^\W_]+|\*?[^\W\d_]+\*?|#\d*\+?")
Kind = Literal["exact", "begins", "ends", "holds", "number"]


class WrongPattern(ValueError):
    """A pattern that cannot be read; `code` says why: empty, long, signs, wide, edge."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Alternative:
    kind: Kind
    text: str
    least: int = 0

    def fits(self, word: str) -> bool:
        if self.kind == "exact":
            return word == self.text
        if self.kind == "begins":
            return word.startswith(self.text)
        if self.kind == "ends":
            return word.endswith(self.text)
        if self.kind == "holds":
            return self.text in word
        return word.isdecimal() and int(word[:9]) >= self.least


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a pattern; without alternatives it is a gap."""

    any_of: tuple[Alternative, ...] = ()
    optional: bool = False

    def fits(self, word: str) -> bool:
        return any(one.fits(word) for one in self.any_of)


@dataclass(frozen=True, slots=True)
class Pattern:
    parts: tuple[Part, ...]
    instead: str | None = None

    def end(self, words: Sequence[Token], start: int, last: int) -> int:
        """Where the longest match that begins at `start` ends, within words[:last]; -1 when there is none."""
        places = {start}
        for part in self.parts:
            places = _after(part, words, places, last)
            if not places:
                return -1
        return max(places)


def _after(part: Part, words: Sequence[Token], places: set[int], last: int) -> set[int]:
    if not part.any_of:
        return {there for place in places for there in range(place, min(place + GAP, last) + 1)}
    fitting = {place + 1 for place in places if place < last and part.fits(words[place].text)}
    return fitting | places if part.optional else fitting


def parse(line: str) -> Pattern:
    """Raises WrongPattern."""
    if len(line) > LONGEST:
        raise WrongPattern("long")
    words, arrow, instead = line.partition("=>")
    parts = tuple(_part(one) for one in words.split())
    if not parts:
        raise WrongPattern("empty")
    if len(parts) > MOST_PARTS:
        raise WrongPattern("long")
    if any(part.optional or not part.any_of for part in (parts[0], parts[-1])):
        raise WrongPattern("edge")
    return Pattern(parts, " ".join(instead.split()) if arrow else None)


def _part(written: str) -> Part:
    if written == "..":
        return Part()
    optional = written.endswith("?")
    return Part(tuple(_alternative(one) for one in written.removesuffix("?").split("/")), optional)


def _alternative(written: str) -> Alternative:
    if not _PART.fullmatch(written):
        raise WrongPattern("signs")
    if written.startswith("#"):
        return Alternative("number", "", int(written.strip("#+")[:9] or 0))
    text = fold(written.strip("*"))
    if "*" not in written:
        return Alternative("exact", text)
    if len(text) < FEWEST_LETTERS:
        raise WrongPattern("wide")
    if written.startswith("*"):
        return Alternative("holds" if written.endswith("*") else "ends", text)
    return Alternative("begins", text)


class Finder(Generic[K]):
    """Many patterns at once, each under a key, looked up by their first word."""

    def __init__(self, patterns: Sequence[tuple[K, Pattern]]) -> None:
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        self._others: list[tuple[Alternative, int]] = []
        self._patterns = list(patterns)
        for number, (_key, pattern) in enumerate(self._patterns):
            for one in pattern.parts[0].any_of:
                if one.kind == "exact":
                    self._by_word[one.text].append(number)
                elif one.kind == "begins":
                    self._by_beginning[one.text].append(number)
                else:
                    self._others.append((one, number))

    def find(self, words: Sequence[Token], within: Sequence[Sentence]) -> Iterator[tuple[K, Pattern, int, int]]:
        """Every match with the numbers of its first word and of the word after it; no match leaves its sentence."""
        known: dict[str, set[int]] = {}
        for sentence in within:
            for at in range(sentence.first, sentence.last):
                word = words[at].text
                if word not in known:
                    known[word] = self._beginning(word)
                for number in known[word]:
                    key, pattern = self._patterns[number]
                    end = pattern.end(words, at, sentence.last)
                    if end > at:
                        yield key, pattern, at, end

    def _beginning(self, word: str) -> set[int]:
        found = set(self._by_word.get(word, ()))
        for length in range(FEWEST_LETTERS, len(word) + 1):
            found.update(self._by_beginning.get(word[:length], ()))
        found.update(number for one, number in self._others if one.fits(word))
        return found
