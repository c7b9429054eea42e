"""What the engine reads of a person and of a posting: the only things that lists and index can hold."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from employers.models import Posting
from employers.models.postings import HASHED
from jobseekers.models import Profile
from matching.models import Suggestion
from matching.scoring import Job, Need, Person

READ = (*HASHED, "employer__country", "workplace__place__latitude", "workplace__place__longitude", "listed__row")
IN_ANY_ORDER = ("times", "licences", "kinds", "skills", "wishes", "not_again")


def people() -> Any:
    """Everyone whom the engine scores, with what it reads."""
    said_no = Prefetch("suggestions", Suggestion.objects.filter(no_similar=True), to_attr="said_no")
    whole = Profile.objects.matchable().select_related("place", "needs_record", "listed")
    return whole.prefetch_related("skills", "wishes", said_no)


def postings() -> Any:
    """Every posting that people can be suggested for, with what the engine reads."""
    return Posting.objects.open().select_related("employer", "workplace__place", "listed").only(*READ)


def person_of(profile: Profile) -> Person:
    """A profile as scoring reads it. The needs are opened here, in memory, and nowhere else in the engine."""
    record = getattr(profile, "needs_record", None)
    return Person(
        key=str(profile.index_id),
        skills=tuple(skill.concept_id for skill in profile.skills.all()),
        wishes=tuple(wish.concept_id for wish in profile.wishes.all()),
        needs=needs_of(record.needs if record else {}),
        place=(profile.place.latitude, profile.place.longitude) if profile.place else None,
        travel_km=profile.travel_km,
        hours_now=profile.hours_now,
        hours_goal=profile.hours_goal,
        times=frozenset(profile.times),
        available_from=profile.available_from,
        languages={one["code"]: one["level"] for one in profile.languages},
        licences=frozenset(profile.licences),
        kinds=frozenset(profile.kinds),
        not_again=frozenset(one.unwished_id for one in _said_no(profile) if one.unwished_id),
    )


def needs_of(told: dict[str, dict[str, Any]]) -> tuple[Need, ...]:
    """What a needs record says, as scoring reads it: without what the person says they do not need."""
    return tuple(
        Need(code, need["importance"] == "must", need.get("parameter", ""))
        for code, need in sorted(told.items())
        if need["importance"] in {"must", "helps"}
    )


def _said_no(profile: Profile) -> Iterable[Suggestion]:
    """Suggestions that the person answered with "no, and nothing like it"; fetched along by `people`."""
    fetched: Iterable[Suggestion] | None = getattr(profile, "said_no", None)
    return fetched if fetched is not None else profile.suggestions.filter(no_similar=True)


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
        ends_on=_end_of(posting),
        level=posting.language_level,
        licences=frozenset(posting.licences),
    )


def _end_of(posting: Posting) -> date | None:
    """The last day of the work, where both its start and its length are told. The last day to apply says nothing of it."""
    return posting.starts_on + timedelta(weeks=posting.weeks_max) if posting.starts_on and posting.weeks_max else None


def profile_hash(person: Person) -> str:
    """HMAC over everything scoring read of a person: a plain hash of needs could be guessed back."""
    whole = vars(person) | {name: sorted(getattr(person, name)) for name in IN_ANY_ORDER}
    return keyed(whole | {"needs": [vars(need) for need in person.needs]})


def keyed(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
