"""How pairs of labels are drawn for training: labels of one concept, near misses beside them, and occupations with their skills."""

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from taxonomy.encoders.base import Encoder, Vectors, unit_rows
from taxonomy.encoders.corpus import LANGUAGES, Concept, Corpus
from taxonomy.encoders.ngrams import fold

SKILL_SHARE, GROUP_SHARE = 0.5, 0.6
STARTER_SHARE = 0.08  # our own words are few and everyday: drawn more often than their number
NEAR_SHARE, NEAR = 0.12, 16  # of the draws of a skill; what is drawn with it makes skills two fifths of all pairs
SLIP_SHARE = 0.1
RELATION_SHARE = 0.1
SHORTEST_SLIP = 5
CONCEPTS_AT_ONCE = 2048


class Pairs:
    """Endless pairs of two labels of one concept, decided by the seed alone."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._corpus = corpus
        self._chance = random.Random(seed)  # noqa: S311 (a draw of examples, not a secret)
        self._near: NDArray[np.intp] | None = None
        self._stream = self._concepts()

    def batch(self, size: int) -> tuple[list[str], list[str]]:
        """At least `size` pairs; no concept and no label twice, or the same words would count as a wrong answer."""
        left: list[str] = []
        right: list[str] = []
        seen: set[int | str] = set()
        while len(left) < size:
            concept, related = self._drawn()
            one, other = self._two(concept) if related is concept else (self._label(concept), self._label(related))
            keys: set[int | str] = {id(concept), id(related), fold(one), fold(other)}
            if not seen & keys:
                seen |= keys
                left.append(self._slip(one))
                right.append(other)
        return left, right

    def _drawn(self) -> tuple[Concept, Concept]:
        """A concept with itself, or an occupation with a skill that it needs: so rare words learn what they are about."""
        if self._corpus.relations and self._chance.random() < RELATION_SHARE:
            return self._chance.choice(self._corpus.relations)
        concept = next(self._stream)
        return concept, concept

    def look(self, encoder: Encoder) -> None:
        """From now on skills also come in clusters of what this encoder takes for each other: ESCO has no groups of them."""
        self._near = near_misses(encoder, self._corpus.skills) if len(self._corpus.skills) > NEAR else None

    def _concepts(self) -> Iterator[Concept]:
        choice, corpus = self._chance.choice, self._corpus
        while True:
            lot = self._chance.random()
            if corpus.starter and lot < STARTER_SHARE:
                yield choice(corpus.starter)
            elif self._chance.random() < SKILL_SHARE:
                yield from self._skills()
            elif self._chance.random() < GROUP_SHARE:
                yield from choice(corpus.groups)  # a whole unit group: near misses inside one batch
            else:
                yield choice(corpus.occupations)

    def _skills(self) -> Iterator[Concept]:
        skills = self._corpus.skills
        first = self._chance.randrange(len(skills))
        yield skills[first]
        if self._near is not None and self._chance.random() < NEAR_SHARE:
            yield from (skills[i] for i in self._near[first].tolist())

    def _two(self, concept: Concept) -> tuple[str, str]:
        """Two labels, different where a few draws can find such."""
        for _ in range(6):
            one, other = self._label(concept), self._label(concept)
            if fold(one) != fold(other):
                break
        return one, other

    def _label(self, concept: Concept) -> str:
        languages = list(concept)
        language = self._chance.choices(languages, [LANGUAGES[one] for one in languages])[0]
        return self._chance.choice(concept[language])

    def _slip(self, text: str) -> str:
        """Now and then one slip of the finger: a letter lost, doubled, or swapped with the next."""
        if len(text) < SHORTEST_SLIP or self._chance.random() >= SLIP_SHARE:
            return text
        at = self._chance.randrange(1, len(text) - 1)
        before, here, after = text[:at], text[at], text[at + 1 :]
        return self._chance.choice([before + after, before + here + here + after, before + after[:1] + here + after[1:]])


def near_misses(encoder: Encoder, concepts: list[Concept]) -> NDArray[np.intp]:
    """For each concept the others that are nearest to it by the middle of their labels, shape (concepts, NEAR)."""
    texts = [[label for own in concept.values() for label in own] for concept in concepts]
    lengths = np.array([len(own) for own in texts])
    middles: Vectors = unit_rows(np.add.reduceat(encoder.encode([label for own in texts for label in own]), np.cumsum(lengths) - lengths))
    near = np.empty((len(concepts), NEAR), np.intp)
    for start in range(0, len(concepts), CONCEPTS_AT_ONCE):
        like = middles[start : start + CONCEPTS_AT_ONCE] @ middles.T
        lines = np.arange(len(like))
        like[lines, start + lines] = -1
        near[start : start + CONCEPTS_AT_ONCE] = np.argpartition(-like, NEAR, axis=1)[:, :NEAR]
    return near
