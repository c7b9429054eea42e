"""Rule 4 for the few concepts that can win: centroids find them, their labels are read afterwards.

The centroid counts half of a score, and labels lie near it, so what is first by the whole rule stands among the first by centroid
alone. Reading the labels of those few instead of every label makes a look-up several times faster.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders import Vectors
from taxonomy.linker.ranking import GROUP_WEIGHT, Indexes, Space, bests, rule

CANDIDATES = 64  # of one typed text
AT_ONCE = 512  # texts whose centroid scores are held at the same time
CENTROIDS_AT_ONCE = 512  # a megabyte: it stays in the cache until every text has met it


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of a text (`row` of those asked) and a concept of the space, with the score and the concept's nearest label."""

    rows: Indexes
    concepts: Indexes
    scores: Vectors
    labels: Indexes  # places among the space's label vectors


def candidates(space: Space, asked: Vectors, allowed: NDArray[np.bool_], *, most: int = CANDIDATES) -> Scored:
    """The `most` concepts with the nearest centroids for every text, scored by the whole rule."""
    rows, concepts, cosines = [], [], []
    for row, near in enumerate(_cosines(space.centroids, asked)):
        near[~allowed] = -np.inf
        found = np.argpartition(-near, most)[:most] if len(near) > most else np.arange(len(near))
        found = found[np.isfinite(near[found])]
        rows.append(np.full(len(found), row, np.intp))
        concepts.append(found)
        cosines.append(near[found])
    empty = np.zeros(0, np.intp)
    return _scored(space, asked, np.concatenate([empty, *rows]), np.concatenate([empty, *concepts]), np.concatenate([empty, *cosines]))


def _cosines(centroids: Vectors, asked: Vectors) -> Vectors:
    """Shape (asked, centroids), for a few texts: each piece of the centroids is read from memory once for all of them.

    A product of matrices as flat as these takes three times as long.
    """
    found = np.empty((len(asked), len(centroids)), np.float32)
    for start in range(0, len(centroids), CENTROIDS_AT_ONCE):
        part = centroids[start : start + CENTROIDS_AT_ONCE]
        for row, vector in zip(found, asked, strict=True):
            np.matmul(part, vector, out=row[start : start + CENTROIDS_AT_ONCE])
    return found


def best_two(space: Space, asked: Vectors, allowed: NDArray[np.bool_], *, floor: float) -> Scored:
    """The two concepts with the nearest centroids for every text whose nearest is at least `floor`; for many texts at once."""
    rows, concepts, cosines = [], [], []
    for start in range(0, len(asked) if len(space.starts) else 0, AT_ONCE):
        near = asked[start : start + AT_ONCE] @ space.centroids.T
        near[:, ~allowed] = -1
        here = np.flatnonzero(near.max(axis=1, initial=-1) >= floor)
        near = near[here]
        for _ in range(2):
            best = near.argmax(axis=1)
            rows.append(start + here)
            concepts.append(best)
            cosines.append(near[np.arange(len(here)), best])
            near[np.arange(len(here)), best] = -1
    empty = np.zeros(0, np.intp)
    return _scored(space, asked, np.concatenate([empty, *rows]), np.concatenate([empty, *concepts]), np.concatenate([empty, *cosines]))


def _scored(space: Space, asked: Vectors, rows: Indexes, concepts: Indexes, cosines: Vectors) -> Scored:
    plain, labels = _plain(space, asked, rows, concepts, cosines)
    groups = space.unit_group[concepts]
    placed = np.flatnonzero(groups >= 0)
    if len(placed):
        pairs, place = np.unique(np.stack([rows[placed], groups[placed]]), axis=1, return_inverse=True)
        near = np.einsum("ij,ij->i", asked[pairs[0]], space.centroids[pairs[1]])
        above, _ = _plain(space, asked, pairs[0], pairs[1], near)
        plain[placed] += GROUP_WEIGHT * above[place.reshape(-1)]
    return Scored(rows, concepts, plain, labels)


def _plain(space: Space, asked: Vectors, rows: Indexes, concepts: Indexes, cosines: Vectors) -> tuple[Vectors, Indexes]:
    """Scores without the group's part, and the nearest label of each pair."""
    if not len(rows):
        return np.zeros(0, np.float32), np.zeros(0, np.intp)
    ends = np.append(space.starts[1:], len(space.label_vectors))
    lengths = ends[concepts] - space.starts[concepts]
    first = np.cumsum(lengths) - lengths
    wanted = np.arange(int(lengths.sum())) + np.repeat(space.starts[concepts] - first, lengths)
    cosine, vectors = np.empty(len(wanted), np.float32), np.asarray(space.label_vectors)  # a mapped array is slow to cut
    for row, start, length, place in zip(rows.tolist(), space.starts[concepts].tolist(), lengths.tolist(), first.tolist(), strict=True):
        np.matmul(vectors[start : start + length], asked[row], out=cosine[place : place + length])
    best, preferred = bests(cosine, space.preferred[wanted], first)
    is_best = np.flatnonzero(cosine == np.repeat(best, lengths))
    pair = np.repeat(np.arange(len(rows)), lengths)[is_best]
    labels = wanted[is_best[np.unique(pair, return_index=True)[1]]]
    return rule(best, preferred, cosines), labels
