"""What every index of people promises, what it answers, and the one error that it raises when it can't."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.index.world import World
from matching.scoring import Best, Job, Person


class IndexUnavailable(Exception):
    """Elasticsearch does not answer, or not as it should. Nothing is lost: what asked for it is tried again."""


@dataclass(frozen=True)
class Near:
    """What one side found on the other: rows of the lists, those that fit first, each part best first and a few more than `most`.

    `members`: who was eligible, as zlib of bits by row, lowest row first. `said`: the same as the index itself says it, which rests
    on the people's documents alone; it goes into the hash of a run's inputs.
    """

    rows: tuple[int, ...]
    scored: int
    eligible: int
    members: bytes
    said: bytes

    @classmethod
    def of(cls, best: Best) -> "Near":
        rows, members = (*best.fitting.tolist(), *best.would_fit.tolist()), packed(best.eligible)
        return cls(rows, best.scored, int(np.count_nonzero(best.eligible)), members, members)


class Index(Protocol):
    """Who is near whom; both ways the best `most` and a few more, scored with all conditions and needs. Raises IndexUnavailable."""

    def people_for(self, job: Job, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def postings_for(self, person: Person, country: str, world: World, *, most: int, seed: int) -> Near: ...

    def forget(self) -> None: ...


def packed(eligible: NDArray[np.bool_]) -> bytes:
    """What `Near.members` holds, of one truth value by row."""
    return zlib.compress(np.packbits(eligible, bitorder="little").tobytes().rstrip(b"\0"), 1)


def members_of(members: bytes) -> Sequence[int]:
    """The rows whose bits are set in `Near.members`."""
    bits = np.unpackbits(np.frombuffer(zlib.decompress(members), np.uint8), bitorder="little") if members else np.zeros(0)
    found: list[int] = np.flatnonzero(bits).tolist()
    return found
