"""Coming to an event or a course without an account: sign up, the calendar file, and a link to give the place back."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from accounts.access import anyone, too_often
from content import actions, queries
from content.documents import calendar_of
from content.forms import CourseForm, SignUpForm
from content.letters import SEAT
from content.models import CoursePage, EventPage, Gathering, SignUp
from content.states import Refused
from taxonomy.forms import posted

KINDS: dict[str, tuple[type[EventPage | CoursePage], type[SignUpForm]]] = {
    "events": (EventPage, SignUpForm),
    "courses": (CoursePage, CourseForm),
}


def _page(request: HttpRequest, kind: str, slug: str, door: str) -> tuple[EventPage | CoursePage, Gathering]:
    """The page, and what it tells of. The languages lead to the same door of its translations."""
    pages: Any = KINDS[kind][0].objects.live().filter(locale__language_code=(get_language() or "sv")[:2], gathering__isnull=False)
    found: Any = get_object_or_404(pages.select_related("gathering").prefetch_related("gathering__more"), slug=slug)
    request.alternates = queries.doors_of(found, door)  # type: ignore[attr-defined]
    request.language_paths = queries.in_languages(found, request.alternates)  # type: ignore[attr-defined]
    return found, found.gathering


@anyone
@csrf_exempt  # nobody's rights stand behind this form, and a token would leave a cookie on a page that anyone reads
def sign_up(request: HttpRequest, kind: str, slug: str) -> HttpResponseBase:
    """Name and address. Whoever is on the list already gets the same answer."""
    page, gathering = _page(request, kind, slug, "sign_up")
    form = KINDS[kind][1](posted(request))
    if request.method == "POST" and form.is_valid():
        if too_often(request, "event"):
            return render(request, "429.html", status=429)
        try:
            language = (get_language() or "sv")[:2]
            actions.sign_up(gathering.pk, **form.cleaned_data, language=language, at=timezone.now())
        except Refused:
            return redirect(page.url)
        answer = redirect(f"{request.path}?sent=1")
        answer.status_code = 303
        return answer
    context = {"page": page, "gathering": gathering, "form": form, "sent": "sent" in request.GET, "course": kind == "courses"}
    return render(request, "content/sign_up.html", {**context, "open": gathering.is_open(timezone.now())})


@anyone
def calendar(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """All its meetings for somebody's own calendar."""
    page, gathering = _page(request, kind, slug, "calendar")
    made = calendar_of(page, gathering, address=request.build_absolute_uri(page.url), at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


@anyone
@csrf_exempt  # the signed address is the right to do this, and the only one
def seat(request: HttpRequest, token: str) -> HttpResponseBase:
    """The place that a letter leads to; the button gives it back."""
    try:
        found = SignUp.objects.select_related("gathering").get(pk=SEAT.unsign(token))
    except (signing.BadSignature, SignUp.DoesNotExist):
        raise Http404 from None
    if request.method == "POST":
        actions.give_back(found.pk, at=timezone.now())
        answer = redirect("event_seat", token)
        answer.status_code = 303
        return answer
    page = queries.page_about(found.gathering, (get_language() or "sv")[:2])
    return render(request, "content/seat.html", {"seat": found, "gathering": found.gathering, "page": page})
