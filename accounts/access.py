"""Who is acting, in which role: one active role at a time, checked on every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.core.ratelimit import consume
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import STAFF, Membership, RoleKind, Terms
from audit.actions import record_refusal

TERMS_VERSION = "2026-11"  # of the employer's confidentiality terms; asked again when it changes
ADMIN = "/cms/"  # where portal/urls.py puts the editors' pages; anonymous visitors are sent to sign in by Django itself
PINGS = f"{ADMIN}editing-sessions/"  # an open page of the admin asks there by itself: nobody is at work
FACTOR_ADDED = "factor_added"  # in the session: this account connected its app in this session, with a code
STAFF_KINDS = frozenset(str(kind) for kind in STAFF)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class ActiveRole:
    """The person who acts, in one role. Frozen: what a request may do cannot change on the way."""

    membership_id: int
    user_id: int
    kind: str
    name: str
    first_name: str
    agency: str  # the agency's or employer's name: what the log and the person see
    team: str = ""
    team_id: UUID | None = None
    agency_id: UUID | None = None
    employer_id: UUID | None = None
    manages: bool = False

    @property
    def team_key(self) -> UUID:
        """The team to look in; for roles without one an id that no team has."""
        return self.team_id or UUID(int=0)

    @property
    def label(self) -> str:
        return str(RoleKind(self.kind).label)


@dataclass(frozen=True)
class Account:
    """An account that acts before any role is chosen, as the log names it."""

    user_id: int
    kind: str = "account"
    agency: str = ""


class RoleRequest(HttpRequest):
    """A request that has passed `role_required`: it carries a role."""

    role: ActiveRole


def as_role(membership: Membership) -> ActiveRole:
    team = membership.team
    return ActiveRole(
        membership_id=membership.pk,
        user_id=membership.user_id,
        kind=membership.kind,
        name=membership.user.get_full_name(),
        first_name=membership.user.first_name,
        agency=team.agency.name if team else membership.organisation,
        team=team.name if team else "",
        team_id=team.pk if team else None,
        agency_id=team.agency_id if team else None,
        employer_id=membership.employer_id,
        manages=membership.manages,
    )


def current_role(request: HttpRequest) -> ActiveRole | None:
    """The chosen role if it is still valid, the only one if there is just one, else None. Asked of the database each time."""
    if not request.user.is_authenticated:
        return None
    roles = list(Membership.objects.of(request.user.pk, timezone.now()))
    chosen = request.session.get("membership")
    found = next((one for one in roles if one.pk == chosen), None) or (roles[0] if len(roles) == 1 else None)
    return as_role(found) if found else None


def active_role(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: puts the role on the request, and lets the session's time begin anew, as short as the role asks.

    Only this prolongs a session. A view that must not takes it back: `request.session.modified = False`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.role = current_role(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated and not request.path.startswith(PINGS):
            request.session.set_expiry(session_seconds(request))
        return get_response(request)

    return middleware


def session_seconds(request: HttpRequest) -> int:
    """How long a session lasts after the last request: shortest on a shared computer, shorter for staff than for others."""
    role: ActiveRole | None = getattr(request, "role", None)
    kind = "shared" if request.session.get("shared") else "staff" if role and role.kind in STAFF else "others"
    return settings.SESSION_SECONDS[kind]


def seconds_left(request: HttpRequest, at: datetime) -> int:
    """How long the session still lasts as the database has it: another tab may have prolonged it. 0 when it is over."""
    ends = Session.objects.filter(session_key=request.session.session_key).values_list("expire_date", flat=True).first()
    return max(0, round((ends - at).total_seconds())) if ends and request.user.is_authenticated else 0


def anyone(view: View) -> View:
    """A view that needs no sign-in."""
    view.roles = ("anyone",)  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: View) -> View:
    """A view for any account, whatever the role."""
    view.roles = ("signed in",)  # type: ignore[attr-defined]
    return view


def explains(signed_out: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """What somebody who is not signed in reads here first, in the place of the page of signing in."""

    def decorate(view: View) -> View:
        view.signed_out = signed_out  # type: ignore[attr-defined]
        return view

    return decorate


def role_required(*kinds: str) -> Callable[[View], View]:
    """Only these roles. No role chosen: to the choice. Wrong role: 403. Staff without a second factor: to set one up.

    What is not there for the role, or not theirs, is the same 404, and one refused look in the log.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            role: ActiveRole | None = request.role  # type: ignore[attr-defined]
            if role is None:
                return to_choice(request)
            if role.kind not in kinds:
                raise PermissionDenied
            if lacks_second_factor(request):
                return to_second_factor(request)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                asked = request.resolver_match
                record_refusal(asked.url_name or "" if asked else "", by=role, at=timezone.now())
                raise

        guarded.roles = kinds  # type: ignore[attr-defined]
        return guarded

    return decorate


def to_choice(request: HttpRequest) -> HttpResponse:
    """To the choice of a role, and from there back to the page that was asked for."""
    choice = reverse("choose_role")
    return redirect(f"{choice}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else choice)


def may_open(url: str, kind: str) -> bool:
    """Whether an address of this site is a page for this role."""
    path = urlsplit(url).path
    if path.startswith(ADMIN):
        return kind == RoleKind.EDITOR
    try:
        return kind in getattr(resolve(path).func, "roles", ())
    except Resolver404:
        return False


def lacks_second_factor(request: HttpRequest) -> bool:
    """True when this role must have a second factor and this session has not shown one: a code, or the first code of a new app."""
    role: ActiveRole | None = getattr(request, "role", None)
    if not settings.REQUIRE_SECOND_FACTOR or role is None or role.kind not in STAFF:
        return False
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == "mfa" for record in records) or request.session.get(FACTOR_ADDED) == request.user.pk
    return not (is_mfa_enabled(request.user) and shown)


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page that is missing: set one up, or show the one that the account has; then back to what was asked for."""
    name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
    return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


def editors_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around Wagtail's own pages: an editor's role with a second factor. Wagtail asks for a permission only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        role: ActiveRole | None = getattr(request, "role", None)
        if not request.path.startswith(ADMIN) or not request.user.is_authenticated:
            return get_response(request)
        if role is None:
            return to_choice(request)
        if role.kind != RoleKind.EDITOR:
            raise PermissionDenied
        return to_second_factor(request) if lacks_second_factor(request) else get_response(request)

    return middleware


def too_often(request: HttpRequest, action: str) -> bool:
    """Whether this address has done `action` more often than ACCOUNT_RATE_LIMITS allows; asking counts as doing."""
    return not consume(request, action=action)


def has_accepted_terms(user_id: int) -> bool:
    """Whether this account has promised confidentiality in the words that are valid now."""
    return Terms.objects.filter(user_id=user_id, version=TERMS_VERSION).exists()
