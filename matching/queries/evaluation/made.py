"""The made world that ranking and fairness are measured in: occupations with their skills, people and postings drawn from them.

A posting asks for up to twelve of an occupation's skills, essential and optional ones. A person of that occupation holds three tenths
of them, drawn by itself, and half as many of another occupation, as people do.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.scoring import Job, Person
from taxonomy.encoders import Encoder, Vectors, unit_rows
from taxonomy.encoders.corpus import labels, rows

LANGUAGES = ("sv", "en")
ASKED, HELD_SHARE, NOISE_SHARE = 12, 0.3, 0.5
FEWEST_SKILLS = 6
LEAST_IDF = 0.1

Names = dict[str, dict[str, str]]  # skill -> language -> preferred label


class MissingRelationsError(Exception):
    """The folder holds no ESCO relations that can be used. The text says what is missing."""


@dataclass(frozen=True)
class Made:
    """`jobs[i]` is the posting of `occupations[i]`, `people[j]` belongs to `of[j]`, a place in `occupations`."""

    occupations: tuple[str, ...]
    names: Names
    used: Counter[str]
    jobs: tuple[Job, ...]
    people: tuple[Person, ...]
    of: tuple[int, ...]

    def weights(self) -> NDArray[np.float32]:
        """The idf of each skill, as the engine weighs it: by how many occupations use it. In the order of `names`."""
        idf = np.array([np.log((len(self.occupations) + 2) / (self.used[key] + 1)) for key in self.names], np.float32)
        return np.maximum(idf, np.float32(LEAST_IDF))

    def asked(self) -> list[list[int]]:
        """What each posting asks for, as places in `names`."""
        place = {key: i for i, key in enumerate(self.names)}
        return [[place[key] for key in job.musts] for job in self.jobs]

    def held(self) -> list[list[int]]:
        """What each person can do, as places in `names`."""
        place = {key: i for i, key in enumerate(self.names)}
        return [[place[key] for key in person.skills] for person in self.people]


def made_from(esco: Path, *, people: int, seed: int) -> Made:
    """Raises MissingRelationsError. The same folder and seed make the same world."""
    try:
        names = _names(esco)
        relations = list(rows(esco / "occupation_skills.csv.gz"))
    except (OSError, KeyError) as error:
        raise MissingRelationsError(f"{esco} has no skill_labels.csv.gz and occupation_skills.csv.gz that can be read: {error}.") from error
    every = _skills_of(relations, names)
    occupations = tuple(sorted(one for one, skills in every.items() if len(skills) >= FEWEST_SKILLS))
    if not occupations:
        raise MissingRelationsError(f"{esco} has no occupation with {FEWEST_SKILLS} skills.")
    chance = random.Random(seed)  # noqa: S311 (a made world, not a secret)
    jobs = tuple(_job(one, chance.sample(every[one], min(ASKED, len(every[one])))) for one in occupations)
    chosen = [chance.randrange(len(occupations)) for _ in range(people)]
    made = tuple(_person(place, occupations, every, chance) for place in chosen)
    return Made(occupations, names, Counter(skill for skills in every.values() for skill in skills), jobs, made, tuple(chosen))


def _names(esco: Path) -> Names:
    """Skills that have a preferred name in Swedish and in English, with all their preferred names."""
    found = {uri: {language: own[0] for language, own in concept.items()} for uri, concept in labels(esco / "skill_labels.csv.gz").items()}
    return {uri: own for uri, own in found.items() if set(LANGUAGES) <= set(own)}


def _skills_of(relations: Sequence[dict[str, str]], names: Names) -> dict[str, list[str]]:
    every: dict[str, list[str]] = defaultdict(list)
    for row in relations:
        if row["skill_uri"] in names:
            every[row["occupation_uri"]].append(row["skill_uri"])
    return every


def _job(occupation: str, skills: Sequence[str]) -> Job:
    return Job(key=occupation, kind="job", language="sv", musts=tuple(skills), occupation=occupation)


def _person(place: int, occupations: Sequence[str], every: dict[str, list[str]], chance: random.Random) -> Person:
    own = every[occupations[place]]
    other = every[chance.choice(occupations)]
    held = chance.sample(own, max(1, round(len(own) * HELD_SHARE)))
    noise = chance.sample(other, min(len(other), round(len(held) * NOISE_SHARE)))
    return Person(key=f"{chance.getrandbits(64):016x}", skills=tuple(dict.fromkeys([*held, *noise])))


def averaged(encoder: Encoder, skills: Sequence[Sequence[str]], names: Names, language: str) -> Vectors:
    """One mean vector per list of skills: the baseline of finding 5."""
    keys = list(dict.fromkeys(key for own in skills for key in own))
    place = {key: i for i, key in enumerate(keys)}
    vectors = encoder.encode([names[key][language] for key in keys])
    return unit_rows(np.stack([vectors[[place[key] for key in own]].mean(axis=0) for own in skills]))
