"""The columns of all entries in this process's memory: every filter, every order and every count is a few operations on whole columns.

100,000 postings take about 12 MB. The words stay in the database.
"""

import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from employers.models import Kind
from search.documents import EVIDENCE
from search.models import PostingEntry, Turn
from taxonomy.models import Need

Mask = NDArray[np.bool_]
KINDS = tuple(Kind.values)
TIMES = ("day", "evening", "night", "weekend")
ROW = np.dtype(
    [
        *(("pk", "i8"), ("id", "u8", (2,)), ("kind", "i1"), ("field", "i1"), ("lat", "f8"), ("lon", "f8")),
        *(("hours_min", "i2"), ("hours_max", "i2"), ("times", "i1"), ("starts", "i4"), ("level", "i1"), ("licence", "i1")),
        *(("anyone", "?"), ("offers", "u8", (len(EVIDENCE),)), ("published", "i8")),
    ]
)
READ = ("pk", "posting_id", "kind", "field", "latitude", "longitude", "hours_min", "hours_max", "times", "starts_on", "level", "licence")
READ_TOO = ("for_anyone", "offers", "published_at", "gone")
NO_LIMIT = 32_000
HALF = 1 << 64
AT_ONCE = 2000
NO_OFFERS = (0,) * len(EVIDENCE)
Masks = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Held:
    """Everything as it was at one turn; nothing of it is ever written over. `rows` is sorted by pk; `order` holds places in it, newest
    first; `codes` names the bit of each offer."""

    turn: int
    codes: dict[str, int]
    rows: NDArray[Any]
    order: NDArray[np.intp]

    def ids(self, places: NDArray[np.intp]) -> tuple[uuid.UUID, ...]:
        return tuple(uuid.UUID(int=int(high) * HALF + int(low)) for high, low in self.rows["id"][places])

    def holding(self, pks: Iterable[int]) -> Mask:
        """Which rows have one of these keys."""
        return np.isin(self.rows["pk"], np.fromiter(pks, np.int64), kind="sort")


NOTHING = Held(-1, {}, np.zeros(0, ROW), np.zeros(0, np.intp))


class Columns:
    """One instance a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = NOTHING

    def forget(self) -> None:
        self._held = NOTHING

    def current(self) -> Held:
        """Everything up to the last turn. Who asks keeps what was given, whatever other threads read meanwhile."""
        held = self._held
        if held.turn == _last_turn():
            return held
        with self._lock:
            held, turn = self._held, _last_turn()  # asked once more: while this thread waited, another may have read further
            if held.turn != turn:
                codes = {code: bit for bit, code in enumerate(Need.objects.order_by("code").values_list("code", flat=True))}
                if turn < held.turn or held.turn < 0 or codes != held.codes:  # nothing yet, a backup came back, another catalogue
                    held = _read(NOTHING, PostingEntry.objects.filter(gone=False), turn, codes)
                else:
                    held = _read(held, PostingEntry.objects.filter(changed__gt=held.turn), turn, codes)
                self._held = held
        return held


def _last_turn() -> int:
    return Turn.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def _read(held: Held, entries: Any, turn: int, codes: dict[str, int]) -> Held:
    """Rows that are gone go, the others come or stand in the place of what was."""
    changed, fresh, masks = [], [], _masks(codes)
    told = entries.values_list(*READ, *READ_TOO).iterator(chunk_size=AT_ONCE)
    while read := list(islice(told, AT_ONCE)):  # in pieces: a hundred thousand rows at once keep the collector of garbage busy
        changed.append(np.array([one[0] for one in read], np.int64))
        fresh.append(np.array([_row(masks, *one[:-1]) for one in read if not one[-1]], ROW))
    if not changed:
        return replace(held, turn=turn, codes=codes)
    rows = np.concatenate([held.rows[~np.isin(held.rows["pk"], np.concatenate(changed))], *fresh])
    rows = rows[np.argsort(rows["pk"])]
    return Held(turn, codes, rows, np.lexsort((rows["id"][:, 1], rows["id"][:, 0], rows["published"]))[::-1])


def _row(masks: Masks, *one: Any) -> tuple[Any, ...]:
    pk, posting, kind, field, lat, lon, least, most, times, starts, level, licence, anyone, offers, published = one
    return (
        *(pk, divmod(posting.int, HALF), KINDS.index(kind) if kind in KINDS else -1, int(field or -1)),
        *(np.nan if lat is None else lat, np.nan if lon is None else lon),
        *(least or 0, NO_LIMIT if most is None else most, _times(times)),
        *(starts.toordinal() if starts else 0, level, licence, anyone, _bits(masks, offers)),
        round(published.timestamp() * 1e6),
    )


@lru_cache(maxsize=1024)  # there are few, and a hundred thousand rows
def _times(told: str) -> int:
    return sum(1 << TIMES.index(time) for time in told.split() if time in TIMES)


def _masks(codes: dict[str, int]) -> Masks:
    """For each offer as an entry tells it, its bit for every level of evidence that it reaches."""
    levels = {evidence: level for level, evidence in enumerate(EVIDENCE)}
    return {
        f"{code}:{evidence}": tuple(1 << bit if level <= reached else 0 for level in levels.values())
        for code, bit in codes.items()
        for evidence, reached in levels.items()
    }


def _bits(masks: Masks, offers: str) -> tuple[int, ...]:
    """For each level of evidence the offers that are at least so sure, one bit for each code of the catalogue."""
    found = [mask for one in offers.split() if (mask := masks.get(one))]
    return tuple(map(sum, zip(*found, strict=True))) if found else NO_OFFERS
