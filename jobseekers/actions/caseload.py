"""Who helps whom: enrolment, codes, transfers, and exceptions to the cap."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind, Team, User
from audit.actions import record
from jobseekers.models import CapOverride, EnrolmentCode, Profile
from jobseekers.signals import PROFILE_CHANGED
from jobseekers.states import NotThere, Refused
from outbox.actions import announce, post

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no look-alikes
CODE_LENGTH = 10
CODE_DAYS = 14


def cap_of(advisor_id: int, *, on: date) -> int:
    """The cap with the exceptions that live on a day."""
    extra = CapOverride.objects.filter(advisor_id=advisor_id, until__gte=on).aggregate(n=Sum("extra"))["n"] or 0
    return int(settings.CASELOAD_CAP) + int(extra)


def _room(advisor_id: int, at: datetime) -> None:
    list(User.objects.select_for_update().filter(pk=advisor_id))  # two enrolments at once take turns
    if Profile.objects.helped_by(advisor_id).count() >= cap_of(advisor_id, on=localdate(at)):
        raise Refused("full")


def enrol(*, by: ActiveRole, at: datetime, first_name: str, last_name: str, email: str, phone: str, language: str) -> UUID | None:
    """Enrol a person with this advisor. Raises Refused("full"). An address that already has an account gets no second
    one: the account's owner is told by letter, None comes back, and the page says the same in both cases."""
    if by.kind != "advisor" or by.team_id is None:
        raise NotThere
    with transaction.atomic():
        _room(by.user_id, at)
        known = User.objects.filter(email__iexact=email).first()
        if known:
            post("something_new", reader_id=known.pk, at=at)
            return None
        user = User.objects.create_user(email, None, first_name=first_name, last_name=last_name, phone=phone, language=language)
        return _make(user, Team.objects.select_related("agency").get(pk=by.team_id), by.user_id, by=by, at=at).pk


def make_code(*, by: ActiveRole, at: datetime) -> str:
    """A code for one person to enrol with. Shown once; only its hash is kept."""
    if by.kind != "advisor" or by.team_id is None:
        raise NotThere
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        made = EnrolmentCode.objects.create(
            advisor_id=by.user_id, team_id=by.team_id, digest=_digest(code), made_at=at, expires_at=at + timedelta(days=CODE_DAYS)
        )
        record("code_made", "enrolment_code", made.pk, by=by, at=at)
    return code


def redeem_code(code: str, *, user_id: int, at: datetime) -> UUID:
    """A signed-in account without a profile becomes the advisor's person. Raises Refused("code" | "full")."""
    with transaction.atomic():
        found = EnrolmentCode.objects.select_for_update().filter(digest=_digest(code), used_at=None, expires_at__gt=at).first()
        if found is None or Profile.objects.filter(user_id=user_id).exists():
            raise Refused("code")
        _room(found.advisor_id, at)
        found.used_at = at
        found.save(update_fields=["used_at"])
        team = Team.objects.select_related("agency").get(pk=found.team_id)
        return _make(User.objects.get(pk=user_id), team, found.advisor_id, by=None, at=at).pk


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()


def _make(user: User, team: Team, advisor_id: int, *, by: ActiveRole | None, at: datetime) -> Profile:
    profile = Profile.objects.create(
        user=user, advisor_id=advisor_id, team=team, country=team.agency.country, stage_since=at, enrolled_at=at, changed_at=at
    )
    Membership.objects.create(user=user, kind=RoleKind.JOBSEEKER, since=at)
    record("enrolled", "profile", profile.pk, by=by, at=at)
    return profile


def transfer(profile_id: UUID, to_id: int, *, by: ActiveRole, at: datetime) -> None:
    """A coordinator moves a person to another advisor of the team; what the old one approved no longer opens a door."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update(of=("self",)).filter(pk=profile_id, team_id=by.team_key, left_at=None).first()
        to = Membership.objects.filter(user_id=to_id, kind=RoleKind.ADVISOR, team_id=by.team_key).valid(at).first()
        if by.kind != "coordinator" or profile is None or to is None:
            raise NotThere
        _room(to_id, at)
        profile.advisor_id = to_id
        profile.save(update_fields=["advisor"])
        record("transferred", "profile", profile.pk, by=by, at=at)
        announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
        post("something_new", reader_id=profile.user_id, at=at, about=profile.pk)


def grant_override(*, by: ActiveRole, at: datetime, advisor_id: int, extra: int, reason: str, until: date) -> None:
    """An exception to the cap, with a reason and an end, by the team's coordinator."""
    with transaction.atomic():
        member = Membership.objects.filter(user_id=advisor_id, kind=RoleKind.ADVISOR, team_id=by.team_key).valid(at).exists()
        if by.kind != "coordinator" or not member:
            raise NotThere
        made = CapOverride.objects.create(
            advisor_id=advisor_id, extra=extra, reason=reason, granted_by_id=by.user_id, granted_at=at, until=until
        )
        record("override_granted", "cap_override", made.pk, by=by, at=at)
