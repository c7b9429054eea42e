"""The form of NAV's pam-stilling-feed: /api/nav/v1/. A page holds the changes with its numbers and is only ever added to.

Whoever follows `next_url` from the first page sees every change once: numbers become visible in their order (search.models.changes).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_http_date_safe
from ninja import Field, Router, Schema

from employers.models import Posting
from search import queries
from search.api.own import REFUSALS, tell_when
from search.api.problems import Problem
from search.exports import nav
from search.exports.words import words_for
from search.models import PostingChange

router = Router(tags=["NAV's form"])
PER_PAGE = 100
HERE = "/api/nav/v1"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
PAGES = UUID("5f1d0c6e-9a37-4b52-8f00-000000000000").int  # a page's number in the form of an id, as their clients expect


class Page(Schema):
    """JSON Feed 1.0, with NAV's own `_feed_entry` in each item. `next_url` is null on the newest page: ask that one again."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    next_url: str | None
    id: str
    next_id: str | None
    items: list[dict[str, Any]]


class Entry(Schema):
    """`ad_content` and `json` hold the same ad, and null when it is closed. The status is ACTIVE or INACTIVE."""

    uuid: UUID
    sistEndret: str  # noqa: N815 (NAV's name)
    status: str
    title: str
    businessName: str  # noqa: N815 (NAV's name)
    ad_content: dict[str, Any] | None
    ad: dict[str, Any] | None = Field(None, alias="json")  # a name that every schema has already


@router.get(
    "/feed",
    response={200: Page, **REFUSALS},
    url_name="nav_feed",
    summary="The first page, the last, or that of a time",
)
def feed(request: HttpRequest, response: HttpResponse, last: bool = False) -> dict[str, Any]:
    """Here the header names a beginning, as NAV's does: it is taken away before anybody could answer that nothing has changed, and no
    cache on the way may answer by it."""
    response.headers["Cache-Control"] = "no-store"
    since = parse_http_date_safe(request.META.pop("HTTP_IF_MODIFIED_SINCE", ""))
    if last or since is None:
        return _page(_page_of(_head().number) if last else 1, response)
    begins = datetime.fromtimestamp(since, tz=UTC)
    found = PostingChange.objects.since(begins).first()
    return _page(_page_of((found or _head()).number), response)


@router.get(
    "/feed/{uuid:page_id}",
    response={200: Page, 404: Problem, **REFUSALS},
    url_name="nav_feed_page",
    summary="A page; ask again with ETag or If-Modified-Since",
)
def feed_page(request: HttpRequest, response: HttpResponse, page_id: UUID) -> dict[str, Any]:
    number = page_id.int - PAGES
    if not 1 <= number <= _page_of(_head().number):
        raise Http404
    return _page(number, response)


@router.get(
    "/feedentry/{uuid:posting_id}",
    response={200: Entry, 404: Problem, **REFUSALS},
    url_name="nav_feed_entry",
    summary="One ad as it is now; masked when it is closed",
    by_alias=True,
)
def feed_entry(request: HttpRequest, response: HttpResponse, posting_id: UUID) -> dict[str, Any]:
    change = PostingChange.objects.newest_of(posting_id)
    if change is None:
        raise Http404
    found = queries.fetch([posting_id])
    tell_when(response, change)
    return nav.entry(change, next(iter(found), None), words_for(found))


def _head() -> PostingChange:
    """The newest change; on an empty log one that never was."""
    return PostingChange.objects.order_by("-number").first() or PostingChange(number=1, at=NEVER)


def _page_of(change: int) -> int:
    """The number of the page that holds a change."""
    return (change - 1) // PER_PAGE + 1


def _page(number: int, response: HttpResponse) -> dict[str, Any]:
    first = (number - 1) * PER_PAGE + 1
    changes = list(PostingChange.objects.filter(number__range=(first, first + PER_PAGE - 1)).order_by("number"))
    head = _head()
    following = _id_of(number + 1) if _page_of(head.number) > number else None
    tell_when(response, head)  # what closes later is masked on this page too
    return {
        "version": "1.0",
        "title": "Ingång",
        "home_page_url": "/",
        "feed_url": f"{HERE}/feed/{_id_of(number)}",
        "description": "Open postings, oldest change first",
        "next_url": f"{HERE}/feed/{following}" if following else None,
        "id": _id_of(number),
        "next_id": following,
        "items": _items(changes),
    }


def _items(changes: Sequence[PostingChange]) -> list[dict[str, Any]]:
    opened: dict[UUID, Posting] = {one.pk: one for one in queries.fetch(list({change.posting_id for change in changes}))}
    return [nav.item(one, opened.get(one.posting_id), f"{HERE}/feedentry/{one.posting_id}") for one in changes]


def _id_of(number: int) -> str:
    return str(UUID(int=PAGES + number))
