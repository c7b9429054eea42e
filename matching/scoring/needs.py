"""Needs and answers as bits: one bit a code, so that everyone's needs meet a posting's answers in a few steps. Plain NumPy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from matching.scoring.parts import ASK, CAN, MET, NOT_MET, RESULT, VALUE, Job, Person
from matching.scoring.table import WORD, Names, words

Bits = NDArray[np.uint64]
KINDS = ("must", "helps")
# What a result leaves of `Parts.needs`: a must counts whole, a wish by half. The largest first: the weakest need decides.
WORTHS = sorted(
    [(VALUE[result] if kind == "must" else (1 + VALUE[result]) / 2, kind, result) for kind in KINDS for result in (CAN, ASK, NOT_MET)],
    reverse=True,
)


class Codes:
    """Which bit stands for which code. There is room for a few codes beside those of the catalogue."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._names = Names(codes)
        self.words = len(codes) // WORD + 1

    def of_person(self, person: Person) -> dict[str, int]:
        """The columns must0, helps0, must1 ... of a person."""
        return self.of_needs([need.code for need in person.needs if need.must], [need.code for need in person.needs if not need.must])

    def of_needs(self, musts: Sequence[str], helps: Sequence[str]) -> dict[str, int]:
        return self._columns("must", self._names.bits(musts)) | self._columns("helps", self._names.bits(helps))

    def of_job(self, job: Job) -> dict[str, int]:
        """The columns met0, can0, not_met0 ... of a posting."""
        found: dict[str, int] = {}
        for result in (MET, CAN, NOT_MET):
            codes = (code for code, answer in job.offers.items() if RESULT.get(answer) == result)
            found |= self._columns(result, self._names.bits(codes))
        return found

    def _columns(self, name: str, bits: int) -> dict[str, int]:
        return {f"{name}{i}": word for i, word in enumerate(words(bits, self.words))}

    def names(self, *kinds: str) -> dict[str, DTypeLike]:
        """The columns that a table needs for these."""
        return {f"{kind}{i}": np.uint64 for kind in kinds for i in range(self.words)}


def conflicts(codes: Codes, needs: Any, offers: Any, rows: int) -> NDArray[np.bool_]:
    """Where a must meets a no. One of both sides holds columns (rows,), the other numbers."""
    found = np.zeros(rows, bool)
    for i in range(codes.words):
        found |= (needs[f"must{i}"] & offers[f"{NOT_MET}{i}"]) != 0
    return found


def weakest(codes: Codes, needs: Any, offers: Any, rows: int) -> NDArray[np.float32]:
    """`Parts.needs` for each row."""
    found = np.ones(rows, np.float32)
    for worth, kind, result in WORTHS:
        for i in range(codes.words):
            found[(needs[f"{kind}{i}"] & _answered(offers, result, i)) != 0] = worth
    return found


def _answered(offers: Any, result: str, word: int) -> Any:
    if result != ASK:
        return offers[f"{result}{word}"]
    return ~(offers[f"{MET}{word}"] | offers[f"{CAN}{word}"] | offers[f"{NOT_MET}{word}"])
