"""What an unknown word was probably meant to be: the nearest word that occurs in some label."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONG = 4, 8  # letters
NEAR_COST = 0.5
# Letters that people without the key, or without the ear for it, write for each other.
_ALIKE = ("aäåeéoö", "uyi", "ck", "vw", "sz")
_GROUP = {letter: group[0] for group in _ALIKE for letter in group}
BAG = 64  # letters are counted by code point modulo this; two letters in one place only let a few words too many through


@dataclass(frozen=True, slots=True)
class Speller:
    """`bags[i]` counts the letters of words[i], alike ones as one, `letters[i]` has a bit for each, and `lengths[i]` counts all.

    `uses` says in how many labels the word stands.
    """

    words: tuple[str, ...]
    place: dict[str, int]
    uses: tuple[int, ...]
    bags: NDArray[np.int8]
    letters: NDArray[np.uint64]
    lengths: NDArray[np.int16]

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> "Speller":
        counted = Counter(word for text in texts for word in text)
        found = tuple(counted)
        bags = np.array([_bag(word) for word in found], np.int8).reshape(len(found), BAG)
        lengths = np.array([len(word) for word in found], np.int16)
        letters = (bags > 0) @ (np.uint64(1) << np.arange(BAG, dtype=np.uint64))
        return cls(found, {word: i for i, word in enumerate(found)}, tuple(counted.values()), bags, letters, lengths)

    def repaired(self, text: list[str]) -> list[str]:
        """The same words with every unknown one replaced by its nearest known one, where there is one near enough."""
        return [word if word in self.place else self._nearest(word) for word in text]

    def _nearest(self, word: str) -> str:
        allowed = 0.0 if len(word) < SHORTEST or not word.isalpha() else 2.0 if len(word) >= LONG else 1.0
        if not allowed or not self.words:
            return word
        # One slip changes two counts, and so two bits, by one at most; a letter taken for one alike changes none.
        bag = np.array(_bag(word), np.int8)
        letters = np.bitwise_or.reduce(np.uint64(1) << np.flatnonzero(bag).astype(np.uint64))
        near = np.flatnonzero((np.bitwise_count(self.letters ^ letters) <= 2 * allowed) & (np.abs(self.lengths - len(word)) <= allowed))
        apart = np.abs(self.bags[near] - bag).sum(axis=1, dtype=np.int16)
        best = (allowed, 0, word)  # how far, how often used (less than nothing), the word
        for i in np.argsort(apart, kind="stable").tolist():
            if apart[i] > 2 * best[0]:  # and so are all that follow
                break
            other = self.words[near[i]]
            if len(other) >= SHORTEST:
                found = (distance(word, other, most=best[0]), -self.uses[near[i]], other)
                best = min(best, found)
        return best[2]


def _bag(word: str) -> list[int]:
    """How often each letter stands in the word, letters that are alike counted as one."""
    bag = [0] * BAG
    for letter in word:
        bag[ord(_GROUP.get(letter, letter)) % BAG] += 1
    return bag


def distance(one: str, other: str, *, most: float = math.inf) -> float:
    """Letters added, lost, changed or swapped with the next; letters that are easily taken for each other cost half.

    Infinite when it is more than `most`: then only what can still be near enough is looked at.
    """
    if abs(len(one) - len(other)) > most:
        return math.inf
    wide = int(min(most, max(len(one), len(other))))  # a place further from the diagonal has cost more letters than that
    older: list[float] = []
    row = [float(j) if j <= wide else math.inf for j in range(len(other) + 1)]
    before = row
    for i in range(1, len(one) + 1):
        older, before = before, row
        row = _next_row(one, other, i, wide, (older, before))
        if min(row) > most and min(before) + 1 > most:
            return math.inf
    return row[-1] if row[-1] <= most else math.inf


def _next_row(one: str, other: str, i: int, wide: int, above: tuple[list[float], list[float]]) -> list[float]:
    """What the first `i` letters of one cost against each beginning of the other, at most `wide` letters longer or shorter."""
    older, before = above
    row = [math.inf] * (len(other) + 1)
    row[0] = float(i) if i <= wide else math.inf
    letter, group = one[i - 1], _GROUP.get(one[i - 1], one[i - 1])
    for j in range(max(1, i - wide), min(len(other), i + wide) + 1):
        target = other[j - 1]
        change = 0.0 if letter == target else NEAR_COST if _GROUP.get(target, target) == group else 1.0
        cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + change)
        if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
            cost = min(cost, older[j - 2] + 1)
        row[j] = cost
    return row
