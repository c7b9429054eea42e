"""One address for every error page, beside the addresses of the site: /sv/raise/<status>/."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from psycopg import errors

from accounts.access import anyone
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns
from search import queries
from tests.factories.employers import PostingFactory

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
RAISED = {400: SuspiciousOperation(), 403: PermissionDenied(), 404: Http404(), 413: RequestDataTooBig(), 500: ZeroDivisionError()}
SHOWN = {409: "409.html", 410: "search/closed.html", 429: "429.html"}


@anyone
def answer(request: HttpRequest, status: int) -> HttpResponse:
    if status in RAISED:
        raise RAISED[status]
    if status == 503:
        raise OperationalError("connection refused") from errors.ConnectionTimeout()
    words = {
        "sentence": "Det här har redan fått ett svar.",
        "back": "/sv/",
        "similar": queries.newest(1) or [PostingFactory(published=True)],
    }
    return render(request, SHOWN[status], words, status=status)


urlpatterns = [*i18n_patterns(path("raise/<int:status>/", answer)), *urlpatterns]
