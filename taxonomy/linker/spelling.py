"""What an unknown word was probably meant to be: the nearest word that occurs in some label."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BAG = 64  # letters are counted by code point modulo this; two letters in one place only let a few words too many through
SHORTEST, LONG = 4, 8  # letters
NEAR_COST = 0.5
# Letters that people without the key, or without the ear for it, write for each other.
_NEAR = {frozenset(pair) for pair in ("aä", "aå", "eä", "oö", "oå", "uy", "yi", "eé", "ck", "vw", "sz")}


@dataclass(frozen=True, slots=True)
class Speller:
    """`bags[i]` counts the letters of words[i]; `uses` says in how many labels the word stands."""

    words: tuple[str, ...]
    place: dict[str, int]
    uses: tuple[int, ...]
    bags: NDArray[np.int16]

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> "Speller":
        counted = Counter(word for text in texts for word in text)
        found = tuple(counted)
        owner = np.repeat(np.arange(len(found)), [len(word) for word in found])
        signs = np.array([ord(sign) % BAG for word in found for sign in word], np.intp)
        bags = np.bincount(owner * BAG + signs, minlength=len(found) * BAG).reshape(len(found), BAG).astype(np.int16)
        return cls(found, {word: i for i, word in enumerate(found)}, tuple(counted.values()), bags)

    def repaired(self, text: list[str]) -> list[str]:
        """The same words with every unknown one replaced by its nearest known one, where there is one near enough."""
        return [word if word in self.place else self._nearest(word) for word in text]

    def _nearest(self, word: str) -> str:
        allowed = 0.0 if len(word) < SHORTEST or not word.isalpha() else 2.0 if len(word) >= LONG else 1.0
        if not allowed or not self.words:
            return word
        bag = np.bincount([ord(sign) % BAG for sign in word], minlength=BAG)
        # One slip changes two counts by one at most, and the cheapest slip costs NEAR_COST.
        near = np.flatnonzero(np.abs(self.bags - bag).sum(axis=1) <= 2 * allowed / NEAR_COST)
        ranked = [(distance(word, self.words[i]), -self.uses[i], self.words[i]) for i in near.tolist() if len(self.words[i]) >= SHORTEST]
        best = min(ranked, default=(np.inf, 0, word))
        return best[2] if best[0] <= allowed else word


def distance(one: str, other: str) -> float:
    """Letters added, lost, changed or swapped with the next; letters that are easily taken for each other cost half."""
    before: list[float] = []
    row: list[float] = [float(i) for i in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [float(i)]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + _change(letter, target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _change(letter: str, target: str) -> float:
    if letter == target:
        return 0.0
    return NEAR_COST if frozenset((letter, target)) in _NEAR else 1.0
