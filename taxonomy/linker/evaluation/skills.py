"""Linking of skill names: Swedish JobTech names and their exact ESCO skill, against the ESCO skills' labels of one language."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from taxonomy.encoders import Encoder, Vectors
from taxonomy.encoders.corpus import labels, rows
from taxonomy.linker.evaluation.lexical import PLAIN
from taxonomy.linker.evaluation.measures import Result
from taxonomy.linker.evaluation.sets import chained, concept_starts, firsts
from taxonomy.linker.evaluation.systems import best_of
from taxonomy.linker.ranking import Space, centroids

LANGUAGES = ("sv", "en")
DIGITS = 5


def evaluate_skills(queries: Path, esco: Path, encoders: Sequence[Encoder], *, baselines: bool = True) -> dict[str, list[Result]]:
    """`queries`: columns query_sv and esco_skill_uri; `esco`: folder of skill_labels.csv.gz. By the language of the labels."""
    skills = labels(esco / "skill_labels.csv.gz")
    asked = list(rows(queries))
    found = {}
    for language in LANGUAGES:
        named = {uri: concept[language] for uri, concept in skills.items() if language in concept}
        place = {uri: i for i, uri in enumerate(named)}
        there = [row for row in asked if row["esco_skill_uri"] in place]
        right = np.array([place[row["esco_skill_uri"]] for row in there], np.intp)
        systems = _systems([row["query_sv"] for row in there], list(named.values()), encoders, baselines)
        found[language] = [Result.of(name, _ranks(scores, right)) for name, scores in systems]
    return found


def _systems(queries: list[str], texts: list[list[str]], encoders: Sequence[Encoder], baselines: bool) -> Iterator[tuple[str, Vectors]]:
    starts, nothing = concept_starts(texts), len(texts)
    for place, encoder in enumerate(encoders):
        asked, vectors = encoder.encode(queries), encoder.encode(list(chained(texts)))
        middles = centroids(vectors, starts)
        yield (
            encoder.name,
            Space.of((vectors, firsts(starts, len(vectors))), starts, middles, ([""] * nothing, [False] * nothing)).scores(asked),
        )
        if baselines and not place:
            yield "averaged vector", asked @ middles.T
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in texts])
    for name, plain in PLAIN if baselines else ():
        yield name, best_of(plain(list(chained(texts)), queries), owner, len(texts))


def _ranks(scores: Vectors, right: np.typing.NDArray[np.intp]) -> list[int]:
    """Ties count for the right answer, except where a system knows nothing at all of it."""
    rounded = np.round(scores, DIGITS)
    reached = rounded[np.arange(len(right)), right]
    ranks = 1 + (rounded > reached[:, None]).sum(axis=1)
    known: list[int] = np.where(reached == 0, 0, ranks).tolist()
    return known
