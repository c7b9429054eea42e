"""Whose page it is: the person's own under /me/, or one of the advisor's people under /advisor/people/. One view serves both."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from accounts.access import ActiveRole, RoleRequest, View, role_required
from audit.actions import record_read
from jobseekers import access
from jobseekers.forms.behalf import PersonForm
from jobseekers.models import BehalfReason, Channel, Profile
from jobseekers.states import NotThere, Refused

WRITTEN = ("words", "handover")  # what somebody has typed is given back on the page that says no
SHOWS_NOTHING = {301, 302, 303, 405}
STEPS = {"channel": Channel.values, "why": BehalfReason.values}


@dataclass(frozen=True)
class Whom:
    """The person a page is about, and who has it open. `pk` is None on the person's own pages."""

    profile: Profile
    role: ActiveRole
    pk: UUID | None = None

    @property
    def on_behalf(self) -> bool:
        return self.pk is not None

    def url(self, name: str, *args: str) -> str:
        """The address of a page about this person: `my_<name>`, or its twin `person_<name>`."""
        return reverse(f"person_{name}", args=[self.pk, *args]) if self.pk else reverse(f"my_{name}", args=args)

    @property
    def home(self) -> str:
        return reverse("person", args=[self.pk]) if self.pk else reverse("my_profile")

    def frame(self) -> dict[str, Any]:
        """What every page of both kinds gives its template."""
        return {"profile": self.profile, "pk": self.pk, "on_behalf": self.on_behalf, "home": self.home}

    def go(self, url: str, form: PersonForm | None = None) -> HttpResponse:
        """On to the next page. How the person told the advisor goes along: it is the same talk on every page."""
        told = {name: words for name, words in form.behalf.items() if words} if form and self.on_behalf else {}
        return see_other(f"{url}?{urlencode(told)}" if told else url)


def told(request: HttpRequest) -> dict[str, str]:
    """What the page before said about how the person told the advisor: the first guess of the same questions here."""
    return {name: request.GET[name] for name, allowed in STEPS.items() if request.GET.get(name) in allowed}


def see_other(url: str) -> HttpResponse:
    response = redirect(url)
    response.status_code = 303
    return response


def mine(view: Callable[..., HttpResponseBase]) -> View:
    """The signed-in person's own page."""

    @role_required("jobseeker")
    @answered
    @wraps(view)
    def guarded(request: RoleRequest, **kwargs: Any) -> HttpResponseBase:
        profile = access.own_profile(by=request.role)
        if profile is None:
            raise Http404
        return view(request, Whom(profile, request.role), **kwargs)

    return guarded


def of_person(page: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A page about one of the advisor's own people; each look is logged under `page`. A form that comes back, with errors or because
    somebody had saved meanwhile, shows the person too: every answer is a look but the one that leads on."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @role_required("advisor")
        @answered
        @wraps(view)
        def guarded(request: RoleRequest, pk: UUID, **kwargs: Any) -> HttpResponseBase:
            profile, at = access.for_advisor(pk, by=request.role), timezone.now()
            if profile is None:
                raise Http404
            answer = view(request, Whom(profile, request.role, profile.pk), **kwargs)
            if answer.status_code not in SHOWS_NOTHING:
                record_read([profile.pk], page, by=request.role, at=at)
            return answer

        return guarded

    return decorate


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """NotThere becomes the one 404, Refused a page that says what happened; the action has rolled back.

    When somebody else has saved meanwhile ("changed"), the view runs once more with `overtaken=True`: it saves nothing and shows
    what is held now beside what was sent.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return _or_overtaken(view, request, *args, **kwargs)
        except NotThere:
            raise Http404 from None
        except Refused as refused:
            written = [words for name in WRITTEN if (words := request.POST.get(name, "").strip())]
            context = {"sentence": _sentence(refused.code), "back": request.path, "written": written}
            return render(request, "409.html", context, status=409)

    return guarded


def _sentence(code: str) -> str:
    sentences = {
        "full": gettext("The advisor has no room any more. Choose another one, or make an exception to the cap."),
        "yourself": gettext("You cannot end your own role. Ask another coordinator."),
    }
    return sentences.get(code, gettext("Somebody has changed this. Read the new version."))


def _or_overtaken(view: Callable[..., HttpResponseBase], *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(*args, **kwargs)
    except Refused as refused:
        if refused.code != "changed":
            raise
    return view(*args, **kwargs, overtaken=True)
