"""Coming to an event without an account: sign up, the calendar file, and a link to give the place back."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from accounts.access import anyone, too_often
from content import actions
from content.documents import calendar_of
from content.forms import SignUpForm
from content.letters import SEAT
from content.models import EventPage, SignUp
from content.states import Refused
from taxonomy.forms import posted


def _event(slug: str) -> EventPage:
    pages = EventPage.objects.live().filter(locale__language_code=(get_language() or "sv")[:2])
    found: EventPage = get_object_or_404(pages.select_related("gathering"), slug=slug)
    return found


@anyone
@csrf_exempt  # nobody's rights stand behind this form, and a token would leave a cookie on a page that anyone reads
def sign_up(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Name and address. Whoever is on the list already gets the same answer."""
    event, form = _event(slug), SignUpForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if too_often(request, "event"):
            return render(request, "429.html", status=429)
        try:
            language = (get_language() or "sv")[:2]
            actions.sign_up(event.gathering_id, **form.cleaned_data, language=language, at=timezone.now())
        except Refused:
            return redirect(event.url)
        answer = redirect(f"{reverse('event_sign_up', args=[slug])}?sent=1")
        answer.status_code = 303
        return answer
    context = {"page": event, "gathering": event.gathering, "form": form, "sent": "sent" in request.GET}
    return render(request, "content/sign_up.html", {**context, "open": event.gathering.is_open(timezone.now())})


@anyone
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The event for somebody's own calendar."""
    event = _event(slug)
    made = calendar_of(event, address=request.build_absolute_uri(event.url), at=timezone.now())
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
    event = EventPage.objects.live().filter(gathering=found.gathering, locale__language_code=(get_language() or "sv")[:2]).first()
    return render(request, "content/seat.html", {"seat": found, "gathering": found.gathering, "event": event})
