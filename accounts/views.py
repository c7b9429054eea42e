"""The choice of role, the employer's promise, which letters come, and the page after signing out. Signing in itself is allauth's."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from accounts import actions
from accounts.access import TERMS_VERSION, Account, RoleRequest, View, anyone, as_role, may_open, role_required, signed_in
from accounts.forms import LettersForm
from accounts.models import Membership, User

K = TypeVar("K")
HOMES = {
    "jobseeker": "today",
    "employer": "employer_home",
    "advisor": "advisor_home",
    "coordinator": "team_home",
    "editor": "wagtailadmin_home",
}


def remembers_shared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around the views that begin a sign-in: the box for a borrowed computer is kept until the last step is done."""

    @wraps(view)
    def remembering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.session["shared"] = "shared" in request.POST
        return view(request, *args, **kwargs)

    return remembering


@signed_in
def choose_role(request: HttpRequest) -> HttpResponse:
    """One card per role and organisation; one role at a time. Then on to the page that was asked for, if the role has it."""
    at = timezone.now()
    roles = [as_role(one) for one in Membership.objects.of(request.user.pk or 0, at)]
    chosen = next((one for one in roles if str(one.membership_id) == request.POST.get("membership")), None)
    if request.method == "POST" and chosen:
        request.session["membership"] = chosen.membership_id
        actions.choose_role(by=chosen, at=at)
        wanted = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and may_open(wanted, chosen.kind)
        return redirect(wanted if safe else HOMES[chosen.kind])
    return render(request, "accounts/role.html", {"roles": roles})


@role_required("employer")
def terms(request: RoleRequest) -> HttpResponse:
    """The confidentiality undertaking, once per version."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
    if request.method == "POST":
        actions.accept_terms(by=request.role, at=timezone.now())
        return redirect(safe or "employer_introductions")
    return render(request, "accounts/terms.html", {"next": safe, "version": TERMS_VERSION})


@signed_in
def letters(request: HttpRequest) -> HttpResponse:
    """Which letters come. Every letter leads here; an employer's member finds the same under the settings."""
    form = letters_form(request)
    if request.method == "POST" and form.is_valid():
        choose_letters(request, form)
        return redirect("letters")
    return render(request, "accounts/letters.html", {"form": form})


def letters_form(request: HttpRequest) -> LettersForm:
    """The form with what is turned off today, for the roles that the account has."""
    user_id = request.user.pk or 0
    kinds = set(Membership.objects.of(user_id, timezone.now()).values_list("kind", flat=True))
    given = request.POST if request.method == "POST" else None
    return LettersForm(given, quiet=User.objects.get(pk=user_id).quiet, kinds=kinds)


def choose_letters(request: HttpRequest, form: LettersForm) -> None:
    """Save the letters of the one who is signed in, in whichever role."""
    actions.choose_letters(form.quiet(), by=getattr(request, "role", None) or Account(request.user.pk or 0), at=timezone.now())
    messages.success(request, gettext("Saved. It holds for every letter that is sent from now on."))


@anyone
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signed_out.html")


@anyone
def cannot_sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/help.html")


def way_out(*, read: Callable[[str], K], stop: Callable[..., object], gone: Callable[[K], bool], template: str) -> View:
    """The page behind the link under a letter: one click in the mail program (RFC 8058), or its button. No sign-in: the signed address is
    the right to do it. Who has left already reads the same.

    `read` says from the token whose letters end, or raises BadSignature or ValueError; `stop(whose, at=...)` is the action.
    """

    @anyone
    @csrf_exempt  # mail programs send this POST themselves
    def page(request: HttpRequest, token: str) -> HttpResponse:
        try:
            whose = read(token)
        except (BadSignature, ValueError):
            raise Http404 from None
        if request.method == "POST":
            stop(whose, at=timezone.now())
        return render(request, template, {"gone": gone(whose)})

    return page
