"""Everyone and every open posting out of the database, in pieces, so that memory does not follow their number."""

import json
import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import Aggregate, Max, QuerySet, TextField, Value
from django.db.models.functions import Cast

from jobseekers.models import NeedsRecord, Profile, ProfileSkill, ProfileWish
from matching import documents
from matching.models import ListedPerson, ListedPosting, Suggestion
from matching.scoring import Job, Person

AT_ONCE = 20_000  # rows of the lists
BREAK = "\n"  # between keys of concepts, which hold none
log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # rows read, rows in all


class Joined(Aggregate):
    """All values of a group as one text: one row to fetch instead of one for each value."""

    function = "STRING_AGG"
    output_field: ClassVar = TextField()

    def __init__(self, expression: str, **extra: Any) -> None:
        super().__init__(expression, Value(BREAK), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def say(done: int, total: int) -> None:
    log.info("%d of %d people listed", done, total)


def everyone(progress: Progress = say) -> Iterator[tuple[int, Person, str]]:
    """(row, person, country) of everyone who can be matched, in ascending rows."""
    last = ListedPerson.objects.aggregate(last=Max("row"))["last"] or 0
    for start in range(0, last + 1, AT_ONCE):
        yield from _piece(start, start + AT_ONCE)
        if last >= AT_ONCE:
            progress(min(start + AT_ONCE, last), last)


FIELDS = ("listed__row", "country", "place__latitude", "place__longitude", "travel_km", "hours_now", "hours_goal", "available_from")
LISTS = ("times", "languages", "licences", "kinds")  # as text: few differ, and each is read once


def _piece(start: int, end: int) -> Iterator[tuple[int, Person, str]]:
    rows = {"listed__row__gte": start, "listed__row__lt": end}
    theirs = {f"profile__{name}": value for name, value in rows.items()}
    skills = _joined(ProfileSkill.objects.filter(**theirs), "concept_id")
    wishes = _joined(ProfileWish.objects.filter(**theirs), "concept_id")
    said_no = Suggestion.objects.filter(**theirs, no_similar=True).exclude(posting__occupation=None)
    refused = _joined(said_no, "posting__occupation_id")
    needs: dict[int, Any] = dict(NeedsRecord.objects.filter(**theirs).values_list("profile__listed__row", "sealed"))
    texts = {f"{name}_text": Cast(name, TextField()) for name in LISTS}
    found = Profile.objects.matchable().filter(**rows).order_by("listed__row").annotate(**texts)
    for row, country, lat, lon, travel, now, goal, available, *lists in found.values_list(*FIELDS, *texts).iterator(chunk_size=5000):
        times, languages, licences, kinds = lists
        person = Person(
            key="",
            skills=skills.get(row, ()),
            wishes=wishes.get(row, ()),
            needs=documents.needs_of(needs[row]["needs"]) if row in needs else (),
            place=(lat, lon) if lat is not None else None,
            travel_km=travel,
            hours_now=now,
            hours_goal=goal,
            times=_names(times),
            available_from=available,
            languages=_levels(languages),
            licences=_names(licences),
            kinds=_names(kinds),
            not_again=frozenset(refused.get(row, ())),
        )
        yield row, person, country


def _joined(held: "QuerySet[Any]", what: str) -> dict[int, tuple[str, ...]]:
    """Each person's keys by row of the lists."""
    rows = held.order_by().values_list("profile__listed__row").annotate(all=Joined(what))
    return {row: tuple(text.split(BREAK)) for row, text in rows}


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=4096)
def _levels(text: str) -> dict[str, str]:
    return {one["code"]: one["level"] for one in json.loads(text)}


def every_posting() -> Iterator[tuple[int, Job, str]]:
    """(row, posting, country of its employer) of every open one."""
    for posting in documents.postings().exclude(listed=None).order_by("listed__row").iterator(chunk_size=2000):
        yield posting.listed.row, documents.job_of(posting), posting.employer.country


def changed_people(since: int) -> Iterator[tuple[int, Person | None, str]]:
    """Those who have changed after a turn; None for who cannot be matched any more."""
    gone = set(ListedPerson.objects.filter(changed__gt=since).values_list("row", flat=True))
    for profile in documents.people().filter(listed__changed__gt=since).iterator(chunk_size=2000):
        gone.discard(profile.listed.row)
        yield profile.listed.row, documents.person_of(profile), profile.country
    yield from ((row, None, "") for row in sorted(gone))


def changed_postings(since: int) -> Iterator[tuple[int, Job | None, str]]:
    """Those that have changed after a turn; None for what is not open any more."""
    gone = set(ListedPosting.objects.filter(changed__gt=since).values_list("row", flat=True))
    for posting in documents.postings().filter(listed__changed__gt=since).iterator(chunk_size=2000):
        gone.discard(posting.listed.row)
        yield posting.listed.row, documents.job_of(posting), posting.employer.country
    yield from ((row, None, "") for row in sorted(gone))
