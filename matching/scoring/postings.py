"""Every open posting, against one person: the same numbers as `people`, from the other side. Plain NumPy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from matching.scoring import needs
from matching.scoring.parts import FIT, LEAST_FIT, LEVELS, NEAR_OCCUPATION, NEEDS, OCCUPATION, SIMILAR, UNKNOWN, Job, Person, distances_km
from matching.scoring.picking import Best, best_of
from matching.scoring.space import Space
from matching.scoring.table import ANY, LAST_DAY, NO_LIMIT, NOT_BELOW, Bools, Names, Places, Rows, Table, day

Floats = NDArray[np.float32]
COLUMNS: dict[str, DTypeLike] = {
    "here": bool,
    "country": np.uint8,
    "place": np.int32,
    "least": np.int16,
    "most": np.int16,
    "times": np.uint16,
    "kind": np.uint16,
    "licences": np.uint64,
    "ends": np.int32,
    "language": np.int16,
    "level": np.uint8,
    "occupation": np.int32,  # the concept's number + 1; 0: none
}


@dataclass(frozen=True)
class Wanted:
    """The skills of all postings, one after the other, by ascending row."""

    rows: Rows  # which posting
    concepts: Rows
    weights: Floats
    total: Floats  # (room,) of each posting


class Postings:
    """A posting is a row: a small number that stays its own. `codes` are those of the needs catalogue."""

    def __init__(self, space: Space, codes: Sequence[str]) -> None:
        self._space = space
        self._codes = needs.Codes(codes)
        self._countries, self._licences, self._times, self._kinds, self._languages = Names(), Names(), Names(), Names(), Names()
        self._places = Places()
        self._table = Table(COLUMNS | self._codes.names("met", "can", "not_met"))
        self._skills: dict[int, tuple[Rows, Floats]] = {}
        self._wanted: Wanted | None = None

    def load(self, every: Iterable[tuple[int, Job, str]]) -> None:
        """(row, posting, country of the employer) of every open one."""
        given = list(every)
        self._table.put([row for row, _, _ in given], [self._values(job, country) for _, job, country in given])
        for row, job, _ in given:
            self._hold(row, job)

    def put(self, row: int, job: Job, country: str) -> None:
        """A posting is new or has changed."""
        self.load([(row, job, country)])

    def drop(self, row: int) -> None:
        """A posting is not to be found any more."""
        self._table.drop(row)
        self._skills.pop(row, None)
        self._wanted = None

    def _hold(self, row: int, job: Job) -> None:
        weight = self._space.weight(job.wanted) * job.importance
        self._skills[row] = self._space.numbers(job.wanted), weight
        self._wanted = None

    def _values(self, job: Job, country: str) -> dict[str, Any]:
        least, most = job.hours
        return {
            "here": True,
            "country": self._countries.of(country),
            "place": self._places.of(job.place),
            "least": NOT_BELOW if least is None else least,
            "most": NO_LIMIT if most is None else most,
            "times": self._times.bits(job.times) or ANY,
            "kind": self._kinds.bits([job.kind]),
            "licences": self._licences.bits(job.licences),
            "ends": day(job.ends_on, LAST_DAY),
            "language": self._languages.of(job.language),
            "level": LEVELS.index(job.level),
            "occupation": self._space.number(job.occupation) + 1 if job.occupation else 0,
            **self._codes.of_job(job),
        }

    def against(self, person: Person, country: str, *, most: int, seed: int) -> Best:
        """Every posting in the country, scored for one person: the `most` best that fit and that "would fit if"."""
        held = self._table
        here = held["here"] & (held["country"] == self._countries.of(country))
        occupation = self._near_occupation(sorted(person.wishes))
        unwished = self._near_occupation(sorted(person.not_again)) >= SIMILAR
        fit = self._fit(person, occupation)
        own = {name: np.uint64(bits) for name, bits in self._codes.of_person(person).items()}
        eligible = here & self._passes(person) & ~needs.conflicts(self._codes, own, held, held.room) & ~unwished
        order = FIT * fit + OCCUPATION * occupation + NEEDS * needs.weakest(self._codes, own, held, held.room)
        worth = here & ((fit >= LEAST_FIT) | (occupation >= NEAR_OCCUPATION))
        fits, would = np.flatnonzero(worth & eligible), np.flatnonzero(worth & ~eligible)
        return Best(
            fitting=best_of(fits, order[fits], most, seed),
            would_fit=best_of(would, order[would], most, seed),
            scored=int(np.count_nonzero(here)),
            eligible=eligible,
        )

    def _near_occupation(self, keys: Sequence[str]) -> Floats:
        """How near each posting's work is to the nearest of these occupations; 0 where it names none."""
        cosines = np.concatenate([np.zeros(1, np.float32), self._space.cosines(keys)])
        found: Floats = cosines[self._table["occupation"]]
        return found

    def _passes(self, person: Person) -> Bools:
        """Which postings have no hard condition that the person fails; the same rules as `parts.conditions`."""
        held = self._table
        passing: Bools = (held["licences"] & ~np.uint64(self._licences.bits(person.entitled))) == 0
        passing &= self._understood(person)
        highest = person.hours_goal or person.hours_now
        if highest is not None:
            passing &= held["least"] <= highest
        if person.hours_now is not None:
            passing &= held["most"] >= person.hours_now
        if person.available_from:
            passing &= held["ends"] >= person.available_from.toordinal()
        return passing & self._wished(person) & self._in_reach(person)

    def _understood(self, person: Person) -> Bools:
        """Which ask for no more of their language than the person knows; all of them where no language is told."""
        if not person.languages:
            return np.ones(self._table.room, bool)
        known = {self._languages.of(language): LEVELS.index(level) for language, level in person.languages.items()}
        levels = np.zeros(self._languages.count, np.uint8)
        levels[list(known)] = list(known.values())
        found: Bools = levels[self._table["language"]] >= self._table["level"]
        return found

    def _wished(self, person: Person) -> Bools:
        """At a time of day and of a kind that the person wants."""
        held, found = self._table, np.ones(self._table.room, bool)
        if person.times:
            found &= (held["times"] & np.uint16(self._times.bits(person.times))) != 0
        if person.kinds:
            found &= (held["kind"] & np.uint16(self._kinds.bits(person.kinds))) != 0
        return found

    def _in_reach(self, person: Person) -> Bools:
        if person.place is None or person.travel_km is None:
            return np.ones(self._table.room, bool)
        far = np.nan_to_num(distances_km(self._places.coordinates, person.place))
        near: Bools = far[self._table["place"]] <= person.travel_km
        return near

    def _fit(self, person: Person, occupation: Floats) -> Floats:
        """The harmonic mean of both sides for every row; a posting that asks for no skill as in `parts._skills`."""
        held = self._compiled()
        asks = held.total > 0
        employer, side = np.ones(len(asks), np.float32), np.full(len(asks), UNKNOWN, np.float32)
        if person.wishes:
            side = np.where(self._table["occupation"] > 0, occupation, side)
        employer[asks] = side[asks] = 0
        if person.skills:
            self._both_sides(held, sorted(person.skills), employer, side)
        both = employer + side
        fit: Floats = np.divide(2 * employer * side, both, out=np.zeros_like(both), where=both > 0)
        return fit

    def _both_sides(self, wanted: Wanted, skills: Sequence[str], employer: Floats, side: Floats) -> None:
        """Written into both for the postings that ask for anything near; few do, and only their skills are looked at."""
        near = self._space.near_all(skills)
        best, own = near.max(axis=0), self._space.weight(skills)
        places = np.flatnonzero(best[wanted.concepts] > 0)
        if not len(places):
            return
        rows, concepts = wanted.rows[places], wanted.concepts[places]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        touched = rows[first]
        employer[touched] = np.add.reduceat(best[concepts] * wanted.weights[places], first) / wanted.total[touched]
        side[touched] = own @ np.maximum.reduceat(near[:, concepts], first, axis=1) / own.sum()

    def _compiled(self) -> Wanted:
        """All wanted skills in one piece, put together again when a posting has changed."""
        if self._wanted is None:
            held = sorted(self._skills.items())
            rows = np.repeat(np.array([row for row, _ in held], np.intp), [len(concepts) for _, (concepts, _) in held])
            concepts = np.concatenate([np.zeros(0, np.intp), *(one for _, (one, _) in held)])
            weights = np.concatenate([np.zeros(0, np.float32), *(one for _, (_, one) in held)]).astype(np.float32)
            self._wanted = Wanted(rows, concepts, weights, np.bincount(rows, weights, self._table.room).astype(np.float32))
        return self._wanted
