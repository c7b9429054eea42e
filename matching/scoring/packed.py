"""A person as bytes: what the lists of everyone read, and how many such are read at once. Plain Python and NumPy.

Concepts stand as prints, eight bytes that say which key it is, whatever the vocabulary. Source of the idea: decisions/lists.md.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.scoring.parts import Person
from matching.scoring.prints import PRINT, Prints, print_of
from matching.scoring.table import FIRST_DAY, NO_LIMIT, NOT_BELOW, Rows, day

FORM = 1  # of the bytes below; written beside them, so that others are made anew
PADDED = 64  # lengths come in steps
COUNTS = ("skills", "wishes", "refused", "told", "needs")
HOURS = ("highest", "now", "available")
_NAMES = [("lat", "<f8"), ("lon", "<f8"), ("travel", "<f4"), *((one, "<i4") for one in HOURS), *((one, "<u4") for one in COUNTS)]
HEAD = np.dtype(_NAMES)
_HEAD = struct.Struct("<ddf3i5I")
KINDS = COUNTS[:3]


def pack(person: Person, country: str) -> bytes:
    """Everything that is read of a person, in a length that is a multiple of PADDED."""
    highest = person.hours_goal or person.hours_now
    told = [country, sorted(person.times), sorted(person.kinds), sorted(person.licences), dict(sorted(person.languages.items()))]
    needs = [sorted(need.code for need in person.needs if need.must is must) for must in (True, False)]
    texts = [json.dumps(text, separators=(",", ":")).encode() for text in (told, needs)]
    concepts = [sorted(person.skills), sorted(person.wishes), sorted(person.not_again)]
    head = _HEAD.pack(
        *(person.place or (np.nan, np.nan)),
        np.inf if person.travel_km is None else person.travel_km,
        NO_LIMIT if highest is None else highest,
        NOT_BELOW if person.hours_now is None else person.hours_now,
        day(person.available_from, FIRST_DAY),
        *map(len, (*concepts, *texts)),
    )
    whole = head + b"".join(print_of(key) for keys in concepts for key in keys) + b"".join(texts)
    return whole + b"\0" * (-len(whole) % PADDED)


@dataclass(frozen=True)
class Packed:
    """Many people, read at once. `heads` (n,) of HEAD; `told` and `needs`: each one's JSON as bytes, see `pack`; of each kind of concept
    `held` has the places among these people, ascending, and the prints."""

    rows: Rows
    heads: NDArray[np.void]
    held: dict[str, tuple[Rows, Prints]]
    told: Sequence[bytes]
    needs: Sequence[bytes]

    @classmethod
    def read(cls, rows: Sequence[int], documents: Sequence[bytes]) -> "Packed":
        """`documents`: as `pack` made them, each for its row."""
        heads = np.frombuffer(b"".join([one[: HEAD.itemsize] for one in documents]), HEAD)
        counts = np.stack([heads[kind] for kind in KINDS], axis=1).astype(np.intp)
        ends = HEAD.itemsize + PRINT * counts.sum(axis=1)
        texts = np.stack([ends, ends + heads["told"], ends + heads["told"] + heads["needs"]], axis=1).astype(np.intp).tolist()
        prints = np.frombuffer(b"".join([one[HEAD.itemsize : end[0]] for one, end in zip(documents, texts, strict=True)]), "<u8")
        kinds = np.repeat(np.tile(np.arange(len(KINDS)), len(documents)), counts.ravel())
        places = np.repeat(np.arange(len(documents)), counts.sum(axis=1))
        return cls(
            rows=np.array(rows, np.intp),
            heads=heads,
            held={name: (places[kinds == kind], prints[kinds == kind]) for kind, name in enumerate(KINDS)},
            told=[one[end[0] : end[1]] for one, end in zip(documents, texts, strict=True)],
            needs=[one[end[1] : end[2]] for one, end in zip(documents, texts, strict=True)],
        )

    @classmethod
    def of(cls, people: Sequence[tuple[int, Person, str]]) -> "Packed":
        """(row, person, country) of each."""
        return cls.read([row for row, _, _ in people], [pack(person, country) for _, person, country in people])

    def each(self, kind: str) -> list[Prints]:
        """Every person's own prints of a kind."""
        places, prints = self.held[kind]
        starts = np.searchsorted(places, np.arange(len(self.rows) + 1)).tolist()
        return [prints[start:end] for start, end in pairwise(starts)]
