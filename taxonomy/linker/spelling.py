"""What an unknown word was probably meant to be: the nearest word that occurs in some label."""

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
    """`bags[i]` counts the letters of words[i], alike ones as one, `lengths[i]` all; `uses` says in how many labels the word stands."""

    words: tuple[str, ...]
    place: dict[str, int]
    uses: tuple[int, ...]
    bags: NDArray[np.int8]
    lengths: NDArray[np.int16]

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> "Speller":
        counted = Counter(word for text in texts for word in text)
        found = tuple(counted)
        bags = np.array([_bag(word) for word in found], np.int8).reshape(len(found), BAG)
        lengths = np.array([len(word) for word in found], np.int16)
        return cls(found, {word: i for i, word in enumerate(found)}, tuple(counted.values()), bags, lengths)

    def repaired(self, text: list[str]) -> list[str]:
        """The same words with every unknown one replaced by its nearest known one, where there is one near enough."""
        return [word if word in self.place else self._nearest(word) for word in text]

    def _nearest(self, word: str) -> str:
        allowed = 0.0 if len(word) < SHORTEST or not word.isalpha() else 2.0 if len(word) >= LONG else 1.0
        if not allowed or not self.words:
            return word
        # One slip changes two counts by one at most, and a letter taken for one alike changes none.
        long = np.flatnonzero(np.abs(self.lengths - len(word)) <= allowed)
        near = long[np.abs(self.bags[long] - np.array(_bag(word), np.int8)).sum(axis=1, dtype=np.int16) <= 2 * allowed]
        ranked = [(distance(word, self.words[i]), -self.uses[i], self.words[i]) for i in near.tolist() if len(self.words[i]) >= SHORTEST]
        best = min(ranked, default=(np.inf, 0, word))
        return best[2] if best[0] <= allowed else word


def _bag(word: str) -> list[int]:
    """How often each letter stands in the word, letters that are alike counted as one."""
    bag = [0] * BAG
    for letter in word:
        bag[ord(_GROUP.get(letter, letter)) % BAG] += 1
    return bag


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
    return NEAR_COST if _GROUP.get(letter, letter) == _GROUP.get(target, target) else 1.0
