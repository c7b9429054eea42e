"""The pages that say what went wrong. Those of the server ask nothing of the request but its language, and of the database nothing."""

import logging
import secrets
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation

from outbox.letters import phone_of
from portal import actions, keeping
from search.api.problems import problem

logger = logging.getLogger(__name__)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
QUIET = timedelta(minutes=5)
TRY_AGAIN = 120  # seconds
NOWHERE_ELSE: dict[str, object] = {"alternates": []}  # an error names no translations: the same bytes whatever was asked for
GONE = ("08", "53", "57P")  # how PostgreSQL's codes begin: connection, resources, an operator's stop
_trouble: dict[str, datetime] = {}  # "since" and "last": when the database did not answer, as this process has seen it


def for_machines(request: HttpRequest) -> bool:
    """Programs read these addresses: they get the same in JSON (docs/decisions/api.md)."""
    return request.path.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page, whether something is not there or not yours."""
    if for_machines(request):
        return problem(404, "There is nothing at this address. The list of addresses is at /api/.")
    return render(request, "404.html", NOWHERE_ELSE, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if for_machines(request):
        return problem(403, "This is not possible here.")
    return render(request, "403.html", NOWHERE_ELSE, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if for_machines(request):  # nothing there can be written to, with a token or without
        return problem(405, "Only reading is possible here.", headers={"Allow": "GET, HEAD, OPTIONS"})
    return render(request, "403.html", {"csrf": True, **NOWHERE_ELSE}, status=403)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that nobody could mean; or a form that is too big, which Django counts among them."""
    if for_machines(request):
        return problem(400, "The request could not be understood.")
    return too_big(request) if isinstance(exception, TOO_BIG) else bare(request, "400.html", 400)


def too_big(request: HttpRequest) -> HttpResponse:
    """The limit in words. What of the form can be read is kept for its writer, as at the end of a session."""
    page = keeping.page_of(request) if request.method == "POST" else ""
    words = {
        "megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000,
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "page": page if keeping.keeps(page) else "",
        "kept": bool(page) and _kept(request, page),
    }
    return bare(request, "413.html", 413, **words)


def _kept(request: HttpRequest, page: str) -> bool:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not keeping.keeps(page):
        return False
    words = keeping.words_of(keeping.beginning_of(request))
    return bool(words) and actions.keep(words, writer_id=user.pk, path=keeping.key_of(page), at=timezone.now())


def fault(request: HttpRequest) -> HttpResponse:
    """Something broke, or the database does not answer. The number stands in the log too."""
    error = sys.exception()
    if is_away(error):
        return closed(request, timezone.now())
    number = secrets.token_hex(4)
    logger.error("The page said number %s", number)
    if for_machines(request):
        return problem(500, f"Something went wrong with us. The number in our log is {number}.")
    return bare(request, "500.html", 500, number=number)


def closed(request: HttpRequest, at: datetime) -> HttpResponse:
    """The database is away: since when, and what works meanwhile. The layers around the view must not ask it again."""
    request.user = AnonymousUser()
    if hasattr(request, "session"):
        request.session.modified = False
    since = away_since(at)
    if for_machines(request):
        return problem(503, "The service is resting. Ask again soon.", headers={"Retry-After": str(TRY_AGAIN)})
    response = bare(request, "503.html", 503, since=since)
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be reached or cannot work. A wrong query is a fault of ours."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    name, code = (getattr(error.__cause__, one, None) for one in ("sqlite_errorname", "sqlstate"))
    return name != "SQLITE_ERROR" if name else code is None or code.startswith(GONE)


def away_since(at: datetime) -> datetime:
    """When the trouble began. Five minutes without any are the end of it."""
    if at - _trouble.get("last", at - 2 * QUIET) > QUIET:
        _trouble["since"] = at
    _trouble["last"] = at
    return _trouble["since"]


def bare(request: HttpRequest, template: str, status: int, **words: object) -> HttpResponse:
    """A page in the reader's language that needs neither session nor query, so that nothing can fail again."""
    language = translation.get_language_from_request(request, check_path=True)[:2]
    response = HttpResponse(bare_page(template, language, **words), status=status)
    response.headers["Content-Language"] = language
    return response


def bare_page(template: str, language: str, **words: object) -> str:
    with translation.override(language):
        return render_to_string(template, {"language": language, "support_phone": phone_of(language), **words})
