"""Headers of every answer, and the one looser policy: the editors' pages of Wagtail."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


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
