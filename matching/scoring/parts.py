"""The score of one profile for one posting, all parts visible. Plain Python and NumPy: no database, network or model.

Source of the formulas: matching.md in the design, findings 5 and 6. The weights live here, under one version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.scoring.licences import with_included
from matching.scoring.space import Space

WEIGHTS_VERSION = "5"
FIT, OCCUPATION, NEEDS = 0.6, 0.2, 0.2  # the advisor's order
NEAR_OCCUPATION = 0.5  # a cosine from which an occupation is near a wish
LEAST_FIT = 0.15  # below this, and without a near occupation, a pair says nothing worth an advisor's time
UNKNOWN = 0.5  # the person's side where neither skills nor wishes say anything
SIMILAR = 0.75  # occupations at least this near count as "like this" where a person has said: nothing like this
MUST, GOOD = 1.0, 0.5  # the weight of a skill the posting must have, or is glad of
MET, CAN, ASK, NOT_MET = "met", "can", "ask", "not_met"
VALUE = {MET: 1.0, CAN: 0.8, ASK: 0.5, NOT_MET: 0.0}
RESULT = {"yes": MET, "can": CAN, "no": NOT_MET}  # of an employer's answer; anything else must be asked
EARTH_KM = 6371
LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True)
class Need:
    code: str
    must: bool
    parameter: str = ""


@dataclass(frozen=True)
class Person:
    """What the engine knows of a profile. No name, sex, age, origin or interface language: what is not here cannot count."""

    key: str
    skills: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    place: tuple[float, float] | None = None
    travel_km: int | None = None
    hours_now: int | None = None
    hours_goal: int | None = None
    times: frozenset[str] = frozenset()
    available_from: date | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    licences: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    not_again: frozenset[str] = frozenset()  # occupations of postings that the person said no to, "and nothing like it"

    @property
    def entitled(self) -> frozenset[str]:
        """The licences, and those that they include: what a posting's demand is held against."""
        return with_included(self.licences)


@dataclass(frozen=True)
class Job:
    """What the engine knows of a posting."""

    key: str
    kind: str
    language: str
    musts: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    occupation: str = ""
    offers: Mapping[str, str] = field(default_factory=dict)  # need code -> yes, can, no, unknown
    place: tuple[float, float] | None = None
    hours: tuple[int | None, int | None] = (None, None)
    times: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None  # of the work, not of the time to apply
    level: str = ""
    licences: frozenset[str] = frozenset()

    @property
    def wanted(self) -> list[str]:
        """Every skill it asks for, once, in order."""
        return sorted({*self.musts, *self.goods})

    @property
    def importance(self) -> NDArray[np.float32]:
        """Of each wanted skill, in the same order."""
        musts = set(self.musts)
        return np.array([MUST if key in musts else GOOD for key in self.wanted], np.float32)


