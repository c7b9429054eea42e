"""The lists in this process's memory: a copy of the database, kept current by turns, built anew for another vocabulary."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from matching.index import build
from matching.index.base import Near
from matching.index.lasting import lasting
from matching.index.world import World
from matching.models import Turn
from matching.scoring import Job, People, Person, Postings

Side = TypeVar("Side", bound=People | Postings)


class Copy(Generic[Side]):
    """Lists of one side. `empty` makes them for a world, `fill` reads everything into them, `bring` what has changed since a turn; it
    answers no where so many have changed that filling is faster."""

    def __init__(self, empty: Callable[[World], Side], fill: Callable[[Side], None], bring: Callable[[Side, int], bool]) -> None:
        self._empty = empty
        self._fill = fill
        self._bring = bring
        self.forget()

    def forget(self) -> None:
        """Build anew at the next run."""
        self._lists: Side | None = None
        self._version: tuple[str, ...] = ()
        self._turn = 0

    def current(self, world: World) -> Side:
        """The lists with everything up to the last turn."""
        turn = _turn()
        held = self._lists if self._version == world.version and self._turn <= turn else None  # a smaller turn: a backup came back
        if held is None or (self._turn < turn and not self._bring(held, self._turn)):
            with lasting():
                held = self._empty(world)
                self._fill(held)
        self._lists, self._version, self._turn = held, world.version, turn
        return held


class Lists:
    """One instance a process. One thread at a time reads or writes; the others wait."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._people = Copy(lambda world: People(world.space, world.codes), build.fill_people, build.bring_people)
        self._postings = Copy(lambda world: Postings(world.space, world.codes), build.fill_postings, build.bring_postings)

    def people_for(self, job: Job, country: str, world: World, *, most: int, seed: int) -> Near:
        """Everyone in the country, scored for a posting."""
        with self._lock:
            return Near.of(self._people.current(world).against(job, country, most=most, seed=seed))

    def postings_for(self, person: Person, country: str, world: World, *, most: int, seed: int) -> Near:
        """Every open posting in the country, scored for a person."""
        with self._lock:
            return Near.of(self._postings.current(world).against(person, country, most=most, seed=seed))

    def forget(self) -> None:
        """Build anew at the next run."""
        with self._lock:
            self._people.forget()
            self._postings.forget()


def _turn() -> int:
    """Read before the rows: what changes in between is read again the next time."""
    return Turn.objects.filter(pk=1).values_list("number", flat=True).first() or 0
