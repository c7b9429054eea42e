"""The concepts as vectors: how near one skill is to another, and what a skill weighs. Plain NumPy."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

MOST_REMEMBERED = 30_000  # concepts whose neighbours are kept: some 20 MB
THRESHOLD = 0.5  # a cosine below this is no match between two skills

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
        self.row = {key: i for i, key in enumerate(keys)}
        self.known = len(self.row)
        self.vectors = np.nan_to_num(vectors)
        self.idf = idf
        self.near_needs = near_needs or {}
        self._near: dict[str, tuple[Numbers, NDArray[np.float32]]] = {}

    def number(self, key: str) -> int:
        """The concept's number, below `size`; the same for the same key as long as the space lives."""
        return self.row.setdefault(key, len(self.row))

    def numbers(self, keys: Sequence[str]) -> Numbers:
        return np.array([self.number(key) for key in keys], np.intp)

    @property
    def keys(self) -> list[str]:
        """By number."""
        return list(self.row)

    @property
    def size(self) -> int:
        return len(self.row)

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
