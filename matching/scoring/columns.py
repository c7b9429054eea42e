"""What hard conditions and needs read of everyone, as columns, and the conditions for everyone at once. Plain NumPy.

What is not known never fails a condition, so an unknown value is stored as the one that always passes.
"""

import json
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from matching.scoring import needs
from matching.scoring.licences import with_included
from matching.scoring.packed import Packed
from matching.scoring.parts import LEVELS, Job, distances_km
from matching.scoring.table import ANY, Bools, Names, Places, Rows, Table

COLUMNS: dict[str, DTypeLike] = {
    "here": bool,
    "country": np.uint8,
    "place": np.int32,
    "untold": bool,  # no language at all
    "travel": np.float32,
    "highest": np.int16,
    "now": np.int16,
    "times": np.uint16,
    "kinds": np.uint16,
    "licences": np.uint64,
    "available": np.int32,
}


class Columns:
    """Everyone's conditions and needs. `codes` are the catalogue's."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = needs.Codes(codes)
        self._countries, self._licences, self._times, self._kinds = Names(), Names(), Names(), Names()
        self._places = Places()
        self._table = Table(COLUMNS | self._codes.names("must", "helps"))

    @property
    def room(self) -> int:
        return self._table.room

    def put(self, people: Packed) -> None:
        """Everything that conditions and needs read of these people."""
        told, which = _different(people.told, self._told)
        for name in {name for one in told for name in one if name not in COLUMNS}:
            self._table.add(name, np.uint8)
        needs, whose = _different(people.needs, self._needs)
        heads = people.heads
        columns = {name: heads[name] for name in ("travel", "highest", "now", "available")}
        columns |= {"here": np.ones(len(heads), bool), "place": self._places.of_all(heads["lat"], heads["lon"])}
        self._table.write(people.rows, columns | _spread(told, which) | _spread(needs, whose))

    def drop(self, row: int) -> None:
        """Nobody is here any more."""
        self._table.drop(row)

    def _told(self, text: bytes) -> dict[str, int]:
        country, times, kinds, licences, languages = json.loads(text)
        return {
            "country": self._countries.of(country),
            "times": self._times.bits(times) or ANY,
            "kinds": self._kinds.bits(kinds) or ANY,
            "licences": self._licences.bits(with_included(frozenset(licences))),
            "untold": not languages,
            **{f"level_{language}": LEVELS.index(level) for language, level in languages.items()},
        }

    def _needs(self, text: bytes) -> dict[str, int]:
        musts, helps = json.loads(text)
        return self._codes.of_needs(musts, helps)

    def here(self, country: str) -> Bools:
        """Who is in the lists, and in this country."""
        found: Bools = self._table["here"] & (self._table["country"] == self._countries.of(country))
        return found

    def passes(self, job: Job) -> Bools:
        """Who fails none of the posting's hard conditions; the same rules as `parts.conditions`."""
        held, passing = self._table, self._in_reach(job)
        if job.licences:
            licences = np.uint64(self._licences.bits(job.licences))
            passing &= (held["licences"] & licences) == licences
        if job.level:
            held.add(f"level_{job.language}", np.uint8)
            passing &= (held[f"level_{job.language}"] >= LEVELS.index(job.level)) | held["untold"]
        least, most = job.hours
        if least is not None:
            passing &= held["highest"] >= least
        if most is not None:
            passing &= held["now"] <= most
        if job.times:
            passing &= (held["times"] & np.uint16(self._times.bits(job.times))) != 0
        if job.ends_on:
            passing &= held["available"] <= job.ends_on.toordinal()
        passing &= (held["kinds"] & np.uint16(self._kinds.bits([job.kind]))) != 0
        return passing

    def _in_reach(self, job: Job) -> Bools:
        if job.place is None:
            return np.ones(self.room, bool)
        far = np.nan_to_num(distances_km(self._places.coordinates, job.place)).astype(np.float32)
        near: Bools = far[self._table["place"]] <= self._table["travel"]
        return near

    def conflicts(self, job: Job) -> Bools:
        """Who has a must that the workplace says no to."""
        return needs.conflicts(self._codes, self._table, _as_bits(self._codes.of_job(job)), self.room)

    def weakest_need(self, job: Job, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """`Parts.needs` of these rows, shape (len(rows),)."""
        own = {name: self._table[name][rows] for name in self._codes.names("must", "helps")}
        return needs.weakest(self._codes, own, _as_bits(self._codes.of_job(job)), len(rows))

    @property
    def nbytes(self) -> int:
        return self._table.nbytes


def _as_bits(columns: dict[str, int]) -> dict[str, np.uint64]:
    return {name: np.uint64(bits) for name, bits in columns.items()}


def _different(texts: Sequence[bytes], read: Callable[[bytes], dict[str, int]]) -> tuple[list[dict[str, int]], Rows]:
    """What the different texts say, for few differ, and which of them each is."""
    number: dict[bytes, int] = {}
    which = np.array([number.setdefault(text, len(number)) for text in texts], np.intp)
    return [read(text) for text in number], which


def _spread(values: Sequence[dict[str, int]], which: Rows) -> dict[str, NDArray[np.uint64]]:
    """A column for every name: of each person what their text says, 0 where it says nothing."""
    names = {name for one in values for name in one}
    return {name: np.array([one.get(name, 0) for one in values], np.uint64)[which] for name in names}
