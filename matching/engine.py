"""The engine: everyone scored exactly for one posting, or every open posting for one person; ordered, with reasons.

Reads only. What it finds is stored by `matching.actions`. Nobody is left out by a cut-off: who fails a hard
condition, or meets a "no" on a must, is kept under "would fit if".
"""

import hashlib
import hmac
import json
import secrets
import time
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count, Prefetch, Q

from employers.models import Posting
from jobseekers.models import Profile
from matching import scoring
from matching.models import Interest, Suggestion
from matching.scoring import Job, Need, Parts, Person, Space
from taxonomy.linker import Vocabulary, current
from taxonomy.models import Need as CatalogueNeed
from taxonomy.models import OccupationSkill

MOST_SUGGESTED = 50  # kept per run as suggestions to read; everyone is scored and ordered
LEAST_FIT = 0.15  # below this, and without a near occupation, a pair says nothing worth an advisor's time


Pair = tuple[uuid.UUID, uuid.UUID]  # posting, profile


@dataclass(frozen=True)
class Found:
    """One pair that is worth reading, with everything a suggestion stores."""

    profile_id: uuid.UUID
    posting_id: uuid.UUID
    parts: Parts
    sealed: dict[str, Any]
    profile_hash: str
    posting_hash: str
    tie: uuid.UUID  # order among equals: the same for the same seed

    @property
    def pair(self) -> Pair:
        return (self.posting_id, self.profile_id)


@dataclass(frozen=True)
class Result:
    """One run: what it read, and what it found, best first."""

    encoder: str
    vocabulary: str
    catalogue: str
    inputs_hash: str
    scored: int
    found: tuple[Found, ...]
    seed: int = 0
    eligible: int = 0
    members: bytes = b""
    took_ms: int | None = None


@dataclass(frozen=True)
class World:
    """What a run reads beside the two sides: the vocabulary as a space, and its versions."""

    space: Space
    encoder: str
    vocabulary: str
    catalogue: str


def world() -> World:
    """The space of all concepts. Raises EncoderUnavailable: no match rather than a wrong match."""
    known = current()
    return World(_space(known), known.encoder.name, str(known.release), catalogue_hash())


_SPACES: dict[int, tuple[Vocabulary, Space]] = {}  # of the vocabulary in use; it is held too, so that its id stays its own


def _space(known: Vocabulary) -> Space:
    held = _SPACES.get(id(known))
    if held is None:
        _SPACES.clear()
        held = _SPACES[id(known)] = (known, _build_space(known))
    return held[1]


def _build_space(known: Vocabulary) -> Space:
    used = dict(OccupationSkill.objects.values_list("skill_id").annotate(n=Count("pk")))
    total = OccupationSkill.objects.values("occupation_id").distinct().count()
    idf = np.array([np.log((total + 2) / (used.get(key, 0) + 1)) for key in known.keys], np.float32)
    return Space(known.keys, known.centroids, np.maximum(idf, np.float32(0.1)))


def catalogue_hash() -> str:
    codes = list(CatalogueNeed.objects.order_by("code").values_list("code", "label_sv", "label_nb", "label_en"))
    return hashlib.sha256(json.dumps(codes).encode()).hexdigest()[:16]


def for_posting(posting: Posting, *, seed: int | None = None) -> Result:
    """Everyone against one posting. Shapes: one Found per person worth reading, ordered by `Parts.order`."""
    return _run([posting], people(), seed)


def for_profile(profile: Profile, *, seed: int | None = None) -> Result:
    """One person against every open posting: the same numbers as `for_posting` gives for the pair."""
    return _run(Posting.objects.open().whole(), people().filter(pk=profile.pk), seed)


def one(posting: Posting, profile: Profile) -> Found:
    """One pair that somebody looks at outside the list, whatever the countries. Raises EncoderUnavailable."""
    return _pair(posting, job_of(posting), profile, person_of(profile), world(), secrets.randbits(63))


def people() -> Any:
    """Everyone the engine scores, with what it reads."""
    said_no = Prefetch("suggestions", Suggestion.objects.filter(no_similar=True).select_related("posting"), to_attr="said_no")
    return Profile.objects.matchable().select_related("place", "needs_record").prefetch_related("skills", "wishes", said_no)


def _run(postings: Iterable[Posting], profiles: Iterable[Profile], seed: int | None) -> Result:
    began, here = time.perf_counter(), world()
    seed = secrets.randbits(63) if seed is None else seed
    jobs = [(posting, job_of(posting)) for posting in postings]
    persons = [(profile, person_of(profile)) for profile in profiles]
    asked = _asked_for(jobs, persons)
    pairs = [
        _pair(posting, job, profile, person, here, seed)
        for posting, job in jobs
        for profile, person in persons
        if posting.employer.country == profile.country or (posting.pk, profile.pk) in asked
    ]
    kept = _kept(pairs, asked)
    inputs = sorted({pair.posting_hash for pair in pairs} | {pair.profile_hash for pair in pairs})
    eligible = sum(pair.parts.eligible for pair in pairs)
    took = round(1000 * (time.perf_counter() - began))
    return Result(here.encoder, here.vocabulary, here.catalogue, _keyed(inputs), len(pairs), tuple(kept), seed, eligible, b"", took)


