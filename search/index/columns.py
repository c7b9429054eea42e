"""The columns of all entries in this process's memory: every filter, every order and every count is a few operations on whole columns.

100,000 postings take about 12 MB. The words stay in the database.
"""

import threading
import uuid
from collections.abc import Iterable
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


class Columns:
    """One instance a process. `rows` is sorted by pk; `order` holds places in it, newest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.rows = np.zeros(0, ROW)
        self.order: NDArray[np.intp] = np.zeros(0, np.intp)
        self.codes: dict[str, int] = {}
        self._turn = -1

    def current(self) -> "Columns":
        """Itself, with everything up to the last turn."""
        turn = Turn.objects.filter(pk=1).values_list("number", flat=True).first() or 0
        with self._lock:
            if turn != self._turn:
                codes = {code: bit for bit, code in enumerate(Need.objects.order_by("code").values_list("code", flat=True))}
                if turn < self._turn or self._turn < 0 or codes != self.codes:  # nothing yet, a backup came back, another catalogue
                    self.forget()
                    self.codes = codes
                    self._read(PostingEntry.objects.filter(gone=False))
                else:
                    self._read(PostingEntry.objects.filter(changed__gt=self._turn))
            self._turn = turn
        return self

    def _read(self, entries: Any) -> None:
        """Rows that are gone go, the others come or are written over."""
        read = list(entries.values_list(*READ, *READ_TOO).iterator(chunk_size=5000))
        changed = np.array([one[0] for one in read], np.int64)
        fresh = np.array([self._row(*one[:-1]) for one in read if not one[-1]], ROW)
        rows = np.concatenate([self.rows[~np.isin(self.rows["pk"], changed)], fresh])
        self.rows = rows[np.argsort(rows["pk"])]
        ids = self.rows["id"]
        self.order = np.lexsort((ids[:, 1], ids[:, 0], self.rows["published"]))[::-1]

    def _row(self, *one: Any) -> tuple[Any, ...]:
        pk, posting, kind, field, lat, lon, least, most, times, starts, level, licence, anyone, offers, published = one
        return (
            *(pk, divmod(posting.int, HALF), KINDS.index(kind) if kind in KINDS else -1, int(field or -1)),
            *(np.nan if lat is None else lat, np.nan if lon is None else lon),
            *(least or 0, NO_LIMIT if most is None else most, sum(1 << TIMES.index(time) for time in times.split() if time in TIMES)),
            *(starts.toordinal() if starts else 0, level, licence, anyone, self._bits(offers)),
            round(published.timestamp() * 1e6),
        )

    def _bits(self, offers: str) -> tuple[int, ...]:
        """For each level of evidence the offers that are at least so sure, one bit for each code of the catalogue."""
        bits = [0] * len(EVIDENCE)
        for one in offers.split():
            code, _, evidence = one.partition(":")
            if code in self.codes:
                for level in range(EVIDENCE.index(evidence) + 1):
                    bits[level] |= 1 << self.codes[code]
        return tuple(bits)

    def ids(self, places: NDArray[np.intp]) -> tuple[uuid.UUID, ...]:
        return tuple(uuid.UUID(int=int(high) * HALF + int(low)) for high, low in self.rows["id"][places])

    def holding(self, pks: Iterable[int]) -> Mask:
        """Which rows have one of these keys."""
        return np.isin(self.rows["pk"], np.fromiter(pks, np.int64), kind="sort")
