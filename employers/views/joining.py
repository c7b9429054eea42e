"""Joining in three pages. What is typed waits in the session; the last page makes it real."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import signed_in
from accounts.models import Membership, RoleKind, User
from employers import actions
from employers.forms import EmployerForm, PersonForm
from employers.states import Refused
from employers.views.doors import SENTENCES, see_other
from taxonomy.forms import posted

KEPT = "joining"


def _kept(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(KEPT, {}))


def _member_already(request: HttpRequest) -> bool:
    """Asked of the database: the role that is chosen now may be another one of the same account."""
    return Membership.objects.of(request.user.pk or 0, timezone.now()).filter(kind=RoleKind.EMPLOYER).exists()


def _to_their_own(request: HttpRequest) -> HttpResponseBase:
    """One account acts for one employer; where it acts in another role just now, the choice of roles is the way."""
    messages.warning(request, SENTENCES["has_role"])
    role = getattr(request, "role", None)
    return redirect("employer_home" if role is not None and role.kind == RoleKind.EMPLOYER else "choose_role")


@signed_in
def organisation(request: HttpRequest) -> HttpResponseBase:
    """Page 1: the number, the name and the address. There is no register that we could ask (docs/decisions/registers.md)."""
    if _member_already(request):
        return _to_their_own(request)
    form = EmployerForm(posted(request), initial=_kept(request))
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = {**_kept(request), **form.cleaned_data}
        return see_other("employer_register_you")
    return render(request, "employers/register.html", {"form": form})


@signed_in
def you(request: HttpRequest) -> HttpResponseBase:
    """Page 2: who you are, and that you may act for it."""
    kept = _kept(request)
    if "number" not in kept:
        return redirect("employer_register")
    user: Any = request.user
    known = {"first_name": user.first_name, "last_name": user.last_name, "phone": user.phone}
    form = PersonForm(posted(request), initial={**known, **kept})
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = {**kept, **form.cleaned_data}
        return see_other("employer_register_check")
    return render(request, "employers/register_you.html", {"form": form})


@signed_in
def check(request: HttpRequest) -> HttpResponseBase:
    """Page 3: everything once more, and the button."""
    kept = _kept(request)
    if "right" not in kept:
        return redirect("employer_register")
    if request.method == "POST":
        try:
            _registered(request, kept)
        except Refused:
            return _to_their_own(request)
        del request.session[KEPT]
        return see_other("employer_registered")
    return render(request, "employers/register_check.html", {"kept": kept})


def _registered(request: HttpRequest, kept: dict[str, Any]) -> None:
    actions.register(
        **{name: kept[name] for name in ("country", "number", "name", "street", "city")},
        person={name: kept[name] for name in ("first_name", "last_name", "phone")},
        user=User.objects.get(pk=request.user.pk or 0),
        at=timezone.now(),
    )


@signed_in
def joined(request: HttpRequest) -> HttpResponseBase:
    """The same words whether the number was new or known."""
    return render(request, "employers/registered.html")
