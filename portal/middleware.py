"""Around every answer: its headers, the one looser policy for Wagtail's pages, and the words of a session that ended."""

import re
from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language_from_path, gettext
from django_htmx.http import HttpResponseClientRedirect

from portal import actions, keeping
from portal.filling import fill
from portal.models import Draft

Answer = Callable[[HttpRequest], HttpResponse]
OK, ELSEWHERE = 200, {301, 302, 303}
HERE = "<!-- kept -->"  # where templates/base.html has room for the offer
FORGETS = {"account_logout", "signed_out", "leave", "left", "data_deleted"}  # names of addresses after which the browser knows nothing
# The API (its page is for people), what crawlers look for, and the feeds whose address is no secret.
MACHINES = re.compile(r"/api/.+|/sitemap[^/]*\.xml|/robots\.txt|/\.well-known/.+|/[a-z]{2}/(?:postings|news)/feed/")
COOKIES = (settings.SESSION_COOKIE_NAME, settings.WRITER_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")


def own_policies(get_response: Answer) -> Answer:
    """Headers that Django has no setting for. Pages of signed-in people are never kept by a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def same_for_all(get_response: Answer) -> Answer:
    """What machines read is the same for everyone, so that a cache between us and them may keep it: no cookie is looked at, none is
    given, and no language but the address's is spoken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not MACHINES.fullmatch(request.path_info):
            return get_response(request)
        for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"):
            request.META.pop(name, None)
        request.COOKIES = {}
        response = get_response(request)
        response.cookies.clear()
        left = [one for one in response.headers.get("Vary", "").split(", ") if one.lower() not in {"", "cookie", "accept-language"}]
        del response.headers["Vary"]
        if left:
            response.headers["Vary"] = ", ".join(left)
        if not get_language_from_path(request.path_info):
            del response.headers["Content-Language"]
        return response

    return middleware


class CompressedPages(GZipMiddleware):
    """Pages alone (docs/decisions/weight.md): what machines read, and files, go as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response


def cms_policy(get_response: Answer) -> Answer:
    """Wagtail's date choosers write inline scripts, so its own pages, and only they, may (docs/decisions/csp.md)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/cms/"):
            # Added to a list that holds 'none' a source would mean nothing: these two take its place.
            response._csp_replace = {"frame-src": [SELF], "frame-ancestors": [SELF]}  # type: ignore[attr-defined]
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response

    return middleware


def text_stays_text(get_response: Answer) -> Answer:
    """Wagtail's lists leave as XLSX, where a cell says that it holds text. In CSV a title that begins with "=" is a formula."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/cms/") and "csv" in request.GET.getlist("export"):
            asked = request.GET.copy()
            asked["export"] = "xlsx"
            return redirect(f"{request.path}?{asked.urlencode()}")
        return get_response(request)

    return middleware


def remember_writer(get_response: Answer) -> Answer:
    """The cookie that says whose words come when a session is over; and the end of all cookies where somebody leaves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user, found = getattr(request, "user", None), request.resolver_match
        if user is not None and user.is_authenticated:
            keeping.remember(request, response)
        elif found and found.url_name in FORGETS:
            for name in set(COOKIES) & set(request.COOKIES):
                response.delete_cookie(name, samesite="Lax")
        return response

    return middleware


class SignInFirst(LoginRequiredMiddleware):
    """To sign in, and then back to the same page. What a form brought is kept until its writer comes back."""

    def handle_no_permission(  # type: ignore[override]  # an answer to htmx is no redirect to Django, only to htmx
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        page = request.get_full_path()
        explained, found = getattr(view_func, "signed_out", None), request.resolver_match
        if explained and found and request.method == "GET" and not request.headers.get("HX-Request"):
            answer: HttpResponseBase = explained(request, **found.kwargs)
            return answer
        if request.method == "POST" or request.headers.get("HX-Request"):
            page = keeping.page_of(request)
        if request.method == "POST" and _keep(request, page):
            messages.info(request, f"{gettext('You have been signed out to be safe.')} {gettext('What you have written is saved.')}")
        answer = redirect_to_login(page, resolve_url(settings.LOGIN_URL))
        if request.headers.get("HX-Request"):  # htmx would put the page of signing in where a piece belongs
            return HttpResponseClientRedirect(answer.url)
        return answer


def _keep(request: HttpRequest, page: str) -> bool:
    writer = keeping.writer_of(request)
    if writer is None or not keeping.keeps(page):
        return False
    words = keeping.words_of(request.POST)
    return actions.keep(words, writer_id=writer, path=keeping.key_of(page), at=timezone.now())


def offer_draft(get_response: Answer) -> Answer:
    """A page whose words were kept offers them back; words that were saved at last are kept no longer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.user.is_authenticated:
            return response
        if request.method == "GET":
            return _offer(request, response)
        if request.method == "POST" and _saved(response):
            path, page = keeping.key_of(request.get_full_path()), keeping.key_of(keeping.page_of(request))
            actions.saved(request.POST, path=path, page=page, writer_id=request.user.pk or 0, at=timezone.now())
        return response

    return middleware


def _saved(response: HttpResponse) -> bool:
    """A form that was saved is answered by the next page; a way over the account's pages (a code, a role, terms) is none."""
    to = response.headers.get("Location", "")
    return response.status_code in ELSEWHERE and not keeping.place_of(to).startswith(keeping.ACCOUNT)


def _offer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    whole = response.status_code == OK and response.headers.get("Content-Type", "").startswith("text/html")
    page = response.content.decode() if whole and not response.streaming else ""
    draft = Draft.objects.waiting(request.user.pk or 0, keeping.key_of(request.get_full_path()), timezone.now()) if HERE in page else None
    filled = fill(page, draft.words) if draft else page
    if filled != page:
        back = "kept" in request.GET
        told = render_to_string("portal/_kept.html", {"back": back, "page": request.get_full_path()}, request)
        response.content = (filled if back else page).replace(HERE, told, 1)
    return response
