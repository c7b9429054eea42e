"""How near a text is to every concept: pure NumPy, the rule that design and evaluation share.

Score = (the best of its labels + 2 x the centroid of all its labels + 0.1 x the same score of its ISCO unit group) / 3, all of them
cosines. So 1 means "the same words"; the group adds at most 0.033. A group never ranks above its own best child. Measured on four
public development sets; the centroid is the largest single gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders import Vectors, unit_rows

CENTROID_WEIGHT, GROUP_WEIGHT, SCALE = 2.0, 0.1, 3.0
JUST_BELOW = 1e-4

Indexes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Space:
    """Concepts to rank against each other. Labels lie together per concept, and `starts` is each concept's first label."""

    label_vectors: Vectors
    starts: Indexes
    centroids: Vectors
    unit_group: Indexes  # per concept the place of its ISCO unit group in this space, or -1
    children: dict[int, Indexes]  # per group the occupations below it

    @classmethod
    def of(cls, label_vectors: Vectors, starts: Indexes, centroids: Vectors, isco: Sequence[str], group: Sequence[bool]) -> "Space":
        """`isco`: 1 to 4 digits per concept or nothing; `group`: whether the concept is an ISCO group itself."""
        place = {code: i for i, (code, own) in enumerate(zip(isco, group, strict=True)) if own}
        unit = np.array([-1 if own else place.get(code, -1) for code, own in zip(isco, group, strict=True)], np.intp)
        below: dict[int, list[int]] = {i: [] for i in place.values()}
        for i, (code, own) in enumerate(zip(isco, group, strict=True)):
            for size in range(1, 0 if own else len(code) + 1):
                if code[:size] in place:
                    below[place[code[:size]]].append(i)
        return cls(label_vectors, starts, centroids, unit, {i: np.array(found, np.intp) for i, found in below.items() if found})

    def scores(self, asked: Vectors) -> Vectors:
        """Shape (asked, concepts)."""
        if not len(self.starts):
            return np.zeros((len(asked), 0), np.float32)
        best = np.maximum.reduceat(asked @ self.label_vectors.T, self.starts, axis=1)
        score: Vectors = (best + CENTROID_WEIGHT * (asked @ self.centroids.T)) / SCALE
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


def centroids(label_vectors: Vectors, starts: Indexes) -> Vectors:
    """The normalised mean of each concept's labels, shape (concepts, dimensions)."""
    if not len(starts):
        return np.zeros((0, label_vectors.shape[1]), np.float32)
    return unit_rows(np.add.reduceat(label_vectors, starts, axis=0))
