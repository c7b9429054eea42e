"""Training of the Nordic encoder with torch: the only module that needs it. Imported by `manage.py train_encoder` alone.

Every n-gram row has a vector and a learned weight. A batch holds pairs of labels of one concept; each must find its partner
among all partners of the batch, both ways (multiple negatives ranking, temperature 0.05).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from taxonomy.encoders.base import Vectors
from taxonomy.encoders.corpus import Corpus, Pairs
from taxonomy.encoders.ngrams import rows_of, words

MOST_WEIGHT = 6.0  # of the logarithm


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of one training; matching.md measured what the defaults are worth."""

    seed: int = 0
    steps: int = 800
    rows: int = 1 << 17
    dimensions: int = 256
    batch: int = 1024
    rate: float = 4e-3
    temperature: float = 0.05


class Table(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """Sum of the vectors of all n-grams, each times its weight, normalised: (texts, dimensions)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.rows = plan.rows
        self.vectors = nn.EmbeddingBag(plan.rows, plan.dimensions, mode="sum", sparse=True)
        self.weights = nn.Embedding(plan.rows, 1, sparse=True)
        self.seen = np.zeros(plan.rows, bool)
        nn.init.normal_(self.vectors.weight, 0, plan.dimensions**-0.5)
        nn.init.zeros_(self.weights.weight)

    def forward(self, texts: Sequence[str]) -> Tensor:
        found = [_rows(text, self.rows) for text in texts]
        flat = np.concatenate(found)
        self.seen[flat] = True
        rows, starts = torch.from_numpy(flat), torch.tensor([0, *np.cumsum([len(one) for one in found])[:-1]])
        weights = torch.exp(self.weights(rows).squeeze(-1).clamp(-MOST_WEIGHT, MOST_WEIGHT))
        return functional.normalize(self.vectors(rows, starts, per_sample_weights=weights), dim=-1)

    def exported(self) -> Vectors:
        """One float32 row per n-gram with its weight in it. Rows that no label touched become zero: they know nothing."""
        with torch.inference_mode():
            weights = torch.exp(self.weights.weight.clamp(-MOST_WEIGHT, MOST_WEIGHT))
            table: Vectors = (self.vectors.weight * weights).numpy()
        return table * self.seen[:, None]


@lru_cache(maxsize=1 << 18)
def _rows(text: str, rows: int) -> NDArray[np.int64]:
    """A text without words gets row 0 alone, so that every text has a place in the batch."""
    return np.fromiter(chain.from_iterable(rows_of(word, rows) for word in words(text)), np.int64) if words(text) else np.zeros(1, np.int64)


def train(corpus: Corpus, plan: Plan, report: Callable[[int, float], None]) -> Vectors:
    """The trained table (rows, dimensions). The same corpus, plan and torch give the same numbers; one thread, for that."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    table, pairs = Table(plan), Pairs(corpus, plan.seed)
    optimiser = torch.optim.SparseAdam(list(table.parameters()), lr=plan.rate)
    for step in range(plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * max(0.02, 1 - step / plan.steps)
        left, right = pairs.batch(plan.batch)
        scores = table(left) @ table(right).T / plan.temperature
        answers = torch.arange(len(left))
        loss = (functional.cross_entropy(scores, answers) + functional.cross_entropy(scores.T, answers)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        report(step + 1, loss.item())
    return table.exported()
