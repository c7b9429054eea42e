"""The form of JobTech's JobSearch: /api/jobtech/search and /ad. A parameter that is not known is ignored, as there."""

import hashlib
import json
import re
import time
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import BeforeValidator, StringConstraints

from search.api.own import REFUSALS, Text, refused, tell_when
from search.api.problems import Gone, Problem
from search.engine import CODES, Question, chosen, counted, positions
from search.exports import jobtech
from search.exports.lines import Names, these
from search.models import PostingChange


def not_a_number(given: object) -> object:
    """The contract says date-time: seconds since 1970, which would be understood too, are not meant."""
    if isinstance(given, str) and NUMBER.fullmatch(given):
        raise ValueError("a date and a time are wanted")
    return given


router = Router(tags=["JobTech's form"])
NUMBER = re.compile(r"\s*[+-]?[0-9_]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?\s*")
MOST_OFFSET = 2_000
THEIRS, BUT = "JobTech's concept", "with a minus before it all but this"
Code = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Codes = Annotated[list[Code], Field(max_length=50)]
Point = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,2}(\.[0-9]{1,12})?,-?[0-9]{1,3}(\.[0-9]{1,12})?$")]
Moment = Annotated[datetime, BeforeValidator(not_a_number)]
Minutes = Annotated[int, Field(ge=0, le=10_000_000)]


class Asked(Schema):
    """What may be asked, in JobTech's names."""

    q: Text = ""
    offset: int = Field(0, ge=0, le=MOST_OFFSET)
    limit: int = Field(10, ge=0, le=100)
    sort: str = Field("pubdate-desc", pattern="^(relevance|pubdate-desc|pubdate-asc|applydate-desc|applydate-asc|updated)$")
    occupation_name: Codes = Field([], alias="occupation-name", description=f"concept_id of an occupation: ours, ESCO's or {THEIRS}.")
    occupation_group: Codes = Field([], alias="occupation-group", description=f"ISCO-08, four digits, or {THEIRS}.")
    occupation_field: Codes = Field([], alias="occupation-field", description=f"ISCO-08, two digits, or {THEIRS}.")
    employment_type: Codes = Field([], alias="employment-type", description=f"Of trial, job, apprenticeship, activity, or {THEIRS}.")
    worktime_extent: Codes = Field([], alias="worktime-extent", description=f"Full or part time: {THEIRS}.")
    municipality: Codes = Field([], description=f"A municipality's code, or {THEIRS}; {BUT}.")
    region: Codes = Field([], description=f"The first two digits of a municipality's code, or {THEIRS}; {BUT}.")
    country: Codes = Field([], description=f"SE, NO, or {THEIRS}.")
    position: Point | None = Field(None, description="Latitude and longitude with a comma between.")
    radius: int = Field(5, ge=1, le=500, alias="position.radius", description="Kilometres.")
    after: Minutes | Moment | None = Field(
        None, alias="published-after", union_mode="left_to_right", description="A time, or minutes before now."
    )
    before: Moment | None = Field(None, alias="published-before")
    stats: Codes = Field([], description="Any of occupation-name, occupation-group, occupation-field, municipality, region.")
    stats_limit: int = Field(5, ge=0, le=30, alias="stats.limit")

    def question(self) -> Question:
        after = timezone.now() - timedelta(minutes=self.after) if isinstance(self.after, int) else self.after
        latitude, _, longitude = (self.position or "").partition(",")
        return Question(
            words=self.q,
            kinds=self.employment_type,
            occupations=self.occupation_name,
            groups=self.occupation_group,
            fields=self.occupation_field,
            municipalities=self.municipality,
            regions=self.region,
            countries=self.country,
            extents=self.worktime_extent,
            point=(float(latitude), float(longitude)) if self.position else None,
            km=self.radius,
            after=after,
            before=self.before,
            sort=self.sort,
        )


class Total(Schema):
    value: int


class Found(Schema):
    total: Total
    positions: int
    query_time_in_millis: int
    result_time_in_millis: int
    stats: list[dict[str, Any]]
    freetext_concepts: dict[str, list[str]]
    hits: list[dict[str, Any]]


@router.get("/search", response={200: Found, **REFUSALS}, url_name="jobtech_search", summary="Ads, as JobSearch answers")
def search(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """The times that it took are no part of its version."""
    began = time.monotonic()
    ids = chosen(asked.question())
    queried = time.monotonic()
    page = these(ids[asked.offset : asked.offset + asked.limit])
    found = {
        "total": {"value": len(ids)},
        "positions": positions(ids),
        "stats": [{"type": name, "values": counted(ids, name, asked.stats_limit)} for name in asked.stats if name in CODES],
        "freetext_concepts": {},
        "hits": jobtech.ads(page, Names(jobtech.LANGUAGE)),
    }
    response.headers["ETag"] = f'W/"{hashlib.sha256(json.dumps(found).encode()).hexdigest()[:32]}"'
    times = {"query_time_in_millis": queried - began, "result_time_in_millis": time.monotonic() - began}
    return found | {name: round(seconds * 1000) for name, seconds in times.items()}


@router.get(
    "/ad/{uuid:posting_id}",
    response={200: dict[str, Any], 404: Problem, 410: Gone, **REFUSALS},
    url_name="jobtech_ad",
    summary="One ad; 410 when it is closed",
)
def ad(request: HttpRequest, response: HttpResponse, posting_id: UUID) -> dict[str, Any]:
    found = these([posting_id])
    if not found:
        raise refused(posting_id)
    tell_when(response, PostingChange.objects.newest_of(posting_id))
    return jobtech.ads(found, Names(jobtech.LANGUAGE))[0]
