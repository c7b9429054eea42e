"""Everyone, against one posting: exact, all parts, nobody left out. Plain NumPy.

Source: finding 6 of the matching design. The numbers are those of `parts.score`, computed for all rows at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import Columns
from matching.scoring.lists import Lists, Slots
from matching.scoring.packed import Packed
from matching.scoring.parts import FIT, LEAST_FIT, NEAR_OCCUPATION, NEEDS, OCCUPATION, SIMILAR, UNKNOWN, Job, Person
from matching.scoring.picking import SLACK, Best, best_of
from matching.scoring.space import Space

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
AT_ONCE = 4096
NEARLY = 1e-5
NOTHING = np.float32(1e-30)  # added to a sum that may be 0 before it divides; it changes no other


class People:
    """A person is a row: a small number that stays theirs. `needs` are the codes of the catalogue."""

    def __init__(self, space: Space, needs: Sequence[str]) -> None:
        self._space = space
        self._columns = Columns(needs)
        self._skills, self._wishes, self._not_again = Lists(), Slots(), Slots()
        self._own = np.zeros(0, np.float32)  # the weight of all skills that a person holds

    def load(self, everyone: Iterable[tuple[int, Person, str]]) -> None:
        """Start anew with (row, person, country) of everyone; read a few thousand at a time."""
        self.read(map(Packed.of, _batches(everyone)))

    def read(self, pieces: Iterable[Packed]) -> None:
        """Start anew with everyone, in pieces."""
        rows, concepts = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        for piece in pieces:
            self._columns.put(piece)
            self._wish(piece)
            places, prints = piece.held["skills"]
            rows.append(piece.rows[places].astype(np.int32))
            concepts.append(self._space.numbers_of(prints).astype(np.int32))
        self._skills.sort(np.concatenate(rows), np.concatenate(concepts))
        self._own = self._skills.summed(self._space.weights(), self._columns.room)
        np.maximum(self._own, NOTHING, out=self._own)

    def put(self, people: Packed) -> None:
        """These people are new or have changed."""
        self._columns.put(people)
        self._wish(people)
        for row, prints in zip(people.rows.tolist(), people.each("skills"), strict=True):
            self._hold(row, self._space.numbers_of(prints))

    def drop(self, row: int) -> None:
        """A person is not to be found any more."""
        self._columns.drop(row)
        nothing = np.zeros(0, np.intp)
        for held in (self._wishes, self._not_again):
            held.put(np.array([row]), nothing, nothing)
        self._hold(row, nothing)

    def _hold(self, row: int, skills: Rows) -> None:
        self._skills.put(row, skills)
        if len(self._own) < self._columns.room:
            self._own = np.concatenate([self._own, np.full(self._columns.room - len(self._own), NOTHING, np.float32)])
        self._own[row] = max(self._space.weights()[np.sort(skills)].sum(), NOTHING)

    def _wish(self, people: Packed) -> None:
        for kind, slots in (("wishes", self._wishes), ("refused", self._not_again)):
            places, prints = people.held[kind]
            slots.put(people.rows, places, self._space.numbers_of(prints))

    def against(self, job: Job, country: str, *, most: int, seed: int) -> Best:
        """Everyone in the country, scored for one posting: the `most` best that fit and that "would fit if", each with a few more."""
        here = self._columns.here(country)
        occupation, unwished = self._occupations(job)
        fit = self._fit(job, occupation)
        eligible = here & self._columns.passes(job) & ~self._columns.conflicts(job) & ~unwished
        worth = here & ((fit >= LEAST_FIT) | (occupation >= NEAR_OCCUPATION))
        fit *= FIT
        occupation *= OCCUPATION
        fit += occupation
        pick = partial(self._best, job, fit, most, seed)
        return Best(pick(worth & eligible), pick(worth & ~eligible), int(np.count_nonzero(here)), eligible)

    def _best(self, job: Job, without_needs: Floats, most: int, seed: int, which: NDArray[np.bool_]) -> Rows:
        """The best of the rows in `which`. Needs add at most their weight: only who could come among the best with it is looked at."""
        rows = np.flatnonzero(which)
        order = without_needs[rows]
        if len(rows) > most + SLACK:
            least = np.partition(order, -(most + SLACK))[-(most + SLACK)] - NEEDS - NEARLY
            rows, order = rows[order >= least], order[order >= least]
        return best_of(rows, order + NEEDS * self._columns.weakest_need(job, rows), most, seed)

    def _occupations(self, job: Job) -> tuple[Floats, NDArray[np.bool_]]:
        """How near the work is to each one's nearest wish, and who has said no to such work."""
        room = self._columns.room
        if not job.occupation:
            return np.zeros(room, np.float32), np.zeros(room, bool)
        cosines = self._space.cosines([job.occupation])
        alike = (cosines >= SIMILAR).astype(np.float32)
        return self._wishes.largest(cosines, room), self._not_again.largest(alike, room) > 0

    def _fit(self, job: Job, occupation: Floats) -> Floats:
        """The harmonic mean of both sides for every row; see `parts._skills` for a posting that asks for nothing."""
        if not job.wanted:
            wishes = self._wishes.largest(np.ones(self._space.size, np.float32), self._columns.room) > 0
            person = np.where(wishes, occupation, np.float32(UNKNOWN)) if job.occupation else np.float32(UNKNOWN)
            return np.broadcast_to(2 * person / (1 + person), occupation.shape).astype(np.float32)
        weight = self._space.weight(job.wanted) * job.importance
        near = self._space.near_all(job.wanted)
        employer = self._skills.covered(near, weight, self._columns.room)
        employer /= weight.sum()
        person = self._skills.summed(near.max(axis=0) * self._space.weights(), self._columns.room)
        person /= self._own
        both = employer + person
        both += NOTHING
        employer *= person
        employer *= 2
        employer /= both
        return employer

    def touched(self, job: Job) -> int:
        """How many bytes of lists and columns one posting has to read at least once."""
        near = self._space.near_all(job.wanted).max(axis=0) if job.wanted else np.zeros(0)
        return self._columns.nbytes + self._wishes.nbytes + self._skills.bytes_of(np.flatnonzero(near))

    @property
    def nbytes(self) -> int:
        """What the lists and columns take, in bytes."""
        return self._columns.nbytes + self._own.nbytes + sum(one.nbytes for one in (self._skills, self._wishes, self._not_again))


def _batches(everyone: Iterable[tuple[int, Person, str]]) -> Iterator[list[tuple[int, Person, str]]]:
    left = iter(everyone)
    while batch := list(islice(left, AT_ONCE)):
        yield batch
