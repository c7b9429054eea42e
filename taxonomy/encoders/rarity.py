"""What a word counts in a text: the less, the more concepts use it. "Use", "manage" and "in" say little of what a text is about.

How often a word is used is counted in the row of the whole word, so the file needs no list of words. Two words of one row are counted
together; a word that no label has counts most.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

import numpy as np

from taxonomy.encoders.base import Vectors
from taxonomy.encoders.corpus import Concept
from taxonomy.encoders.ngrams import own_rows, rows_of, words_of

POWER = 0.3  # of the logarithm; .2 to .4 are as good


def word_weights(concepts: Iterable[Concept], rows: int) -> Vectors:
    """What the word of each row counts, shape (rows,)."""
    used: Counter[str] = Counter()
    concept_count = 0
    for concept in concepts:
        concept_count += 1
        used.update(set(chain.from_iterable(words_of([label for own in concept.values() for label in own]))))
    times = np.zeros(rows)
    if used:
        np.add.at(times, own_rows(list(used), *rows_of(list(used), rows)), list(used.values()))
    weights: Vectors = (np.log((concept_count + 1) / (np.minimum(times, concept_count) + 0.5)) ** POWER).astype(np.float32)
    return weights
