"""What is counted: the rank of the first right answer, and how sure its means are."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

SHOWN = 10
RESAMPLES, SEED, SIDES = 1000, 20, (2.5, 97.5)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over queries, and the 95 % interval of 1,000 resamples of them with a fixed seed."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Result:
    """One system on one set: found first, found among ten, and one over the rank (nothing where it was not found)."""

    name: str
    queries: int
    first: Mean
    ten: Mean
    mrr: Mean

    @classmethod
    def of(cls, name: str, ranks: Sequence[int]) -> Self:
        """`ranks` start at 1; 0 says that the right answer was not found."""
        place = np.array(ranks, np.float64)
        found = place > 0
        inverse = np.divide(1, place, out=np.zeros_like(place), where=found)
        return cls(name, len(place), *means(np.stack([found & (place <= 1), found & (place <= SHOWN), inverse])))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def means(measured: Numbers) -> list[Mean]:
    """One mean per line of `measured` (measures, queries); all lines are resampled together."""
    count = measured.shape[1]
    if not count:
        return [Mean(0.0, 0.0, 0.0) for _ in measured]
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    resampled = drawn @ measured.T / count
    low, high = np.percentile(resampled, SIDES, axis=0)
    return [Mean(*map(float, three)) for three in zip(measured.mean(axis=1), low, high, strict=True)]


def table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """Aligned columns of text; the first is set to the left."""
    cells = [[str(cell) for cell in line] for line in [heads, *lines]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]).rstrip()
        for line in cells
    )
