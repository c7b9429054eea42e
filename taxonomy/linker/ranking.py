"""How near a text is to every concept: pure NumPy, the rule that design and evaluation share.

Score = (the best of its labels + the best of its preferred labels + 2 x the centroid of all its labels) / 4, all of them cosines: 1
means "the same words". A tenth of the same score of its ISCO unit group is added. A group never ranks above its own best child. Measured
on four public development sets: the centroid is the largest single gain, the preferred labels (one a language) the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders import Vectors, unit_rows

CENTROID_WEIGHT, GROUP_WEIGHT, SCALE = 2.0, 0.1, 4.0
JUST_BELOW = 1e-4

Indexes = NDArray[np.intp]
Marks = NDArray[np.bool_]
BELOW_ALL = np.float32(-2)  # every cosine


@dataclass(frozen=True, slots=True)
class Space:
    """Concepts to rank against each other. Labels lie together per concept, and `starts` is each concept's first label."""

    label_vectors: Vectors
    preferred: Marks  # per label; at least one of each concept
    starts: Indexes
    centroids: Vectors
    unit_group: Indexes  # per concept the place of its ISCO unit group in this space, or -1
    children: dict[int, Indexes]  # per group the occupations below it

    @classmethod
    def of(cls, labels: tuple[Vectors, Marks], starts: Indexes, centroids: Vectors, codes: tuple[Sequence[str], Sequence[bool]]) -> "Space":
        """`labels`: their vectors, and which are preferred; all labels of a concept are where none is marked.

        `codes`: 1 to 4 digits of ISCO per concept or nothing, and whether the concept is an ISCO group itself.
        """
        isco, group = codes
        place = {code: i for i, (code, own) in enumerate(zip(isco, group, strict=True)) if own}
        unit = np.array([-1 if own else place.get(code, -1) for code, own in zip(isco, group, strict=True)], np.intp)
        below: dict[int, list[int]] = {i: [] for i in place.values()}
        for i, (code, own) in enumerate(zip(isco, group, strict=True)):
            for size in range(1, 0 if own else len(code) + 1):
                if code[:size] in place:
                    below[place[code[:size]]].append(i)
        children = {i: np.array(found, np.intp) for i, found in below.items() if found}
        return cls(labels[0], _one_at_least(labels[1], starts), starts, centroids, unit, children)

    def scores(self, asked: Vectors) -> Vectors:
        """Shape (asked, concepts)."""
        if not len(self.starts):
            return np.zeros((len(asked), 0), np.float32)
        cosines = asked @ self.label_vectors.T
        score = rule(*bests(cosines, self.preferred, self.starts), asked @ self.centroids.T)
        placed = np.flatnonzero(self.unit_group >= 0)
        total = score.copy()
        total[:, placed] += GROUP_WEIGHT * score[:, self.unit_group[placed]]
        for group, children in self.children.items():
            total[:, group] = np.minimum(total[:, group], total[:, children].max(axis=1) - JUST_BELOW)
        return total

    def best_label(self, asked: Vectors, concept: int) -> int:
        """The place of the concept's label that is nearest to one text; `asked` has shape (dimensions,)."""
        start = int(self.starts[concept])
        end = int(self.starts[concept + 1]) if concept + 1 < len(self.starts) else len(self.label_vectors)
        return start + int(np.argmax(self.label_vectors[start:end] @ asked))


def bests(cosines: Vectors, preferred: Marks, starts: Indexes) -> tuple[Vectors, Vectors]:
    """The best label of each run of labels, and its best preferred one; `cosines` has shape (..., labels)."""
    best: Vectors = np.maximum.reduceat(cosines, starts, axis=-1)
    named: Vectors = np.maximum.reduceat(np.where(preferred, cosines, BELOW_ALL), starts, axis=-1)
    return best, named


def rule(best: Vectors, preferred: Vectors, centroid: Vectors) -> Vectors:
    """From three cosines the score of a concept without its group's part."""
    return ((best + preferred + CENTROID_WEIGHT * centroid) / SCALE).astype(np.float32)


def _one_at_least(preferred: Marks, starts: Indexes) -> Marks:
    if not len(starts):
        return preferred
    lengths = np.diff(np.append(starts, len(preferred)))
    marked: Marks = preferred | np.repeat(~np.logical_or.reduceat(preferred, starts), lengths)
    return marked


def centroids(label_vectors: Vectors, starts: Indexes) -> Vectors:
    """The normalised mean of each concept's labels, shape (concepts, dimensions)."""
    if not len(starts):
        return np.zeros((0, label_vectors.shape[1]), np.float32)
    lengths = np.diff(np.append(starts, len(label_vectors)))
    added = np.zeros((len(starts), label_vectors.shape[1]), np.float32)
    for nth in range(int(lengths.max())):  # the first label of each, then the second ...: five times as fast as adding run by run
        has = np.flatnonzero(lengths > nth)
        added[has] += label_vectors[starts[has] + nth]
    return unit_rows(added)
