"""What every encoder promises, and the one error that all of them raise when they can't serve."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class EncoderUnavailable(Exception):
    """The weights are missing, damaged, of another version or not the ones asked for. The text says which, and what to do."""


class Encoder(Protocol):
    """Texts in any language to vectors whose dot product says how near they are."""

    @property
    def name(self) -> str:
        """Names the exact weights: vectors stored under one name never mix with those of another."""

    @property
    def dimensions(self) -> int:
        """The length of every vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimensions), length 1; a text with nothing readable in it gives zeros.

        A text's row does not depend on what else is in the batch.
        """


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows of length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit
