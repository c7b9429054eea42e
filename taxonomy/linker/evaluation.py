"""How well an encoder links: public development sets, scored by the benchmark's own rule through the product's own ranking.

Occupations (MELO): every concept is listed once, by its best label, which is what a person sees. Skills: names of the Swedish JobTech
taxonomy and their exact ESCO skill, against labels of one language.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from taxonomy.encoders import Encoder
from taxonomy.encoders.corpus import Concept, labels, rows
from taxonomy.linker.ranking import Space, centroids

OCCUPATION_SETS = ("dnk_q_da_c_da", "deu_q_de_c_de", "usa_q_en_c_en", "nld_q_nl_c_nl")
SKILL_LANGUAGES = ("sv", "en")
BRIDGES = ("sv", "nb", "da", "en")
GROUP = "/isco/C"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Result:
    """Means over queries: found first, found among ten, and one over the rank."""

    name: str
    first: float
    ten: float
    mrr: float

    @classmethod
    def of(cls, name: str, ranks: Sequence[int]) -> "Result":
        found = np.array(ranks)
        return cls(name, float(np.mean(found <= 1)), float(np.mean(found <= SHOWN)), float(np.mean(1 / found)))


def evaluate(encoder: Encoder, data: Path) -> list[Result]:
    """All sets; about ten seconds."""
    occupations, skills = labels(data / "esco/occupation_labels.csv.gz"), labels(data / "esco/skill_labels.csv.gz")
    found = [_occupations(encoder, data, name, occupations) for name in OCCUPATION_SETS]
    return found + [_skills(encoder, data, language, skills) for language in SKILL_LANGUAGES]


def _space(encoder: Encoder, texts: list[list[str]], isco: Sequence[str], group: Sequence[bool]) -> Space:
    starts = np.concatenate([[0], np.cumsum([len(own) for own in texts])[:-1]]).astype(np.intp)
    vectors = encoder.encode([text for own in texts for text in own])
    return Space.of(vectors, starts, centroids(vectors, starts), isco, group)


def _skills(encoder: Encoder, data: Path, language: str, skills: dict[str, Concept]) -> Result:
    named = {uri: concept[language] for uri, concept in skills.items() if language in concept}
    place = {uri: i for i, uri in enumerate(named)}
    space = _space(encoder, list(named.values()), [""] * len(named), [False] * len(named))
    asked = [row for row in rows(data / "skill-link-dev.csv.gz") if row["esco_skill_uri"] in place]
    scores = np.round(space.scores(encoder.encode([row["query_sv"] for row in asked])), 5)
    right = scores[np.arange(len(asked)), [place[row["esco_skill_uri"]] for row in asked]]
    return Result.of(f"skills_sv_{language}", list(1 + (scores > right[:, None]).sum(axis=1)))


def _occupations(encoder: Encoder, data: Path, name: str, occupations: dict[str, Concept]) -> Result:
    corpus = list(rows(data / f"melo-dev/{name}.corpus.csv.gz"))
    language = name.split("_")[2]
    isco = {row["uri"]: row["isco08"].split(".")[0] for row in rows(data / "esco/occupations.csv.gz")}
    uris = sorted({row["concept_uri"] for row in corpus})
    listed: dict[str, list[str]] = defaultdict(list)
    for row in corpus:
        listed[row["concept_uri"]].append(row["label"])
    texts = [_texts(occupations.get(uri, {}), language) or listed[uri] for uri in uris]
    codes = [uri.rsplit("/C", 1)[1] if GROUP in uri else isco.get(uri, "") for uri in uris]
    space = _space(encoder, texts, codes, [GROUP in uri for uri in uris])
    queries = list(rows(data / f"melo-dev/{name}.queries.csv.gz"))
    scores = space.scores(encoder.encode([row["text"] for row in queries]))
    relevant: dict[str, set[str]] = defaultdict(set)
    for row in rows(data / f"melo-dev/{name}.relevant.csv.gz"):
        relevant[row["query_id"]].add(row["element_id"])
    listing = _Listing(corpus, {uri: i for i, uri in enumerate(uris)})
    return Result.of(name, [listing.rank(line, relevant[query["query_id"]]) for line, query in zip(scores, queries, strict=True)])


def _texts(concept: Concept, language: str) -> list[str]:
    return [text for one in dict.fromkeys([language, *BRIDGES]) for text in concept.get(one, [])]


class _Listing:
    """The benchmark ranks elements (labels), ties by descending element id; a concept counts by its first element alone."""

    def __init__(self, corpus: list[dict[str, str]], place: dict[str, int]) -> None:
        self._element = {row["element_id"]: i for i, row in enumerate(corpus)}
        self._concept = np.array([place[row["concept_uri"]] for row in corpus])
        first = np.unique(self._concept, return_index=True)[1]
        self._later = np.full(len(corpus), -10.0)
        self._later[first] = 0.0
        self._order = np.argsort(np.argsort([row["element_id"] for row in corpus]))

    def rank(self, scores: np.typing.NDArray[np.float32], relevant: set[str]) -> int:
        line = np.round(scores.astype(np.float64)[self._concept] + self._later, 5)
        right = np.array([self._element[one] for one in relevant])
        top = line[right].max()
        last = self._order[right[line[right] == top]].max()
        return 1 + int((line > top).sum()) + int(((line == top) & (self._order > last)).sum())
