"""The Nordic encoder: a learned vector for every hashed n-gram, summed and normalised. NumPy and one file, nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders.base import Vectors, unit_rows
from taxonomy.encoders.ngrams import rows_of, words
from taxonomy.encoders.weights import read

TEXTS_AT_ONCE = 4096
ROWS_AT_ONCE = 1 << 13  # 8 MB of floats while they are summed: the size of a cache

Numbers = NDArray[np.intp]


class Table(Protocol):
    """Where the vectors of the rows come from: the weights file, or a training that has not been written yet."""

    @property
    def rows(self) -> int: ...

    @property
    def dimensions(self) -> int: ...

    def vectors(self, rows: Numbers) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class FloatTable:
    """A trained table (rows, dimensions) before it is quantised."""

    table: Vectors

    @property
    def rows(self) -> int:
        return len(self.table)

    @property
    def dimensions(self) -> int:
        return int(self.table.shape[1])

    def vectors(self, rows: Numbers) -> Vectors:
        return self.table[rows]


class NordicEncoder:
    """Because n-grams never cross a space, a text is the sum of its words: each word of a batch is computed once."""

    def __init__(self, name: str, table: Table) -> None:
        self.name = name
        self.dimensions = table.dimensions
        self._table = table

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Read and check the weights file; raises EncoderUnavailable."""
        weights = read(Path(path))
        return cls(f"nordic-{weights.header.format}-{weights.sha256[:8]}", weights)

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            end = start + TEXTS_AT_ONCE
            self._fill(vectors[start:end], [words(text) for text in texts[start:end]])
        return vectors

    def _fill(self, vectors: Vectors, texts: list[list[str]]) -> None:
        number = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
        if not number:
            return
        table = self._words(list(number))
        readable = [i for i, text in enumerate(texts) if text]
        lengths = [len(texts[i]) for i in readable]
        wanted = np.fromiter((number[word] for i in readable for word in texts[i]), np.intp)
        vectors[readable] = unit_rows(_sums(table[wanted], lengths))

    def _words(self, found: list[str]) -> Vectors:
        """Not normalised: (len(found), dimensions)."""
        rows = [rows_of(word, self._table.rows) for word in found]
        return np.concatenate([self._part(part) for part in _parts(rows)])

    def _part(self, rows: list[tuple[int, ...]]) -> Vectors:
        return _sums(self._table.vectors(np.fromiter(chain.from_iterable(rows), np.intp)), [len(row) for row in rows])


def _sums(vectors: Vectors, lengths: list[int]) -> Vectors:
    """Sums of consecutive runs of rows; every length is at least 1."""
    starts: Numbers = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
    sums: Vectors = np.add.reduceat(vectors, starts, axis=0)
    return sums


def _parts(rows: list[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Words in groups of at most about ROWS_AT_ONCE rows, so that memory does not follow the size of the batch."""
    part: list[tuple[int, ...]] = []
    size = 0
    for row in rows:
        part.append(row)
        size += len(row)
        if size >= ROWS_AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part
