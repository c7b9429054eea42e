"""Columns of numbers by row, that grow; names and places as numbers, sets of names as bits. Plain NumPy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

WORD = 64  # bits in one number
ANY = 0xFFFF  # every time of day, every kind
NOT_BELOW, NO_LIMIT = np.iinfo(np.int16).min, np.iinfo(np.int16).max
FIRST_DAY, LAST_DAY = 0, date.max.toordinal()

Where = tuple[float, float] | None
Bools = NDArray[np.bool_]
Rows = NDArray[np.intp]


class Names:
    """A number for each name that was met, in the order of meeting."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._number = {name: i for i, name in enumerate(names)}

    def of(self, name: str) -> int:
        return self._number.setdefault(name, len(self._number))

    @property
    def count(self) -> int:
        return len(self._number)

    def bits(self, names: Iterable[str]) -> int:
        return sum(1 << self.of(name) for name in set(names))


class Places:
    """A number for each pair of coordinates; 0 is "not known"."""

    def __init__(self) -> None:
        self._number: dict[Where, int] = {None: 0}
        self._where = [(np.nan, np.nan)]

    def of(self, where: Where) -> int:
        if where is not None and where not in self._number:
            self._number[where] = len(self._where)
            self._where.append(where)
        return self._number[where]

    def of_all(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Rows:
        """The same for many at once, not a number where it is not known; shape (len(lat),)."""
        unknown = np.isnan(lat).tolist()
        where = zip(lat.tolist(), lon.tolist(), unknown, strict=True)
        return np.array([self.of(None if not_told else (one, other)) for one, other, not_told in where], np.intp)

    @property
    def coordinates(self) -> NDArray[np.float64]:
        """Shape (places, 2); not a number where it is not known."""
        return np.array(self._where)


class Table:
    """`columns` names each column with its type. A row that nobody has put, or that was dropped, holds zeros."""

    def __init__(self, columns: Mapping[str, DTypeLike]) -> None:
        self.room = 0
        self._held: dict[str, NDArray[Any]] = {name: np.zeros(0, kind) for name, kind in columns.items()}

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._held[name]

    def add(self, name: str, kind: DTypeLike) -> None:
        """One more column, if it is not there yet."""
        if name not in self._held:
            self._held[name] = np.zeros(self.room, kind)

    def put(self, rows: Sequence[int], values: Sequence[Mapping[str, Any]]) -> None:
        """Write whole rows; a column that is not named becomes zero. A table grows by half, so that growing costs little."""
        self._reserve(max(rows, default=-1) + 1)
        for name, held in self._held.items():
            held[list(rows)] = [one.get(name, 0) for one in values]

    def write(self, rows: Rows, values: Mapping[str, NDArray[Any]]) -> None:
        """The same with a column of values (rows,) for each name."""
        self._reserve(int(rows.max(initial=-1)) + 1)
        for name, held in self._held.items():
            held[rows] = values.get(name, 0)

    def drop(self, row: int) -> None:
        self.put([row], [{}])

    def _reserve(self, rows: int) -> None:
        if rows > self.room:
            self.room = max(rows, self.room * 3 // 2)
            self._held = {name: _grown(held, self.room) for name, held in self._held.items()}

    @property
    def nbytes(self) -> int:
        return sum(held.nbytes for held in self._held.values())


def _grown(held: NDArray[Any], room: int) -> NDArray[Any]:
    more = np.zeros(room, held.dtype)
    more[: len(held)] = held
    return more


def words(bits: int, count: int) -> list[int]:
    """A number of any size as `count` numbers of 64 bits, the lowest first."""
    return [bits >> (WORD * i) & ((1 << WORD) - 1) for i in range(count)]


def day(given: date | None, unknown: int) -> int:
    return given.toordinal() if given else unknown
