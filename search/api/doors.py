"""Around every address of the API: who may ask, how often, what may be kept, and what is answered when nothing can be."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from accounts.access import anyone
from search.api.limits import seconds_to_wait
from search.api.problems import OPEN, problem

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
READS = ("GET", "HEAD", "OPTIONS")
FRESH = "public, max-age=60"
NOT_FOUND = "There is nothing at this address. The list of addresses is at /api/."
AWAY = 30  # seconds


class Refused(Exception):
    """A well-formed question that has no answer here."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


def door(view: View, limit: str) -> View:
    """A public address: read only, no more often than READS_A_MINUTE[limit] says, open to other sites, and cheap to ask again."""
    kept = conditional_page(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READS:
            return problem(405, "Only reading is possible here.", headers={"Allow": ", ".join(READS)})
        if request.method == "OPTIONS":
            return _preflight()
        wait = seconds_to_wait(request, limit)
        if wait:
            return problem(429, "Too many requests. Wait, and ask again.", headers={"Retry-After": str(wait)})
        asked, request.method = request.method, "GET"
        answer = kept(request, *args, **kwargs)
        request.method = asked
        for name, value in {**OPEN, "Cache-Control": FRESH}.items():
            answer.headers.setdefault(name, value)
        return answer

    return anyone(guarded)  # type: ignore[return-value] # it only adds a mark


def _preflight() -> HttpResponse:
    verbs = ", ".join(READS)
    given = {"Allow": verbs, "Access-Control-Allow-Methods": verbs, "Access-Control-Max-Age": "86400"}
    given["Access-Control-Allow-Headers"] = "Authorization, If-Modified-Since, If-None-Match"
    return HttpResponse(status=204, headers={**OPEN, **given})


def guarded(api: NinjaAPI, limits: dict[str, str]) -> list[URLPattern]:
    """The addresses of the API with a door before each; `limits` names the limit of those that cost more."""
    patterns: list[Any] = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]
    for one in patterns:
        one.callback = door(one.callback, limits.get(one.name, "api"))
    return patterns


def answers_problems(api: NinjaAPI) -> None:
    """Whatever goes wrong inside is told in the one form, without the text of an error."""
    api.add_exception_handler(Http404, lambda request, error: problem(404, NOT_FOUND))
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(HttpError, _unusable)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(SuspiciousOperation, lambda request, error: problem(400, "The request could not be understood."))
    api.add_exception_handler(OperationalError, _away)
    api.add_exception_handler(Exception, _fault)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, error.detail, **error.more)


def _unusable(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [{"name": str(one["loc"][-1]), "place": str(one["loc"][0]), "detail": one["msg"]} for one in error.errors]
    return problem(422, "A parameter could not be used.", faults=faults)


def _away(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("the database did not answer the API: %s", type(error).__name__)
    return problem(503, "The service is resting. Ask again soon.", headers={"Retry-After": str(AWAY)})


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    logger.exception("the API could not answer")
    return problem(500, "Something went wrong with us.")
