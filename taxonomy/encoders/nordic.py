"""The Nordic encoder: a learned vector for every hashed n-gram, summed and normalised. NumPy and one file, nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders.base import Vectors, unit_rows
from taxonomy.encoders.ngrams import Numbers, own_rows, plain_of, rows_of, said_of, word_scales
from taxonomy.encoders.weights import read

TEXTS_AT_ONCE = 4096
ROWS_AT_ONCE = 1 << 10  # about a megabyte of floats while they are summed: it stays in the cache


class Table(Protocol):
    """Where the vectors of the rows come from: the weights file, or a training that has not been written yet."""

    @property
    def rows(self) -> int: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def word_weights(self) -> Vectors | NDArray[np.float16]:
        """What the word of each row counts, shape (rows,)."""

    def sums(self, rows: Numbers) -> Vectors:
        """The vectors of each line of `rows` (n, count) added up: shape (n, dimensions)."""


@dataclass(frozen=True, slots=True)
class FloatTable:
    """A trained table (rows, dimensions) before it is quantised, and what the words of its rows count."""

    table: Vectors
    word_weights: Vectors

    @property
    def rows(self) -> int:
        return len(self.table)

    @property
    def dimensions(self) -> int:
        return int(self.table.shape[1])

    def sums(self, rows: Numbers) -> Vectors:
        added: Vectors = self.table[rows].sum(axis=1)
        return added


class NordicEncoder:
    """Because n-grams never cross a space, a text is the sum of its words: each word of a batch is computed once.

    `learning`: the table is in training, where every word counts alike.
    """

    def __init__(self, name: str, table: Table, *, learning: bool = False) -> None:
        self.name = name
        self._words = plain_of if learning else said_of
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
            self._fill(vectors[start:end], self._words(texts[start:end]))
        return vectors

    def _fill(self, vectors: Vectors, texts: list[list[tuple[str, int]]]) -> None:
        number = {said: i for i, said in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
        if not number:
            return
        words = [word for word, _ in number]
        flat, counts = rows_of(words, self._table.rows)
        told = self._table.word_weights[own_rows(words, flat, counts)].astype(np.float32) / [times for _, times in number]
        found = self._added(self._table.sums, flat, counts) * word_scales(counts) * told.astype(np.float32)[:, None]
        readable = [i for i, text in enumerate(texts) if text]
        wanted = np.fromiter(map(number.__getitem__, chain.from_iterable(texts)), np.intp)
        lengths = np.array([len(texts[i]) for i in readable], np.intp)
        vectors[readable] = unit_rows(self._added(lambda lines: found[lines].sum(axis=1), wanted, lengths))

    def _added(self, sums: Callable[[Numbers], Vectors], flat: Numbers, counts: Numbers) -> Vectors:
        """`flat` holds runs of numbers, `counts` their lengths: each run's sum, shape (len(counts), dimensions).

        Runs of one length are summed together, a cacheful at a time.
        """
        added = np.empty((len(counts), self.dimensions), np.float32)
        starts = np.cumsum(counts) - counts
        for count in np.unique(counts).tolist():
            runs = np.flatnonzero(counts == count)
            step = max(1, ROWS_AT_ONCE // count)
            for first in range(0, len(runs), step):
                part = runs[first : first + step]
                added[part] = sums(flat[starts[part][:, None] + np.arange(count)])
        return added
