"""What hard conditions and needs read of everyone, as columns, and the conditions for everyone at once. Plain NumPy.

What is not known never fails a condition, so an unknown value is stored as the one that always passes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from matching.scoring import needs
from matching.scoring.parts import LEVELS, Job, Person, distances_km
from matching.scoring.table import ANY, FIRST_DAY, NO_LIMIT, NOT_BELOW, Bools, Names, Places, Table, day

COLUMNS: dict[str, DTypeLike] = {
    "here": bool,
    "country": np.uint8,
    "place": np.int32,
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

    def put(self, rows: Sequence[int], people: Sequence[tuple[Person, str]]) -> None:
        """Everything that conditions and needs read of these people, each with the country."""
        for language in {language for person, _ in people for language in person.languages}:
            self._table.add(f"level_{language}", np.uint8)
        self._table.put(rows, [self._values(person, country) for person, country in people])

    def drop(self, row: int) -> None:
        """Nobody is here any more."""
        self._table.drop(row)

    def _values(self, person: Person, country: str) -> dict[str, Any]:
        highest = person.hours_goal or person.hours_now
        return {
            "here": True,
            "country": self._countries.of(country),
            "place": self._places.of(person.place),
            "travel": np.inf if person.travel_km is None else person.travel_km,
            "highest": NO_LIMIT if highest is None else highest,
            "now": NOT_BELOW if person.hours_now is None else person.hours_now,
            "times": self._times.bits(person.times) or ANY,
            "kinds": self._kinds.bits(person.kinds) or ANY,
            "licences": self._licences.bits(person.entitled),
            "available": day(person.available_from, FIRST_DAY),
            **{f"level_{language}": LEVELS.index(level) for language, level in person.languages.items()},
            **self._codes.of_person(person),
        }

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
            passing &= held[f"level_{job.language}"] >= LEVELS.index(job.level)
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
