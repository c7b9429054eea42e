"""The form of JobTech's JobStream: what is open now, and what has changed since; both as one long list."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Field, Query, Router, Schema

from employers.models import Posting
from search import queries
from search.api.jobtech import Codes, Moment
from search.api.own import REFUSALS
from search.engine import aware
from search.exports import jobtech
from search.exports.codes import within
from search.exports.words import words_for
from search.models import PostingChange

router = Router(tags=["JobTech's form"])
CHUNK = 200
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
    condition = asked.condition()
    return _long_list(_narrowed(newest, condition, since) if condition else _ads(list(newest), newest))


@router.get(
    "/snapshot", response={200: list[dict[str, Any]], **REFUSALS}, url_name="jobtech_snapshot", summary="Everything that is open now"
)
def snapshot(request: HttpRequest, asked: Query[Narrowed]) -> HttpResponse:
    opened = Posting.objects.open().filter(asked.condition())
    ids = list(opened.order_by("status__published_at", "pk").values_list("pk", flat=True))
    head = PostingChange.objects.order_by("-number").values_list("number", flat=True).first()
    answer = _long_list(_ads(ids, {}))
    answer.headers["ETag"] = f'W/"{head or 0}-{len(ids)}"'
    return answer


def _narrowed(changes: dict[UUID, PostingChange], condition: Q, since: datetime) -> Iterator[dict[str, Any]]:
    """What fits; and of what is open and does not, an end for whoever may have it from before."""
    ids = list(changes)
    for first in range(0, len(ids), CHUNK):
        some = ids[first : first + CHUNK]
        opened = Posting.objects.open().filter(pk__in=some)
        outside = set(opened.values_list("pk", flat=True)) - set(opened.filter(condition).values_list("pk", flat=True))
        known = PostingChange.objects.filter(posting_id__in=outside, at__lt=since, active=True)
        yield from _ads([pk for pk in some if pk not in outside], changes)
        yield from (jobtech.tombstone(changes[pk]) for pk in sorted(set(known.values_list("posting_id", flat=True))))


def _ads(ids: Sequence[UUID], changes: dict[UUID, PostingChange]) -> Iterator[dict[str, Any]]:
    """Those that are open as ads, the others by what the log says of them."""
    for first in range(0, len(ids), CHUNK):
        some = ids[first : first + CHUNK]
        page = queries.fetch(some)
        words = words_for(page)
        opened = {one.pk for one in page}
        yield from (jobtech.ad(one, words) for one in page)
        yield from (jobtech.tombstone(changes[pk]) for pk in some if pk in changes and pk not in opened)


def _long_list(rows: Iterator[dict[str, Any]]) -> HttpResponse:
    """A JSON list that is never whole in memory."""
    return StreamingHttpResponse(_pieces(rows), content_type="application/json")  # type: ignore[return-value] # ninja passes it on


def _pieces(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "]" if before != "[" else "[]"
