"""Our own form: /api/v1/. The filters are those of the browse page, checked more strictly."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from employers.models import Posting
from search import queries
from search.api.doors import Refused
from search.api.problems import Gone, Problem
from search.exports import own
from search.exports.words import words_for
from search.forms import LONGEST, filters_of
from search.models import PostingChange
from taxonomy.models import Need
from taxonomy.queries import places_like

router = Router(tags=["Own form"])
Text = Annotated[str, StringConstraints(max_length=LONGEST, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z]+\.[a-z0-9_]+$")]
Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
Labels = dict[str, str]
REFUSALS: dict[int, Any] = {400: Problem, 422: Problem, 429: Problem, 500: Problem, 503: Problem}


class Asked(Schema):
    """What may be asked of the list."""

    q: Text = Field("", description="Words; every word must be found, in any form, in any of the three languages.")
    kind: list[Literal["trial", "job", "apprenticeship", "activity"]] = Field([], max_length=4)
    field: str = Field("", pattern=r"^([0-9]{2})?$", description="The first two digits of ISCO-08.")
    place: Text = Field("", description="A name from /api/v1/places.")
    km: int = Field(30, ge=1, le=500, description="Distance from the place.")
    hours_from: int | None = Field(None, ge=1, le=60, description="Hours a week, at least.")
    hours_to: int | None = Field(None, ge=1, le=60, description="Hours a week, at most.")
    level: Level | None = Field(None, description="The highest level of the working language that a person has.")
    offer: list[Code] = Field([], max_length=60, description="Codes from /api/v1/needs: what the workplace has in place or can arrange.")
    evidence: Literal["visited", "shown"] | None = Field(None, description="The offers are at least this sure.")
    time: list[Literal["day", "evening", "night", "weekend"]] = Field([], max_length=4, description="Any of these times of day.")
    licence: Literal["none", "B"] | None = Field(None, description="Needs no licence, or a car licence at most.")
    no_licence: Literal["1"] | None = None
    anyone: Literal["1"] | None = Field(None, description="Open to people who have no advisor yet.")
    start: date | None = Field(None, description="The latest day on which the work may begin.")
    sort: Literal["newest", "nearest", "best"] | None = Field(None, description="Best fit where words are asked for, else newest.")
    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(20, ge=1, le=100)


class PlaceOut(Schema):
    name: str
    municipality: str
    municipality_code: str
    country: Literal["SE", "NO"]
    latitude: float
    longitude: float


class WorkplaceOut(Schema):
    street: str
    directions: str
    place: PlaceOut | None


class OccupationOut(Schema):
    key: str
    isco: str
    labels: Labels


class SkillOut(Schema):
    key: str
    importance: Literal["must", "good"]
    labels: Labels


class OfferOut(Schema):
    need: str
    answer: Literal["yes", "can", "no"]
    how: str
    evidence: str


class Span(Schema):
    least: int | None
    most: int | None


class PostingOut(Schema):
    id: UUID
    url: str
    kind: str
    language: str
    title: str
    tasks: str
    day: str
    employer: str
    workplace: WorkplaceOut | None
    occupation: OccupationOut | None
    hours_a_week: Span
    weeks: Span
    times: list[str]
    starts_on: date | None
    places: int | None
    last_day: date | None
    skills: list[SkillOut]
    language_level: str
    licences: list[str]
    supervisor: bool
    offers: list[OfferOut]
    leads_to_job: str
    pay: str
    agreement: str
    published_at: datetime | None
    imported: bool


class PageOut(Schema):
    total: int
    page: int
    pages: int
    next: str | None
    postings: list[PostingOut]


class NeedOut(Schema):
    code: str
    group: str
    icf: str
    labels: Labels


@router.get("/postings", response={200: PageOut, 404: Problem, **REFUSALS}, url_name="api_postings", summary="Open postings, filtered")
def postings(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    filters = filters_of(request.GET)
    if asked.place.strip() and filters.place is None:
        raise Refused(404, "There is no such place. Those that there are: /api/v1/places.")
    first = (asked.page - 1) * asked.per_page
    ids = queries.ordered(filters, (first, asked.per_page))
    pages = max(1, -(-len(ids) // asked.per_page))
    found = queries.fetch(ids[first : first + asked.per_page])
    words = words_for(found)
    following = _page(request, asked.page + 1) if asked.page < pages else None
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return {
        "total": len(ids),
        "page": asked.page,
        "pages": pages,
        "next": following,
        "postings": [own.posting(one, words) for one in found],
    }


def _page(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"{settings.PUBLIC_URL}{request.path}?{asked.urlencode()}"


@router.get(
    "/postings/{uuid:posting_id}",
    response={200: PostingOut, 404: Problem, 410: Gone, **REFUSALS},
    url_name="api_posting",
    summary="One posting; 410 when it is closed",
)
def posting(request: HttpRequest, response: HttpResponse, posting_id: UUID) -> dict[str, Any]:
    found = queries.fetch([posting_id])
    if not found:
        raise refused(posting_id)
    tell_when(response, PostingChange.objects.newest_of(posting_id))
    return own.posting(found[0], words_for(found))


def tell_when(response: HttpResponse, change: PostingChange | None) -> None:
    """Last-Modified. Not in the same second: another change in it would carry the same date."""
    if change and timezone.now() - change.at > timedelta(seconds=1):
        response.headers["Last-Modified"] = http_date(change.at.timestamp())


def refused(posting_id: UUID) -> Refused:
    """Of a posting that is not open: 410 when it was public, 404 when it never was."""
    if not Posting.objects.was_public().filter(pk=posting_id).exists():
        return Refused(404, "There is no such posting.")
    change = PostingChange.objects.newest_of(posting_id)
    return Refused(410, "The posting is closed.", id=str(posting_id), closed_at=change.at.isoformat() if change else None)


@router.get("/needs", response={200: list[NeedOut], **REFUSALS}, url_name="api_needs", summary="What a workplace may be asked to offer")
def needs(request: HttpRequest) -> list[dict[str, Any]]:
    return [own.need(one) for one in Need.objects.all()]


@router.get("/places", response={200: list[PlaceOut], **REFUSALS}, url_name="api_places", summary="Places whose name begins like this")
def places(request: HttpRequest, q: Text, country: Literal["SE", "NO", ""] = "") -> list[dict[str, Any]]:
    return [own.place(one) for one in places_like(q, country=country, most=50)]
