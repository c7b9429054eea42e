"""The concepts as vectors: how near one skill is to another, and what a skill weighs. Plain NumPy."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.scoring.prints import Prints, print_of, prints_of

MOST_REMEMBERED = 30_000  # concepts whose neighbours are kept: some 20 MB
THRESHOLD = 0.45  # a cosine below this is no match between two skills

Vectors = NDArray[np.float32]
Numbers = NDArray[np.intp]


class Space:
    """Concepts as vectors with their weights. `vectors`: (n, d) float32, L2-normalised; `idf`: (n,) positive.

    A concept that it does not know gets a number when it is first met, a zero vector and the weight 1: it is near itself alone.
    `near_needs` leads from a need's code to the codes of other needs that are close to it, with their cosines, nearest first.
    """

    def __init__(
        self,
        keys: Sequence[str],
        vectors: Vectors,
        idf: NDArray[np.float32],
        near_needs: Mapping[str, Sequence[tuple[str, float]]] | None = None,
    ) -> None:
        self._number = {key: i for i, key in enumerate(keys)}
        self.known = len(self._number)
        self._strange: dict[bytes, int] = {}  # by print
        self._named = list(self._number)  # by number; nothing where only the print is known
        self.vectors = vectors if np.isfinite(vectors).all() else np.nan_to_num(vectors)  # a copy only where one is needed
        self.idf = idf
        self.near_needs = near_needs or {}
        self._near: dict[str, tuple[Numbers, NDArray[np.float32]]] = {}

    def number(self, key: str) -> int:
        """The concept's number, below `size`; the same for the same key as long as the space lives."""
        found = self._number.get(key)
        return self._meet(print_of(key), key) if found is None else found

    def numbers(self, keys: Sequence[str]) -> Numbers:
        known = self._number
        return np.array([known[key] if key in known else self.number(key) for key in keys], np.intp)

    def numbers_of(self, prints: Prints) -> Numbers:
        """The same for concepts of which only the prints are there (`packed.print_of`)."""
        ordered, number = self._by_print
        if not len(prints):
            return np.zeros(0, np.intp)
        if not self.known:
            return np.array([self._meet(one.tobytes()) for one in prints], np.intp)
        place = np.minimum(np.searchsorted(ordered, prints), self.known - 1)
        found = number[place]
        for strange in np.flatnonzero(ordered[place] != prints).tolist():
            found[strange] = self._meet(prints[strange].tobytes())
        return found

    @cached_property
    def _by_print(self) -> tuple[Prints, Numbers]:
        """The prints of the known concepts, ascending, and whose they are."""
        prints = prints_of(self._number)
        order = np.argsort(prints)
        ordered = prints[order]
        if np.any(ordered[1:] == ordered[:-1]):
            raise ValueError("two concepts have one print")
        return ordered, order

    def _meet(self, its_print: bytes, key: str = "") -> int:
        number = self._strange.setdefault(its_print, self.size)
        if number == len(self._named):
            self._named.append(key)
        self._named[number] = self._named[number] or key
        return number

    @property
    def keys(self) -> list[str]:
        """By number; nothing for a concept that came as a print only."""
        return self._named

    @property
    def size(self) -> int:
        return self.known + len(self._strange)

    def near(self, wanted: Sequence[str], held: Sequence[str]) -> NDArray[np.float32]:
        """How far each held concept covers each wanted one: shape (wanted, held), 0..1; the same concept is 1."""
        if not wanted or not held:
            return np.zeros((len(wanted), len(held)), np.float32)
        ours, theirs = self.numbers(wanted), self.numbers(held)
        value = _worth(self._at(ours) @ self._at(theirs).T)
        value[ours[:, None] == theirs[None, :]] = 1
        return value

    def near_all(self, wanted: Sequence[str]) -> NDArray[np.float32]:
        """The same against every concept: shape (wanted, size)."""
        own = self.numbers(wanted).tolist()
        found = np.zeros((len(wanted), self.size), np.float32)
        for row, (concepts, worth) in zip(found, self._remembered(wanted), strict=True):
            row[concepts] = worth
        found[range(len(own)), own] = 1
        return found

    def _remembered(self, wanted: Sequence[str]) -> list[tuple[Numbers, NDArray[np.float32]]]:
        """The few concepts near each, and how near: the same skills are asked for again and again."""
        if len(self._near) > MOST_REMEMBERED:
            self._near.clear()
        new = [key for key in dict.fromkeys(wanted) if key not in self._near]
        if new:
            for key, row in zip(new, _worth(self._of(new) @ self.vectors.T), strict=True):
                concepts = np.flatnonzero(row)
                self._near[key] = concepts, row[concepts]
        return [self._near[key] for key in wanted]

    def cosines(self, keys: Sequence[str]) -> NDArray[np.float32]:
        """The largest cosine of every concept with one of these, at least 0, shape (size,); 1 with itself."""
        own = self.numbers(keys)
        found = np.zeros(self.size, np.float32)
        if keys:
            found[: self.known] = np.maximum((self._of(keys) @ self.vectors.T).max(axis=0), 0)
            found[own] = 1
        return found

    def likeness(self, one: str, others: Sequence[str]) -> float:
        """The largest cosine between a concept and several; 1 when it is among them, 0 when there are none."""
        if one in others:
            return 1.0
        return float((self._of([one]) @ self._of(others).T).max()) if others else 0.0

    def weight(self, keys: Sequence[str]) -> NDArray[np.float32]:
        numbers = self.numbers(keys)
        known = numbers < self.known
        found = np.ones(len(numbers), np.float32)
        found[known] = self.idf[numbers[known]]
        return found

    def weights(self) -> NDArray[np.float32]:
        """Of every concept, shape (size,)."""
        return np.concatenate([self.idf, np.ones(self.size - self.known, np.float32)])

    def _of(self, keys: Sequence[str]) -> Vectors:
        return self._at(self.numbers(keys))

    def _at(self, numbers: Numbers) -> Vectors:
        strange = numbers >= self.known
        if not strange.any():
            return self.vectors[numbers]
        found = np.zeros((len(numbers), self.vectors.shape[1]), np.float32)
        found[~strange] = self.vectors[numbers[~strange]]
        return found


def _worth(cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    value: NDArray[np.float32] = np.clip((cosine - THRESHOLD) / (1 - THRESHOLD), 0, 1).astype(np.float32)
    return value
