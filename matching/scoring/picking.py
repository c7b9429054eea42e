"""The best of many, and what decides between equals: chance, drawn once per run, never the age or the number of a record."""

import uuid
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDED = 5  # decimals of a score: what differs less is equal
SLACK = 14  # picked beyond what is wanted: sums of many numbers may differ in the last place from the exact ones
# The finaliser of splitmix64 (Steele, Lea, Flood 2014): every bit of the input decides over every bit of the output.
_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Best:
    """What one side found on the other: rows in order, those that fit and those that "would fit if".

    `scored`: how many there were; `eligible`: whether each row failed nothing, shape (rows,) of bool.
    """

    fitting: Rows
    would_fit: Rows
    scored: int
    eligible: NDArray[np.bool_]


def mixed(rows: NDArray[np.integer], seed: int) -> NDArray[np.uint64]:
    """A number for each row that looks like chance and is the same for the same seed."""
    with np.errstate(over="ignore"):
        z = rows.astype(np.uint64) + np.uint64(seed & 0xFFFFFFFFFFFFFFFF) * _STEP + _STEP
        z = (z ^ (z >> np.uint64(30))) * _FIRST
        z = (z ^ (z >> np.uint64(27))) * _SECOND
        found: NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return found


def tie_of(row: int, seed: int) -> uuid.UUID:
    """`mixed` as the key that is stored beside a suggestion: they sort alike."""
    return uuid.UUID(int=int(mixed(np.array([row]), seed)[0]) << 64)


def best_of(rows: Rows, order: NDArray[np.float32], most: int, seed: int) -> Rows:
    """The `most` + SLACK rows with the largest order (len(rows),), best first; equals by chance."""
    wanted = most + SLACK
    rounded = np.round(order, ROUNDED)
    if len(rows) > wanted:
        least = -np.partition(-rounded, wanted - 1)[wanted - 1]
        rows, rounded = rows[rounded >= least], rounded[rounded >= least]
    return rows[np.lexsort((mixed(rows, seed), -rounded))][:wanted]
