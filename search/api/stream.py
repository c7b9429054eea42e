"""The form of JobTech's JobStream: what is open now, and what has changed since; both as one long list."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Field, Query, Router, Schema

from employers.models import Posting
from search.api.jobtech import Codes, Moment
from search.api.own import REFUSALS
from search.engine import aware
from search.exports import jobtech
from search.exports.codes import within
from search.exports.lines import AT_ONCE, Names, every, these
from search.models import PostingChange

router = Router(tags=["JobTech's form"])
WRITE = json.JSONEncoder(ensure_ascii=False).encode
# A change can be read a moment after the time that stands on it: what is nearly as old as asked for is told once more.
OVERLAP = timedelta(seconds=30)


class Narrowed(Schema):
    """Whoever asks for a part of the postings; several codes of one sort widen each other."""

    places: Codes = Field([], alias="location-concept-id", description="Municipalities, regions or countries, as in /search.")
    work: Codes = Field([], alias="occupation-concept-id", description="Occupations, groups or fields, as in /search.")

    def condition(self) -> Q:
        return within(self.places, self.work)


class Asked(Narrowed):
    date: Moment = Field(description="Changes from this time on, a few seconds more rather than less.")
    before: Moment | None = Field(None, alias="updated-before-date")


@router.get(
    "/stream",
    response={200: list[dict[str, Any]], **REFUSALS},
    url_name="jobtech_stream",
    summary="What has changed since; what is closed, or no longer asked for, as {id, removed: true}",
)
def stream(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    since = aware(asked.date) - OVERLAP
    found = PostingChange.objects.since(since, aware(asked.before) if asked.before else None)
    newest = {change.posting_id: change for change in found.iterator()}
    answer = _long_list(_changed(newest, asked.condition(), since))
    answer.headers["ETag"] = f'W/"{_head()}-{len(newest)}"'
    return answer


@router.get(
    "/snapshot", response={200: list[dict[str, Any]], **REFUSALS}, url_name="jobtech_snapshot", summary="Everything that is open now"
)
def snapshot(request: HttpRequest, asked: Query[Narrowed]) -> HttpResponse:
    condition = asked.condition()
    answer = _long_list(_everything(condition))
    answer.headers["ETag"] = f'W/"{_head()}-{Posting.objects.open().filter(condition).count()}"'
    return answer


def _head() -> int:
    """The number of the last change."""
    return PostingChange.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _everything(condition: Q) -> Iterator[list[dict[str, Any]]]:
    names = Names(jobtech.LANGUAGE)
    return (jobtech.ads(lines, names) for lines in every(condition))


def _changed(changes: dict[UUID, PostingChange], condition: Q, since: datetime) -> Iterator[list[dict[str, Any]]]:
    """What is open and asked for as ads, and what is closed by what the log says of it. What is open and not asked for gets an end too,
    if anyone may have it from before."""
    names, ids = Names(jobtech.LANGUAGE), list(changes)
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        lines = these(some)
        opened = {one.pk for one in lines}
        fit = set(Posting.objects.filter(condition, pk__in=some).values_list("pk", flat=True)) if condition else opened
        known = PostingChange.objects.filter(posting_id__in=opened - fit, at__lt=since, active=True)
        ended = {pk for pk in some if pk not in opened} | set(known.values_list("posting_id", flat=True) if opened - fit else ())
        yield jobtech.ads([one for one in lines if one.pk in fit], names) + [jobtech.tombstone(changes[pk]) for pk in some if pk in ended]


def _long_list(pieces: Iterator[list[dict[str, Any]]]) -> HttpResponse:
    """A JSON list that is never whole in memory."""
    return StreamingHttpResponse(_written(pieces), content_type="application/json")  # type: ignore[return-value] # ninja passes it on


def _written(pieces: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    """A piece at a time: a write for each ad would take the server longer than the ad."""
    before = "["
    for piece in pieces:
        if piece:
            yield before + ",\n".join(map(WRITE, piece))
            before = ",\n"
    yield "]" if before != "[" else "[]"
