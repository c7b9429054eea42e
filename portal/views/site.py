"""The front page, help, quick exit, and what a session asks for."""

from datetime import date

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_request, gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import anyone, signed_in
from accounts.views import HOMES
from content import queries as pages
from content.models import Front
from matching import scoring
from portal import actions, bar, keeping
from search import queries

HELP = {
    "matching": ("portal/help/matching.html", gettext_lazy("How matching works")),
    "unseen": ("portal/help/unseen.html", gettext_lazy("What the computer does not see")),
    "privacy": ("portal/help/privacy.html", gettext_lazy("How we protect your data")),
    "accessibility": ("portal/help/accessibility.html", gettext_lazy("Accessibility")),
    "advisor": ("", gettext_lazy("Get an advisor")),  # this and "contact" are pages of jobseekers: they have a form
    "easy": ("portal/help/easy.html", gettext_lazy("Easy read")),
    "sign": ("portal/help/sign.html", gettext_lazy("Sign language")),
    "contact": ("", gettext_lazy("Talk to us")),
}
CHECKED = date(2026, 11, 26)  # when the pages on data and accessibility were last compared with what the product does


@anyone
def to_language(request: HttpRequest) -> HttpResponse:
    """`/` goes to the reader's language: cookie, then the browser's wish, then Swedish."""
    return redirect(f"/{get_language_from_request(request)[:2]}/")


@anyone
def health(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@anyone
def home(request: HttpRequest, front: Front | None = None) -> HttpResponse:
    """The front page; somebody who has just signed in goes on to the role's own page. `front`: an editor's draft of it."""
    if request.GET.get("signed_in") and request.user.is_authenticated:
        role = request.role  # type: ignore[attr-defined]
        return redirect(HOMES[role.kind] if role else "choose_role")
    language = (get_language() or "sv")[:2]
    told = {"news": pages.newest_news(language), "events": pages.events_to_come(language, timezone.now(), 3)}
    found = {"kinds": queries.counts_by_kind(), "newest": queries.newest(3), "front": front or pages.front(language)}
    return render(request, "portal/home.html", {**found, **told})


@anyone
def help_page(request: HttpRequest, name: str) -> HttpResponse:
    found = [(reverse(f"help_{one}"), words) for one, (_template, words) in HELP.items()]
    template = HELP[name][0] if name else "portal/help/index.html"
    context = {"pages": found, "checked": CHECKED, "weights": scoring.WEIGHTS, "version": scoring.WEIGHTS_VERSION}
    return render(request, template, context)


@anyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: the session ends, the browser is asked to forget, and a bare page leads away."""
    logout(request)
    response = redirect("left")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@anyone
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/left.html")


# No other site can send htmx's header with somebody's cookies, and a token in a page grows old when its owner signs in elsewhere.
@csrf_exempt
@anyone
def session(request: HttpRequest) -> HttpResponse:
    """A page left open asks how long the session lasts, and brings what is being written. Asking prolongs nothing; "Stay" does."""
    if not request.headers.get("HX-Request"):
        raise Http404
    stay = request.method == "POST" and "stay" in request.GET
    shown = bar.asked(request, stay=stay, at=timezone.now())
    if shown.state != "still":
        request.session.modified = False
    return render(request, "components/session.html", {"bar": shown})


@signed_in
@require_POST
def throw_away_draft(request: HttpRequest) -> HttpResponse:
    """What was kept of a page is not wanted; back to the page."""
    page = request.POST.get("next", "")
    actions.throw_away(keeping.key_of(page), writer_id=request.user.pk or 0)
    messages.info(request, gettext("What you wrote is thrown away."))
    ours = keeping.keeps(page) and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(page if ours else "home")
