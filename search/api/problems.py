"""Every refusal of the API in one form: RFC 9457. In English: a program's maker reads it, not the person at the page."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Schema

KIND = "application/problem+json"
OPEN = {  # public data: any page may read it, and no cookie comes with it
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Fault(Schema):
    """One parameter that could not be used."""

    name: str
    place: str
    detail: str


class Problem(Schema):
    """RFC 9457. `type` is about:blank: the status says it all."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    faults: list[Fault] = []


class Gone(Problem):
    """A posting that was public and is closed. Nothing of its words is left here."""

    id: UUID
    closed_at: str | None = None


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=KIND, headers={**OPEN, "Cache-Control": "no-store", **(headers or {})})