def _kept(pairs: list[Found], asked: set[Pair]) -> list[Found]:
    """What is worth an advisor's time, best first: those that fit, then "would fit if". What a person asked for is always kept."""
    ordered = sorted(pairs, key=lambda pair: (not pair.parts.eligible, -pair.parts.order, pair.tie))
    kept, room = [], {True: MOST_SUGGESTED, False: MOST_SUGGESTED}
    for pair in ordered:
        wanted = pair.pair in asked
        if wanted or (_worth_reading(pair.parts) and room[pair.parts.eligible] > 0):
            room[pair.parts.eligible] -= not wanted
            kept.append(pair)
    return kept


def _asked_for(jobs: list[tuple[Posting, Job]], persons: list[tuple[Profile, Person]]) -> set[Pair]:
    """(posting, profile) of every "I am interested" between the two sides, and of what an advisor chose; asked by the shorter one."""
    if len(jobs) <= len(persons):
        side = Q(posting__in=[posting.pk for posting, _ in jobs])
    else:
        side = Q(profile__in=[profile.pk for profile, _ in persons])
    said, chosen = Interest.objects.filter(side), Suggestion.objects.live().filter(side, by_hand=True)
    return {pair for found in (said, chosen) for pair in found.values_list("posting_id", "profile_id")}


def _worth_reading(parts: Parts) -> bool:
    return parts.fit >= LEAST_FIT or parts.occupation >= scoring.THRESHOLD


def _pair(posting: Posting, job: Job, profile: Profile, person: Person, here: World, seed: int) -> Found:
    parts = scoring.score(person, job, here.space)
    return Found(
        profile_id=profile.pk,
        posting_id=posting.pk,
        parts=parts,
        sealed={"parts": asdict(parts), **scoring.reasons_of(parts, person, job)},
        profile_hash=profile_hash(person),
        posting_hash=posting.content_hash(),
        tie=_tie(seed, profile, posting),
    )


def _tie(seed: int, profile: Profile, posting: Posting) -> uuid.UUID:
    """Neither the id nor the age of a record decides among equals."""
    return uuid.UUID(bytes=hashlib.blake2b(f"{seed}:{profile.index_id}:{posting.pk}".encode(), digest_size=16).digest())


def person_of(profile: Profile) -> Person:
    """A profile as scoring reads it. The needs are opened here, in memory, and nowhere else in the engine."""
    record = getattr(profile, "needs_record", None)
    needs = record.needs if record else {}
    return Person(
        key=str(profile.index_id),
        skills=tuple(skill.concept_id for skill in profile.skills.all()),
        wishes=tuple(wish.concept_id for wish in profile.wishes.all()),
        needs=tuple(
            Need(code, need["importance"] == "must", need.get("parameter", ""))
            for code, need in sorted(needs.items())
            if need["importance"] in {"must", "helps"}
        ),
        place=(profile.place.latitude, profile.place.longitude) if profile.place else None,
        travel_km=profile.travel_km,
        hours_now=profile.hours_now,
        hours_goal=profile.hours_goal,
        times=frozenset(profile.times),
        available_from=profile.available_from,
        languages={one["code"]: one["level"] for one in profile.languages},
        licences=frozenset(profile.licences),
        kinds=frozenset(profile.kinds),
        not_again=frozenset(one.posting.occupation_id for one in _said_no(profile) if one.posting.occupation_id),
    )


def _said_no(profile: Profile) -> Iterable[Suggestion]:
    """Suggestions that the person answered with "no, and nothing like it"; fetched along by `people`."""
    fetched: Iterable[Suggestion] | None = getattr(profile, "said_no", None)
    return fetched if fetched is not None else profile.suggestions.filter(no_similar=True).select_related("posting")


def job_of(posting: Posting) -> Job:
    """A posting as scoring reads it."""
    place = posting.workplace.place if posting.workplace else None
    wanted = [(one["key"], one["importance"] == "must") for one in posting.skills]
    return Job(
        key=str(posting.pk),
        kind=posting.kind,
        language=posting.language,
        musts=tuple(key for key, must in wanted if must),
        goods=tuple(key for key, must in wanted if not must),
        occupation=posting.occupation_id or "",
        offers={code: offer["answer"] for code, offer in posting.offers.items()},
        place=(place.latitude, place.longitude) if place else None,
        hours=(posting.hours_min, posting.hours_max),
        times=frozenset(posting.times),
        starts_on=posting.starts_on,
        ends_on=posting.last_day,
        level=posting.language_level,
        licences=frozenset(posting.licences),
    )


def profile_hash(person: Person) -> str:
    """HMAC over everything scoring read of a person: a plain hash of needs could be guessed back."""
    whole = asdict(person) | {
        name: sorted(getattr(person, name)) for name in ("times", "licences", "kinds", "skills", "wishes", "not_again")
    }
    return _keyed(whole)


def _keyed(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
