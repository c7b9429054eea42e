"""Baselines without a model: texts compared by the letters or words they share. NumPy and inverted lists."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from taxonomy.encoders import Vectors, fold

SHORTEST, LONGEST = 3, 5
SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b
_WORD = re.compile(r"\w+")

Cut = Callable[[str], list[str]]


def characters(text: str) -> list[str]:
    """Character 3- to 5-grams inside words, their ends marked by a space."""
    marked = [f" {word} " for word in fold(text).split()]
    return [word[i : i + size] for word in marked for size in range(SHORTEST, LONGEST + 1) for i in range(max(len(word) - size + 1, 0))]


def plain_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


class _Lists:
    """For each term the documents that hold it, and what it weighs there."""

    def __init__(self, documents: Sequence[str], cut: Cut) -> None:
        self._cut = cut
        self.counts = [Counter(cut(text)) for text in documents]
        self._number = {term: i for i, term in enumerate(dict.fromkeys(term for count in self.counts for term in count))}
        term = np.fromiter((self._number[one] for count in self.counts for one in count), np.intp)
        self.often = np.fromiter((times for count in self.counts for times in count.values()), np.float64)
        self.document = np.repeat(np.arange(len(documents)), [len(count) for count in self.counts])
        self.order = np.argsort(term, kind="stable")
        self.held_by = np.bincount(term, minlength=len(self._number))
        self.term = term
        self._starts = np.concatenate([[0], np.cumsum(self.held_by)])

    def scores(self, text: str, weights: Vectors, asked: Callable[[float, int], float]) -> Vectors:
        """`weights`: one per entry, in the order of the lists. `asked`: what a term of the query weighs, by its count and number."""
        total = np.zeros(len(self.counts))
        for term, times in Counter(self._cut(text)).items():
            number = self._number.get(term)
            if number is not None:
                part = slice(self._starts[number], self._starts[number + 1])
                total[self.document[self.order[part]]] += weights[part] * asked(times, number)
        return total.astype(np.float32)


def tf_idf(documents: Sequence[str], queries: Sequence[str]) -> Vectors:
    """Character tf-idf, smoothed idf, documents of length 1: shape (queries, documents). To be compared within one query only."""
    lists = _Lists(documents, characters)
    idf = np.log((1 + len(documents)) / (1 + lists.held_by)) + 1
    entries = lists.often * idf[lists.term]
    lengths = np.sqrt(np.bincount(lists.document, entries**2, minlength=len(documents)))
    weights = (entries / lengths[lists.document])[lists.order]
    return np.stack([lists.scores(text, weights, lambda times, number: times * float(idf[number])) for text in queries])


def bm25(documents: Sequence[str], queries: Sequence[str]) -> Vectors:
    """Okapi BM25 over words: shape (queries, documents)."""
    lists = _Lists(documents, plain_words)
    lengths = np.array([sum(count.values()) for count in lists.counts], np.float64)
    idf = np.log(1 + (len(documents) - lists.held_by + 0.5) / (lists.held_by + 0.5))
    long = SATURATION * (1 - LENGTH + LENGTH * lengths / max(lengths.mean(), 1e-9))
    weights = (idf[lists.term] * lists.often * (SATURATION + 1) / (lists.often + long[lists.document]))[lists.order]
    return np.stack([lists.scores(text, weights, lambda times, number: times) for text in queries])


PLAIN = (("character tf-idf", tf_idf), ("BM25", bm25))
