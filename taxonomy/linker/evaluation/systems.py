"""What is compared: encoders with their own ranking rule, and the plain ways that they have to beat."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from taxonomy.encoders import Encoder, NordicEncoder, SentenceTransformerEncoder, Vectors
from taxonomy.encoders.transformer import MINILM, installed

WEIGHTS = Path(__file__).resolve().parent.parent.parent / "weights" / "nordic.bin"


@dataclass(frozen=True, slots=True)
class Scored:
    """What one system says: one score per query and concept, and one per query and element of the corpus."""

    name: str
    concepts: Vectors
    elements: Vectors
    deepest: int | None = None  # the published lexical baselines look no deeper than this


def encoders(weights: Path = WEIGHTS) -> list[Encoder]:
    """The shipped encoder, and the packaged MiniLM where it is installed. Raises EncoderUnavailable for the first."""
    return [NordicEncoder.open(weights), *minilm()]


def minilm() -> Iterable[Encoder]:
    """Nothing where it is not installed. Raises EncoderUnavailable where its weights are not those that are pinned."""
    return [SentenceTransformerEncoder(MINILM)] if installed() else []


def best_of(scores: Vectors, concept: np.typing.NDArray[np.intp], concepts: int) -> Vectors:
    """The best element of each concept, shape (queries, concepts)."""
    order = np.argsort(concept, kind="stable")
    starts = np.searchsorted(concept[order], np.arange(concepts))
    best: Vectors = np.maximum.reduceat(scores[:, order], starts, axis=1)
    return best
