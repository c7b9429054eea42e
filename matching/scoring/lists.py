"""What everyone holds, and what it is worth to one posting. Plain NumPy.

A skill counts only from the threshold on, so each skill of a posting touches the few concepts near it, and through the lists only
the rows that hold one of them. Nothing is approximated. Rows that have changed since the lists were sorted are kept beside them
and computed one by one; when they are many, everything is sorted again.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]
Numbers = NDArray[np.intp]

SIXTEEN_BITS = 1 << 16
NONE = 0
FEW_CHANGED = 2048  # rows beside the sorted lists, or one for a thousand entries of them


class Slots:
    """Few concepts a row, of which all count: wishes. The first of each row stand in one array, the second in another ..."""

    def __init__(self) -> None:
        self._slots: list[Rows] = []

    def put(self, rows: Numbers, places: Numbers, concepts: Numbers) -> None:
        """From now on these rows hold exactly these: of the row `rows[places[i]]`, `concepts[i]`. `places` are ascending."""
        nth = np.arange(len(places)) - np.searchsorted(places, places)
        for slot in self._slots:
            slot[rows[rows < len(slot)]] = NONE
        for place in range(int(nth.max(initial=-1)) + 1):
            if place == len(self._slots):
                self._slots.append(np.zeros(0, np.int32))
            holders, held = rows[places[nth == place]], concepts[nth == place]
            self._reserve(place, int(holders.max()) + 1)
            self._slots[place][holders] = held + 1

    def _reserve(self, place: int, rows: int) -> None:
        slot = self._slots[place]
        if rows > len(slot):
            room = max(rows, len(slot) * 3 // 2)
            self._slots[place] = np.concatenate([slot, np.zeros(room - len(slot), np.int32)])

    def largest(self, value: Floats, size: int) -> Floats:
        """For each row the largest `value` (concepts,) of the concepts it holds; 0 where it holds none or none above 0."""
        worth = np.concatenate([np.zeros(1, np.float32), value])
        total = np.zeros(size, np.float32)
        for slot in self._slots:
            held = slot[:size]
            np.maximum(total[: len(held)], worth[held], out=total[: len(held)])
        return total

    @property
    def nbytes(self) -> int:
        return sum(slot.nbytes for slot in self._slots)


class Lists:
    """Many concepts a row, of which few count for one posting: skills. One thread at a time reads or writes."""

    def __init__(self) -> None:
        self.sort(np.zeros(0, np.int32), np.zeros(0, np.int32))

    def sort(self, rows: Rows, concepts: Rows) -> None:
        """Start anew from pairs (row, concept) in any order; a pair may come once only."""
        if np.any(rows[1:] < rows[:-1]):
            by_row = np.argsort(rows, kind="stable")
            rows, concepts = rows[by_row], concepts[by_row]
        largest = int(concepts.max()) + 1 if len(concepts) else 0
        small = concepts.astype(np.uint16) if largest <= SIXTEEN_BITS else concepts  # these are sorted by counting, not by comparing
        self._rows = rows[np.argsort(small, kind="stable")].astype(np.int32)
        self._start = np.concatenate([[0], np.cumsum(np.bincount(concepts, minlength=largest))]).astype(np.intp)
        self._changed: dict[int, Numbers] = {}
        self._beside: tuple[Numbers, Numbers, Numbers] | None = None

    def put(self, row: int, concepts: Numbers) -> None:
        """From now on the row holds exactly these, each once."""
        self._changed[row] = np.sort(concepts)
        self._beside = None
        if len(self._changed) > max(FEW_CHANGED, len(self._rows) // 1000):
            self._merge()

    def of(self, concept: int) -> Rows:
        """The rows in the sorted list of one concept, ascending: without what has changed since."""
        if concept + 1 >= len(self._start):
            return self._rows[:0]
        return self._rows[self._start[concept] : self._start[concept + 1]]

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
        concepts = np.repeat(np.arange(len(self._start) - 1, dtype=np.int32), np.diff(self._start))
        stays = ~np.isin(self._rows, changed)
        rows = np.concatenate([self._rows[stays], np.repeat(changed, np.diff(starts)).astype(np.int32)])
        self.sort(rows, np.concatenate([concepts[stays], added.astype(np.int32)]))

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
