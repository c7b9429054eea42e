"""The Nordic encoder as a module of sentence-transformers: trained by that library, saved in its folder format, opened by it.

Imported by `taxonomy.encoders.training` and by the library itself when it opens such a folder: the default install has no torch.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers.base.modules.input_module import InputModule
from torch import Tensor, nn
from torch.nn import functional

from taxonomy.encoders.base import Vectors
from taxonomy.encoders.ngrams import Numbers, own_rows, plain_of, rows_of, said_of, word_scales

MOST_WEIGHT = 6.0  # of the logarithm
WEIGHTS = "model.safetensors"


class NgramTable(InputModule):  # type: ignore[misc]  # torch is not installed where types are checked
    """The vectors of a text's n-grams, each times its weight, added and normalised: (texts, dimensions).

    While it learns, a row has a vector and the logarithm of a weight; `exported` multiplies them. What a word counts in its text
    (`word_weights`, by the row of the whole word) belongs to a finished table and is not learned. Words are cut once and kept.
    """

    config_keys = ["rows", "dimensions"]
    config_file_name = "config.json"

    word_weights: Tensor

    def __init__(self, rows: int, dimensions: int, word_weights: Vectors | None = None) -> None:
        super().__init__()
        self.rows, self.dimensions = rows, dimensions
        self.vectors = nn.Embedding(rows, dimensions, sparse=True, _weight=torch.empty(rows, dimensions).normal_(0, dimensions**-0.5))
        self.weights = nn.Embedding(rows, 1, sparse=True, _weight=torch.zeros(rows, 1))
        self.register_buffer("word_weights", torch.ones(rows) if word_weights is None else torch.from_numpy(word_weights.copy()))
        self.seen = np.zeros(rows, bool)
        self._rows_of: dict[str, Numbers] = {}

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **kwargs: Any) -> dict[str, Tensor]:
        """`input_ids`: the rows this batch touches, each once. `grams` and `words` point into it, with the lengths of their runs."""
        texts = (plain_of if self.training else said_of)([(prompt or "") + text for text in inputs])
        number = {said: i for i, said in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
        self._cut([word for word, _ in number if word not in self._rows_of])
        runs = [self._rows_of[word] for word, _ in number]
        touched, grams = np.unique(np.concatenate([*runs, np.zeros(0, np.intp)]), return_inverse=True)
        words = np.fromiter(map(number.__getitem__, chain.from_iterable(texts)), np.intp)
        counts = np.array([len(run) for run in runs], np.intp)
        own = own_rows([word for word, _ in number], np.concatenate([*runs, np.zeros(0, np.intp)]), counts)
        told = self.word_weights.numpy()[own] / np.array([times for _, times in number], np.float32)
        scales = word_scales(counts) * told[:, None]
        found = {
            "input_ids": touched,
            "scales": scales,
            "grams": grams,
            "gram_starts": _starts(runs),
            "words": words,
            "word_starts": _starts(texts),
        }
        return {name: torch.from_numpy(values) for name, values in found.items()}

    def _cut(self, unknown: list[str]) -> None:
        if unknown:
            flat, counts = rows_of(unknown, self.rows)
            self._rows_of.update(zip(unknown, np.split(flat, np.cumsum(counts)[:-1]), strict=True))

    def forward(self, features: dict[str, Tensor], **kwargs: Any) -> dict[str, Tensor]:
        touched = features["input_ids"]
        if self.training:
            self.seen[touched.numpy()] = True
        weights = torch.exp(self.weights(touched).clamp(-MOST_WEIGHT, MOST_WEIGHT))
        rows = self.vectors(touched) * weights
        words = functional.embedding_bag(features["grams"], rows, features["gram_starts"], mode="sum") * features["scales"]
        texts = functional.embedding_bag(features["words"], words, features["word_starts"], mode="sum")
        return features | {"sentence_embedding": functional.normalize(texts, dim=-1)}

    def exported(self) -> Vectors:
        """One float32 row per n-gram with its weight in it. Rows that no label touched become zero: they know nothing."""
        with torch.inference_mode():
            table: Vectors = (self.vectors.weight * torch.exp(self.weights.weight.clamp(-MOST_WEIGHT, MOST_WEIGHT))).numpy()
        return table * self.seen[:, None]

    @classmethod
    def of(cls, table: Vectors, word_weights: Vectors) -> Self:
        """A module that holds a finished table (rows, dimensions) as it is, with what the words of its rows count."""
        rows, dimensions = table.shape
        made = cls(rows, dimensions, word_weights)
        made.vectors.weight = nn.Parameter(torch.from_numpy(table.copy()))
        return made

    def get_embedding_dimension(self) -> int:
        return self.dimensions

    @property
    def max_seq_length(self) -> float:
        return float("inf")

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        self.save_config(output_path)
        save_file(self.state_dict(), Path(output_path) / WEIGHTS)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> Self:
        folder = Path(model_name_or_path) / subfolder
        module = cls(**cls.load_config(str(folder)))
        module.load_state_dict(load_file(folder / WEIGHTS))
        return module


def _starts(runs: Sequence[Sequence[object] | Numbers]) -> Numbers:
    lengths = np.array([len(run) for run in runs], np.intp)
    starts: Numbers = np.cumsum(lengths) - lengths
    return starts
