"""The engine: everyone scored exactly for one posting, or every open posting for one person; ordered, with reasons.

Reads only. What it finds is stored by `matching.actions`. Nobody is left out by a cut-off: the index scores everyone; the best are
read from the database once more and scored pair by pair. Who fails a hard condition, or meets a "no" on a must, is kept under
"would fit if".
"""

import secrets
import time
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from employers.models import Posting
from jobseekers.models import Profile
from matching import index, scoring
from matching.documents import job_of, keyed, people, person_of, postings, profile_hash
from matching.index import Near, World, catalogue_hash, world
from matching.models import Interest, ListedPerson, ListedPosting, Suggestion
from matching.scoring import Job, Parts, Person
from matching.scoring.picking import tie_of

__all__ = [
    "Found",
    "Pair",
    "Result",
    "World",
    "catalogue_hash",
    "for_posting",
    "for_profile",
    "job_of",
    "one",
    "people",
    "person_of",
    "postings",
    "profile_hash",
    "profile_hashes",
    "world",
]

MOST_SUGGESTED = 50  # kept per run as suggestions to read, and as many that would fit if; everyone is scored and ordered

Pair = tuple[uuid.UUID, uuid.UUID]  # posting, profile


@dataclass(frozen=True)
class Found:
    """One pair that is worth reading, with everything a suggestion stores. `tie` decides between equals: chance, from the run's seed."""

    profile_id: uuid.UUID
    posting_id: uuid.UUID
    parts: Parts
    sealed: dict[str, Any]
    profile_hash: str
    posting_hash: str
    tie: uuid.UUID

    @property
    def pair(self) -> Pair:
        return (self.posting_id, self.profile_id)


@dataclass(frozen=True)
class Result:
    """One run: what it read, and what it found, best first. `members`: who was eligible, see `index.Near`."""

    encoder: str
    vocabulary: str
    catalogue: str
    inputs_hash: str
    seed: int
    scored: int
    eligible: int
    members: bytes
    found: tuple[Found, ...]
    subject: str  # hash of the posting or the person that the run is for
    took_ms: int | None = None  # of the scoring; None: not measured


def for_posting(posting: Posting, *, seed: int | None = None) -> Result:
    """Everyone against one posting. Shapes: one Found per person worth reading, those that fit first, ordered by `Parts.order`.

    The same seed orders equals alike. Raises EncoderUnavailable.
    """
    began, here, seed = time.perf_counter(), world(), _drawn(seed)
    wanted = _wanted(posting)
    near = index.chosen().people_for(wanted.job, posting.employer.country, here, most=MOST_SUGGESTED, seed=seed)
    asked = _asked_for(posting=posting)
    listed = ListedPerson.objects.filter(Q(row__in=near.rows) | Q(profile__in=[profile_id for _, profile_id in asked]))
    ids = dict(listed.values_list("row", "profile_id"))
    pairs = [_pair(wanted, ids[row], person, here, tie_of(row, seed)) for row, person, _ in index.these(list(ids))]
    return _result(here, near, seed, _kept(pairs, asked), wanted.hash, began)


def for_profile(profile: Profile, *, seed: int | None = None) -> Result:
    """One person against every open posting: the same numbers as `for_posting` gives for the pair. Raises EncoderUnavailable."""
    began, here, seed = time.perf_counter(), world(), _drawn(seed)
    person = person_of(profile)
    near = index.chosen().postings_for(person, profile.country, here, most=MOST_SUGGESTED, seed=seed)
    asked = _asked_for(profile=profile)
    ids = {*ListedPosting.objects.filter(row__in=near.rows).values_list("posting_id", flat=True), *(pair[0] for pair in asked)}
    pairs = [_pair(_wanted(posting), profile.pk, person, here, _tie(posting, seed)) for posting in postings().filter(pk__in=ids)]
    return _result(here, near, seed, _kept(pairs, asked), profile_hash(person), began)


def one(posting: Posting, profile: Profile) -> Found:
    """One pair that somebody looks at outside the list, whatever the countries: as a run scores it. Raises EncoderUnavailable."""
    return _pair(_wanted(posting), profile.pk, person_of(profile), world(), uuid.uuid4())


def profile_hashes(profile_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What scoring reads of these people now, hashed; without those whom it does not score any more."""
    ids = dict(ListedPerson.objects.filter(profile__in=profile_ids).values_list("row", "profile_id"))
    return {ids[row]: profile_hash(person) for row, person, _ in index.these(list(ids))}


def _asked_for(**side: Any) -> set[Pair]:
    """(posting, profile) of every "I am interested" of one side, and of what an advisor chose by hand."""
    said, chosen = Interest.objects.filter(**side), Suggestion.objects.live().filter(**side, by_hand=True)
    return {pair for found in (said, chosen) for pair in found.values_list("posting_id", "profile_id")}


def _drawn(seed: int | None) -> int:
    return secrets.randbits(63) if seed is None else seed


def _tie(posting: Posting, seed: int) -> uuid.UUID:
    """What is in no list yet, and was asked for, comes last among equals."""
    listed = getattr(posting, "listed", None)
    return tie_of(listed.row, seed) if listed else uuid.UUID(int=(1 << 128) - 1)


def _result(here: World, near: Near, seed: int, kept: list[Found], subject: str, began: float) -> Result:
    inputs = sorted({subject} | {pair.posting_hash for pair in kept} | {pair.profile_hash for pair in kept})
    whole = [*here.version, scoring.WEIGHTS_VERSION, near.scored, near.said.hex(), *inputs]
    return Result(
        encoder=here.encoder,
        vocabulary=here.vocabulary,
        catalogue=here.catalogue,
        inputs_hash=keyed(whole),
        seed=seed,
        scored=near.scored,
        eligible=near.eligible,
        members=near.members,
        found=tuple(kept),
        subject=subject,
        took_ms=round(1000 * (time.perf_counter() - began)),
    )


def _kept(pairs: Iterable[Found], asked: set[Pair]) -> list[Found]:
    """What is worth an advisor's time, best first: those that fit, then "would fit if". What a person asked for is always kept."""
    kept, room = [], {True: MOST_SUGGESTED, False: MOST_SUGGESTED}
    for pair in sorted(pairs, key=lambda pair: (not pair.parts.eligible, -pair.parts.order, pair.tie)):
        wanted = pair.pair in asked
        if wanted or (pair.parts.worth_reading and room[pair.parts.eligible] > 0):
            room[pair.parts.eligible] -= not wanted
            kept.append(pair)
    return kept


@dataclass(frozen=True)
class _Wanted:
    """A posting as it is scored, read once for everyone."""

    posting_id: uuid.UUID
    job: Job
    hash: str


def _wanted(posting: Posting) -> _Wanted:
    return _Wanted(posting.pk, job_of(posting), posting.content_hash())


def _pair(wanted: _Wanted, profile_id: uuid.UUID, person: Person, here: World, tie: uuid.UUID) -> Found:
    parts = scoring.score(person, wanted.job, here.space)
    return Found(
        profile_id=profile_id,
        posting_id=wanted.posting_id,
        parts=parts,
        sealed={"parts": dict(vars(parts)), **scoring.reasons_of(parts, person, wanted.job)},
        profile_hash=profile_hash(person),
        posting_hash=wanted.hash,
        tie=tie,
    )
