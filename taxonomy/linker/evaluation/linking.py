"""Linking of occupation titles, scored by the benchmark's own rule and through the product's own ranking.

Two ways to list the answers. *Every label listed*: each label of the corpus is an answer by itself, as the published numbers count.
*List of concepts*: each concept once, by its first label, which is what a person sees.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from taxonomy.encoders import Encoder, Vectors
from taxonomy.linker.evaluation.lexical import PLAIN
from taxonomy.linker.evaluation.measures import Result
from taxonomy.linker.evaluation.sets import Known, LinkingSet, chained, concept_starts, firsts
from taxonomy.linker.evaluation.systems import Scored, best_of
from taxonomy.linker.ranking import Indexes, Space, centroids

ABSENT = -10.0  # below every score
DEEPEST = 100
DIGITS = 5  # the benchmark rounds scores before it ranks them


def evaluate_linking(given: LinkingSet, known: Known, encoders: Sequence[Encoder], *, baselines: bool = True) -> dict[str, list[Result]]:
    """Both listings: every system's result. Among the baselines is the first encoder with one averaged vector per concept."""
    labels, codes = known(given.uris)
    found: dict[str, list[Result]] = {"list of concepts": [], "every label listed": []}
    once = _listed_once(given)
    for scored in _systems(given, given.texts(labels), given.codes(codes), encoders, baselines):
        found["list of concepts"].append(_ranked(given, scored, scored.concepts[:, given.concept] + once))
        found["every label listed"].append(_ranked(given, scored, scored.elements))
    return found


def _systems(
    given: LinkingSet, texts: list[list[list[str]]], codes: tuple[list[str], list[bool]], encoders: Sequence[Encoder], baselines: bool
) -> Iterator[Scored]:
    for place, encoder in enumerate(encoders):
        asked, by_language = encoder.encode(given.queries), list(chain.from_iterable(texts))
        starts = concept_starts([list(chained(own)) for own in texts])
        vectors = encoder.encode(list(chained(by_language)))
        middles = centroids(vectors, starts)
        space = Space.of((vectors, firsts(concept_starts(by_language), len(vectors))), starts, middles, codes)
        scores = space.scores(asked)
        yield Scored(encoder.name, scores, _of_labels(scores, asked @ encoder.encode(given.labels).T, given.concept))
        if baselines and not place:
            averaged = asked @ middles.T
            yield Scored("averaged vector", averaged, averaged[:, given.concept])
    for name, plain in PLAIN if baselines else ():
        scores = plain(given.labels, given.queries)
        yield Scored(name, best_of(scores, given.concept, len(given.uris)), scores, DEEPEST)


def _of_labels(concepts: Vectors, own: Vectors, concept: Indexes) -> Vectors:
    """A concept's score, less what the element's own cosine is behind that of the concept's best element.

    In full: with less, the labels of one wrong concept stand in a row. With much more it would be the list of concepts.
    """
    behind: Vectors = own - best_of(own, concept, concepts.shape[1])[:, concept]
    return concepts[:, concept] + behind


def _listed_once(given: LinkingSet) -> Vectors:
    """Nothing at each concept's first element, ABSENT at its others."""
    later = np.full(len(given.elements), ABSENT, np.float32)
    later[np.unique(given.concept, return_index=True)[1]] = 0
    return later


def _ranked(given: LinkingSet, scored: Scored, lines: Vectors) -> Result:
    """Ties are broken by descending element id, and the best rank of any relevant element counts."""
    order = np.argsort(np.argsort(np.array(given.elements)))
    ranks = [_rank(np.round(line.astype(np.float64), DIGITS), right, order) for line, right in zip(lines, given.relevant, strict=True)]
    return Result.of(scored.name, [rank if scored.deepest is None or rank <= scored.deepest else 0 for rank in ranks])


def _rank(line: np.typing.NDArray[np.float64], right: np.typing.NDArray[np.intp], order: np.typing.NDArray[np.intp]) -> int:
    top = line[right].max()
    last = order[right[line[right] == top]].max()
    return 1 + int((line > top).sum()) + int(((line == top) & (order > last)).sum())
