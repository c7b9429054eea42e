"""What everyone holds, and what it is worth to one posting. Plain NumPy.

A skill counts only from the threshold on, so each skill of a posting touches the few concepts near it, and through the lists only
the rows that hold one of them. Nothing is approximated. Rows that have changed since the lists were sorted are kept beside them
and computed one by one; when they are many, everything is sorted again.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]
Numbers = NDArray[np.intp]

SIXTEEN_BITS = 1 << 16
FEW_CHANGED = 2048  # rows beside the sorted lists, or a fiftieth of all


class Held:
    """What rows hold. `sort` starts anew; `put` takes one row's concepts. One thread at a time reads or writes."""

    def __init__(self) -> None:
        self.sort(np.zeros(0, np.int32), np.zeros(0, np.int32))

    def sort(self, rows: Rows, concepts: Rows) -> None:
        """Start anew from pairs (row, concept) in any order; a pair may come once only."""
        if np.any(rows[1:] < rows[:-1]):
            by_row = np.argsort(rows, kind="stable")
            rows, concepts = rows[by_row], concepts[by_row]
        self._count = len(rows)
        self._arrange(rows, concepts)
        self._changed: dict[int, Numbers] = {}
        self._beside: tuple[Numbers, Numbers, Numbers] | None = None

    def put(self, row: int, concepts: Numbers) -> None:
        """From now on the row holds exactly these, each once."""
        self._changed[row] = np.sort(concepts)
        self._beside = None
        if len(self._changed) > max(FEW_CHANGED, self._count // 1000):
            self._merge()

    def changed(self) -> tuple[Numbers, Numbers, Numbers]:
        """Changed rows, where each one's concepts start, and all their concepts one after the other, ascending within a row."""
        if self._beside is None:
            rows = np.fromiter(self._changed, np.intp, len(self._changed))
            lengths = [len(held) for held in self._changed.values()]
            concepts = np.concatenate([*self._changed.values(), np.zeros(0, np.intp)]).astype(np.intp)
            self._beside = rows, np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp), concepts
        return self._beside

    def _merge(self) -> None:
        changed, starts, added = self.changed()
        rows, concepts = self._pairs()
        stays = ~np.isin(rows, changed)
        rows = np.concatenate([rows[stays], np.repeat(changed, np.diff(starts)).astype(np.int32)])
        self.sort(rows, np.concatenate([concepts[stays], added.astype(np.int32)]))

    def _arrange(self, rows: Rows, concepts: Rows) -> None:
        """Keep pairs that come ordered by row."""
        raise NotImplementedError

    def _pairs(self) -> tuple[Rows, Rows]:
        """What was arranged, without the changed rows."""
        raise NotImplementedError


class ByRow(Held):
    """Few concepts a row, of which all count: wishes."""

    def _arrange(self, rows: Rows, concepts: Rows) -> None:
        self._concepts = concepts
        self._rows, starts = np.unique(rows, return_index=True)
        self._start = np.append(starts, len(rows)).astype(np.intp)

    def _pairs(self) -> tuple[Rows, Rows]:
        return np.repeat(self._rows, np.diff(self._start)), self._concepts

    def largest(self, value: Floats, size: int) -> Floats:
        """For each row the largest `value` (concepts,) of the concepts it holds; 0 where it holds none."""
        total = np.zeros(size, np.float32)
        total[self._rows] = _folded(np.maximum, value[self._concepts], self._start)
        rows, starts, beside = self.changed()
        total[rows] = _folded(np.maximum, value[beside], starts)
        return total

    @property
    def nbytes(self) -> int:
        return self._rows.nbytes + self._start.nbytes + self._concepts.nbytes


class Lists(Held):
    """Many concepts a row, of which few count for one posting: skills."""

    def _arrange(self, rows: Rows, concepts: Rows) -> None:
        largest = int(concepts.max()) + 1 if len(concepts) else 0
        small = concepts.astype(np.uint16) if largest <= SIXTEEN_BITS else concepts  # these are sorted by counting, not by comparing
        self._rows = rows[np.argsort(small, kind="stable")].astype(np.int32)
        self._start = np.concatenate([[0], np.cumsum(np.bincount(concepts, minlength=largest))]).astype(np.intp)

    def _pairs(self) -> tuple[Rows, Rows]:
        return self._rows, np.repeat(np.arange(len(self._start) - 1, dtype=np.int32), np.diff(self._start))

    def of(self, concept: int) -> Rows:
        """The rows in the sorted list of one concept, ascending: without what has changed since."""
        if concept + 1 >= len(self._start):
            return self._rows[:0]
        return self._rows[self._start[concept] : self._start[concept + 1]]

    def covered(self, near: Floats, weight: Floats, size: int) -> Floats:
        """The employer's side, not yet divided: for each row the sum over wanted skills of weight x the nearest concept held.

        `near` (wanted, concepts) in 0..1, `weight` (wanted,); `size` rows. Per skill the lists are written from the farthest concept to
        the nearest on top of what the skills before gave: the last write is the largest.
        """
        total = np.zeros(size, np.float32)
        for row, heavy in zip(near, weight, strict=True):
            concepts = np.flatnonzero(row)
            concepts = concepts[np.argsort(row[concepts], kind="stable")]
            lists = [self.of(concept) for concept in concepts.tolist()]
            touched = np.concatenate([*lists, self._rows[:0]])
            worth = np.repeat((row[concepts] * heavy).astype(np.float32), [len(one) for one in lists])
            worth += total[touched]
            total[touched] = worth
        self._covered_beside(total, near, weight)
        return total

    def _covered_beside(self, total: Floats, near: Floats, weight: Floats) -> None:
        rows, starts, concepts = self.changed()
        if not len(rows):
            return
        held = np.diff(starts) > 0
        sums = np.zeros(len(rows), np.float32)
        if held.any():
            for row, heavy in zip(near, weight, strict=True):
                sums[held] += np.maximum.reduceat(row[concepts], starts[:-1][held]) * heavy
        total[rows] = sums

    def summed(self, value: Floats, size: int) -> Floats:
        """For each row the sum of `value` (concepts,) over the concepts it holds; only values above 0 cost anything."""
        concepts = np.flatnonzero(value)
        lists = [self.of(concept) for concept in concepts.tolist()]
        touched = np.concatenate([*lists, self._rows[:0]])
        total = np.bincount(touched, np.repeat(value[concepts], [len(one) for one in lists]), size)
        total = total.astype(np.float64, copy=False)  # of nothing at all NumPy counts in whole numbers
        rows, starts, beside = self.changed()
        total[rows] = _folded(np.add, value[beside].astype(np.float64), starts)
        return total.astype(np.float32)

    def bytes_of(self, concepts: Numbers) -> int:
        return sum(self.of(concept).nbytes for concept in concepts.tolist())

    @property
    def nbytes(self) -> int:
        return self._rows.nbytes + self._start.nbytes


def _folded(how: np.ufunc, values: Any, starts: Numbers) -> Any:
    """`how` over each stretch of values; an empty stretch gives 0. `starts` has one place more than there are stretches."""
    found = np.zeros(len(starts) - 1, values.dtype)
    full = np.diff(starts) > 0
    if full.any():
        found[full] = how.reduceat(values, starts[:-1][full])
    return found


def pairs(held: Sequence[tuple[int, Numbers]]) -> tuple[Rows, Rows]:
    """Rows with their concepts as the two columns that `sort` takes."""
    rows = np.repeat(np.array([row for row, _ in held], np.int32), [len(own) for _, own in held])
    return rows, np.concatenate([*(own for _, own in held), np.zeros(0, np.intp)]).astype(np.int32)
