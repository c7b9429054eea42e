"""A made-up region of any size from ESCO's own relations: people who hold part of an occupation's skills, postings that ask for some."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from matching.scoring import Job, Need, Person, Space
from taxonomy.encoders import NordicEncoder
from taxonomy.encoders.corpus import labels
from taxonomy.linker.ranking import centroids
from taxonomy.linker.vocabulary import WEIGHTS

START = date(2027, 1, 11)
TOWNS = 300
LANGUAGES = ("sv", "nb", "en")


class Region:
    """`data` is the folder that holds esco/ and needs_catalogue.csv; the same seed gives the same region."""

    def __init__(self, data: Path, seed: int = 0) -> None:
        self._chance = np.random.default_rng(seed)
        with (data / "needs_catalogue.csv").open(encoding="utf-8") as file:
            self.codes = [row["code"] for row in csv.DictReader(file)]
        skills = labels(data / "esco/skill_labels.csv.gz")
        occupations = {uri: own for uri, own in labels(data / "esco/occupation_labels.csv.gz").items() if "/isco/" not in uri}
        self.space = _space(skills | occupations, data)
        self._skills = list(skills)
        self.relations = _relations(data)
        self._work = [(uri, held) for uri, held in self.relations.items() if len(held) >= 8 and uri in occupations]
        self._towns = [(float(57 + lat), float(11 + lon)) for lat, lon in self._chance.random((TOWNS, 2)) * (4, 6)]

    def people(self, count: int) -> Iterator[Person]:
        """Profiles of about 22 skills: six in ten of an occupation's, and three from anywhere; 60 % with needs."""
        chance = self._chance
        for _ in range(count):
            uri, known = self._work[chance.integers(len(self._work))]
            own = chance.choice(known, min(25, max(4, int(len(known) * 0.6))), replace=False).tolist()
            codes = chance.choice(self.codes, chance.integers(1, 5), replace=False).tolist() if chance.random() < 0.6 else []
            other = self._work[chance.integers(len(self._work))][0]
            yield Person(
                key="",
                skills=tuple({*own, *(self._skills[i] for i in chance.integers(0, len(self._skills), 3))}),
                wishes=(uri, other) if chance.random() < 0.5 else (uri,),
                needs=tuple(Need(code, bool(chance.random() < 0.4)) for code in codes),
                place=self._towns[chance.integers(TOWNS)],
                travel_km=int(chance.choice([10, 30, 60, 150])),
                hours_now=int(chance.integers(5, 30)),
                hours_goal=int(chance.integers(30, 41)),
                available_from=START + timedelta(days=int(chance.integers(0, 90))),
                languages={"sv": str(chance.choice(["", "A2", "B1", "C1"])), "en": "B1"},
                licences=frozenset({"B"}) if chance.random() < 0.5 else frozenset(),
                kinds=frozenset({"trial", "job"}) if chance.random() < 0.7 else frozenset(),
            )

    def jobs(self, count: int) -> Iterator[Job]:
        """Postings that ask for twelve skills of an occupation and answer for twenty of the needs."""
        chance = self._chance
        for _ in range(count):
            uri, known = self._work[chance.integers(len(self._work))]
            wanted = chance.choice(known, min(12, len(known)), replace=False).tolist()
            answers = {str(code): str(chance.choice(["yes", "can", "no"])) for code in chance.choice(self.codes, 20, replace=False)}
            yield Job(
                key="",
                kind=str(chance.choice(["trial", "job"])),
                language="sv",
                musts=tuple(wanted[:8]),
                goods=tuple(wanted[8:]),
                occupation=uri,
                offers=answers,
                place=self._towns[chance.integers(TOWNS)],
                hours=(10, 30),
                ends_on=START + timedelta(days=200),
                level="A2",
                licences=frozenset({"B"}) if chance.random() < 0.2 else frozenset(),
            )


def _relations(data: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(data / "esco/occupation_skills.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["occupation_uri"]].append(row["skill_uri"])
    return {uri: sorted(set(held)) for uri, held in found.items()}


def _space(concepts: dict[str, dict[str, list[str]]], data: Path) -> Space:
    texts = [[text for language in LANGUAGES for text in own.get(language, [])] or [uri] for uri, own in concepts.items()]
    starts = np.concatenate([[0], np.cumsum([len(own) for own in texts])[:-1]]).astype(np.intp)
    vectors = centroids(NordicEncoder.open(WEIGHTS).encode([text for own in texts for text in own]), starts)
    relations = _relations(data)
    used: dict[str, int] = defaultdict(int)
    for held in relations.values():
        for uri in held:
            used[uri] += 1
    idf = np.array([np.log((len(relations) + 2) / (used[uri] + 1)) for uri in concepts], np.float32)
    return Space(list(concepts), vectors, np.maximum(idf, np.float32(0.1)))