@dataclass(frozen=True)
class Parts:
    """One score, taken apart. Numbers are 0..1; `conditions` names the hard conditions that fail, with what failed."""

    fit: float
    employer_side: float
    person_side: float
    occupation: float
    needs: float
    skills: tuple[tuple[str, str, float], ...]  # wanted skill, nearest skill of the person (or ""), value
    need_results: tuple[tuple[str, bool, str], ...]  # code, must, result
    conditions: tuple[tuple[str, str], ...]
    distance_km: float | None
    near_offers: tuple[tuple[str, str, float], ...] = ()  # a need that must be asked about, an offer that is close to it, cosine

    @property
    def order(self) -> float:
        return round(FIT * self.fit + OCCUPATION * self.occupation + NEEDS * self.needs, 6)

    @property
    def worth_reading(self) -> bool:
        """Whether it says enough to take an advisor's time."""
        return self.fit >= LEAST_FIT or self.occupation >= NEAR_OCCUPATION

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Codes of musts the workplace says no to. Only `must` and `no` make a conflict; silence never does."""
        return tuple(code for code, must, result in self.need_results if must and result == NOT_MET)

    @property
    def eligible(self) -> bool:
        return not self.conditions and not self.conflicts


def score(person: Person, job: Job, space: Space) -> Parts:
    """All parts for one pair. The same inputs give the same numbers whatever the order of skills and needs."""
    employer_side, person_side, skills = _skills(person, job, space)
    together = employer_side + person_side
    results = tuple(need_result(need, job.offers) for need in sorted(person.needs, key=lambda need: need.code))
    distance = distance_km(person.place, job.place)
    return Parts(
        fit=_round(2 * employer_side * person_side / together) if together else 0.0,
        employer_side=_round(employer_side),
        person_side=_round(person_side),
        occupation=_occupation(person, job, space),
        needs=_needs(results),
        skills=skills,
        need_results=results,
        conditions=(*conditions(person, job, distance), *_unwished(person, job, space)),
        distance_km=distance,
        near_offers=_near_offers(results, job.offers, space),
    )


def _skills(person: Person, job: Job, space: Space) -> tuple[float, float, tuple[tuple[str, str, float], ...]]:
    """Both directions. A posting that asks for no skill is covered by anyone, and its work itself is what speaks to the person;
    a person with no skill covers nothing that is asked (docs/decisions/nothing-asked.md)."""
    held, wanted = sorted(person.skills), job.wanted
    if not wanted:
        return 1.0, _occupation(person, job, space) if job.occupation and person.wishes else UNKNOWN, ()
    near = space.near(wanted, held)
    weight = space.weight(wanted) * job.importance
    best = near.max(1) if held else np.zeros(len(wanted), np.float32)
    employer_side = float((weight * best).sum() / weight.sum())
    own = space.weight(held)
    person_side = float((own * near.max(0)).sum() / own.sum()) if held else 0.0
    pairs = tuple(
        (key, held[int(near[i].argmax())] if held and best[i] > 0 else "", _round(float(best[i]))) for i, key in enumerate(wanted)
    )
    return employer_side, person_side, pairs


def _occupation(person: Person, job: Job, space: Space) -> float:
    """How near the offered occupation lies to the nearest wish: cosine, at least 0."""
    return _round(max(0.0, space.likeness(job.occupation, sorted(person.wishes)))) if job.occupation else 0.0


def _unwished(person: Person, job: Job, space: Space) -> tuple[tuple[str, str], ...]:
    """The person has said no to work like this. It stays under "would fit if", for a person changes their mind."""
    near = job.occupation and space.likeness(job.occupation, sorted(person.not_again)) >= SIMILAR
    return (("similar", job.occupation),) if near else ()


def _near_offers(results: Sequence[tuple[str, bool, str]], offers: Mapping[str, str], space: Space) -> tuple[tuple[str, str, float], ...]:
    """For each need without an answer the nearest thing that the workplace does offer: something to ask about, never an answer."""
    found = []
    for code, _, result in results:
        if result == ASK:
            near = [(other, cosine) for other, cosine in space.near_needs.get(code, ()) if offers.get(other) in {"yes", "can"}]
            found += [(code, other, round(cosine, 3)) for other, cosine in near[:1]]
    return tuple(found)


def need_result(need: Need, offers: Mapping[str, str]) -> tuple[str, bool, str]:
    """One need against the answers: a set comparison by code, never by likeness."""
    return need.code, need.must, RESULT.get(offers.get(need.code, "unknown"), ASK)


def _needs(results: Sequence[tuple[str, bool, str]]) -> float:
    """The weakest need decides: a must counts whole, a wish by half. A need that is met changes nothing, and nobody
    loses by having told of many (docs/decisions/needs-score.md)."""
    return min((VALUE[result] if must else (1 + VALUE[result]) / 2 for _, must, result in results), default=1.0)


def conditions(person: Person, job: Job, distance: float | None) -> tuple[tuple[str, str], ...]:
    """The hard conditions that fail, both ways, each with what it failed on. What is not known never fails."""
    failed: list[tuple[str, str]] = []
    failed += [("licence", one) for one in sorted(job.licences - person.entitled)]
    if job.level and person.languages and LEVELS.index(person.languages.get(job.language, "")) < LEVELS.index(job.level):
        failed.append(("language", f"{job.language} {job.level}"))
    if distance is not None and person.travel_km is not None and distance > person.travel_km:
        failed.append(("distance", str(round(distance))))
    if _hours_apart(person, job):
        failed.append(("hours", "–".join(dict.fromkeys(str(h) for h in job.hours if h is not None))))
    if person.times and job.times and not person.times & job.times:
        failed.append(("times", ",".join(sorted(job.times))))
    if person.available_from and job.ends_on and person.available_from > job.ends_on:
        failed.append(("dates", job.ends_on.isoformat()))
    if person.kinds and job.kind not in person.kinds:
        failed.append(("kind", job.kind))
    return tuple(failed)


def _hours_apart(person: Person, job: Job) -> bool:
    least, most = job.hours
    highest = person.hours_goal or person.hours_now
    too_many = least is not None and highest is not None and least > highest
    too_few = most is not None and person.hours_now is not None and most < person.hours_now
    return too_many or too_few


def distance_km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """Great-circle distance between two (latitude, longitude) in kilometres, or None when a place is not known."""
    return None if one is None or other is None else float(distances_km(np.array([one]), other)[0])


def distances_km(ones: NDArray[np.float64], other: tuple[float, float]) -> NDArray[np.float64]:
    """From each row of `ones` (n, 2) to one place, in kilometres with one decimal."""
    lat1, lon1 = np.radians(ones).T
    lat2, lon2 = np.radians(np.array(other))
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    found: NDArray[np.float64] = np.round(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, h))), 1)
    return found


def _round(value: float) -> float:
    return round(value, 5)
