"""What every index of people promises, what it answers, and the one error that it raises when it can't."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.index.world import World
from matching.scoring import Best, Job, Person


class IndexUnavailable(Exception):
    """Elasticsearch does not answer, or not as it should. Nothing is lost: what asked for it is tried again."""


@dataclass(frozen=True)
class Near:
    """What one side found on the other: rows of the lists, those that fit first, each part best first and a few more than `most`.

    `members`: who was eligible, as zlib of bits by row, lowest row first.
    """

    rows: tuple[int, ...]
    scored: int
    eligible: int
    members: bytes

    @classmethod
    def of(cls, best: Best) -> "Near":
        rows = (*best.fitting.tolist(), *best.would_fit.tolist())
        packed = np.packbits(best.eligible, bitorder="little").tobytes().rstrip(b"\0")
        return cls(rows, best.scored, int(np.count_nonzero(best.eligible)), zlib.compress(packed, 1))


class Index(Protocol):
    """Who is near whom; both ways the best `most` and a few more, scored with all conditions and needs. Raises IndexUnavailable."""

    def people_for(self, job: Job, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def postings_for(self, person: Person, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def forget(self) -> None: ...


def members_of(members: bytes) -> Sequence[int]:
    """The rows whose bits are set in `Near.members`."""
    bits = np.unpackbits(np.frombuffer(zlib.decompress(members), np.uint8), bitorder="little") if members else np.zeros(0)
    found: list[int] = np.flatnonzero(bits).tolist()
    return found
