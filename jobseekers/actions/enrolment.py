"""How a person gets a profile: the advisor enrols them, or they bring a code from the advisor's office."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole, as_role
from accounts.actions import account_of, end_role, grant_role, new_account
from accounts.models import Membership, RoleKind, Team, User
from audit.actions import record
from jobseekers import queries
from jobseekers.actions.whose import advised
from jobseekers.models import EnrolmentCode, Profile
from jobseekers.signals import PROFILE_CHANGED
from jobseekers.states import CODE_DAYS, CODE_LENGTH, CODE_LETTERS, NotThere, Refused
from outbox.actions import announce, post, readdress


def enrol(
    *, by: ActiveRole, at: datetime, first_name: str, last_name: str, email: str = "", phone: str = "", language: str = "sv"
) -> Profile:
    """A new profile, the advisor's own. Raises Refused: "full" at the cap, "yours" for an address of the advisor's own people.

    An address that already has an account is not touched, and the advisor cannot tell: the profile stands by itself until the
    account's owner, who is asked by letter, comes with a code for it (docs/decisions/enrolment.md).
    """
    if by.kind != RoleKind.ADVISOR or by.team_id is None:
        raise NotThere
    with transaction.atomic():
        hold_advisor(by.user_id, by.team_id, at=at)
        make_room(by.user_id, at=at)
        if email and Profile.objects.helped_by(by.user_id, by.team_id).reached_at(email).exists():
            raise Refused("yours")
        names = {"first_name": first_name, "last_name": last_name, "phone": phone, "language": language}
        user, made = account_of(email, **names) if email else (new_account(**names), True)
        known = None if made else user
        if known is not None:
            user = new_account(**names)
        grant_role(Membership(user=user, kind=RoleKind.JOBSEEKER, since=at), by=by, at=at)
        team = Team.objects.select_related("agency").get(pk=by.team_id)
        profile = _profile_of(user, by.user_id, team, by=by, at=at, given_email=email)
        if known is not None:
            post("enrolment_asked", reader_id=known.pk, at=at, about=profile.pk)
        elif email:
            post("enrolled", reader_id=user.pk, at=at, about=profile.pk)
    return profile


def make_code(*, by: ActiveRole, at: datetime, profile_id: UUID | None = None) -> str:
    """A code for somebody who makes their own account, or for one of the advisor's people who comes with an account later.

    It is returned once: only its hash is kept. Raises Refused("claimed") when somebody has signed in to the person's profile.
    """
    if by.kind != RoleKind.ADVISOR or by.team_id is None:
        raise NotThere
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        profile = advised(profile_id, by=by) if profile_id else None
        if profile and profile.user.last_login:
            raise Refused("claimed")
        made = EnrolmentCode.objects.create(
            advisor_id=by.user_id,
            team_id=by.team_id,
            profile=profile,
            digest=_digest(code),
            made_at=at,
            expires_at=at + timedelta(days=CODE_DAYS),
        )
        record("code_made", "enrolment_code", made.pk, by=by, at=at)
    return code


def redeem_code(code: str, *, account: User, at: datetime) -> Profile:
    """A signed-in account without a profile becomes one of the advisor's people, or the owner of the profile that waits for it.

    Raises Refused: "code" (wrong, used, expired, or its advisor has gone), "has_profile", "full".
    """
    with transaction.atomic():
        if Profile.objects.filter(user=account).exists():
            raise Refused("has_profile")
        found = EnrolmentCode.objects.select_related("team__agency").filter(digest=_digest(code)).first()
        if found is None or not _take(found, at):
            raise Refused("code")
        if found.profile_id:
            return _hand_over(found.profile_id, account, at)
        make_room(found.advisor_id, at=at)
        role = _jobseeker(account, at)
        return _profile_of(account, found.advisor_id, found.team, by=role, at=at)


def _hand_over(profile_id: UUID, account: User, at: datetime) -> Profile:
    """The profile that stood by itself becomes the account's. One that somebody has signed in to cannot be taken with a code.

    An address that was written wrong may belong to a stranger: their account keeps existing, without a role and without the profile.
    """
    profile = Profile.objects.select_for_update(of=("self",)).select_related("user").get(pk=profile_id)
    before = profile.user
    if before.last_login or profile.left_at:
        raise Refused("code")
    role = _jobseeker(account, at)
    for name in ("first_name", "last_name", "phone"):
        if not getattr(account, name):
            setattr(account, name, getattr(before, name))
    account.save(update_fields=["first_name", "last_name", "phone"])
    profile.user, profile.changed_at, profile.given_email = account, at, ""
    profile.save(update_fields=["user", "changed_at", "given_email"])
    _let_go_of(before, account, by=role, at=at)
    record("profile_claimed", "profile", profile.pk, by=role, at=at)
    announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
    return profile


def _let_go_of(before: User, account: User, *, by: ActiveRole, at: datetime) -> None:
    """What waits in the post goes to the owner; an account without an address was only a stand-in.

    One with an address may be a stranger's: it keeps neither role nor name."""
    readdress(before.pk, account.pk, leave="enrolled")
    if before.email:
        before.first_name = before.last_name = before.phone = ""
        before.save(update_fields=["first_name", "last_name", "phone"])
        for membership in Membership.objects.of(before.pk, at).filter(kind=RoleKind.JOBSEEKER):
            end_role(membership, by=by, at=at)
    else:
        before.delete()


def _jobseeker(account: User, at: datetime) -> ActiveRole:
    membership = Membership.objects.of(account.pk, at).filter(kind=RoleKind.JOBSEEKER).first()
    return as_role(membership or grant_role(Membership(user=account, kind=RoleKind.JOBSEEKER, since=at), by=None, at=at))


def hold_advisor(advisor_id: int, team_id: UUID, *, at: datetime) -> None:
    """Nobody ends the advisor's role before the person is theirs, so that all of theirs go to the waiting list with it. Or NotThere."""
    if not Membership.objects.valid(at).filter(user_id=advisor_id, kind=RoleKind.ADVISOR, team_id=team_id).held():
        raise NotThere


def make_room(advisor_id: int, *, at: datetime) -> None:
    """Hold the advisor's row while counting, so that two enrolments at once cannot both take the last place."""
    User.objects.select_for_update().get(pk=advisor_id)
    if queries.room_of(advisor_id, at).full:
        raise Refused("full")


def _take(code: EnrolmentCode, at: datetime) -> bool:
    """Use the code up; False when it was used before, is too old, or its advisor has left the team."""
    here = Membership.objects.valid(at).filter(user_id=code.advisor_id, kind=RoleKind.ADVISOR, team_id=code.team_id).held()
    free = EnrolmentCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=at)
    return bool(here) and free.update(used_at=at) == 1


def _profile_of(user: User, advisor_id: int, team: Team, *, by: ActiveRole, at: datetime, given_email: str = "") -> Profile:
    profile = Profile.objects.create(
        user=user,
        advisor_id=advisor_id,
        team=team,
        given_email=given_email,
        country=team.agency.country,
        stage_since=at,
        enrolled_at=at,
        changed_at=at,
    )
    record("enrolled", "profile", profile.pk, by=by, at=at)
    announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
    return profile


def _digest(code: str) -> str:
    """People write a code with spaces, hyphens and small letters; none of that matters."""
    letters = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
