"""A person deletes what is kept of them. What matching keeps of them, it takes away itself (matching/actions/erasure.py)."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from accounts.access import ActiveRole
from accounts.actions import empty_account, end_role
from accounts.models import Membership, RoleKind, User
from audit.actions import record
from jobseekers.actions.whose import held
from jobseekers.models import CallRequest, EnrolmentCode, NeedsRecord, PrivateNote, Profile, ProgrammeRequest
from jobseekers.signals import PROFILE_LEFT
from jobseekers.states import NotThere
from outbox.actions import announce, forget

# What a row of Profile says of the person; the rest are ids, the team, and days.
TOLD = (
    *("given_email", "advisor_id", "waits_since", "stage", "paused", "place_id", "travel_km", "hours_now", "hours_goal", "times"),
    *("available_from", "languages", "licences", "kinds", "words"),
)
FEWEST_DIGITS = 7  # of a number that says whose call it is


def leave(profile_id: UUID, *, by: ActiveRole, at: datetime) -> int | None:
    """Empty the person's profile; for the person alone. Returns who has helped them. Raises NotThere.

    The empty row stays: introductions and the log name it by its id. `part` comes last, in the same transaction.
    """
    with transaction.atomic():
        if by.kind != RoleKind.JOBSEEKER:
            raise NotThere
        profile = held(profile_id, by=by)
        advisor_id = profile.advisor_id
        _forget_calls(profile.user)
        asked = set(ProgrammeRequest.objects.filter(profile=profile).values_list("pk", flat=True))
        for model in (NeedsRecord, PrivateNote, EnrolmentCode, ProgrammeRequest):
            model._default_manager.filter(profile=profile).delete()
        forget(reader_id=by.user_id, about=asked)  # after the rows: who answers in this second has written by now
        profile.skills.all().delete()
        profile.wishes.all().delete()
        nobody = Profile()
        for name in TOLD:
            setattr(profile, name, getattr(nobody, name))
        profile.left_at = profile.changed_at = profile.stage_since = at
        profile.save()
        record("profile_erased", "profile", profile.pk, by=by, at=at)
        announce(PROFILE_LEFT, at=at, profile_id=str(profile.pk), left=at.isoformat())
    return advisor_id


def part(profile_id: UUID, *, keep: Collection[type[Model]] = (), by: ActiveRole, at: datetime) -> None:
    """Empty the account of a profile that has been left; nobody can sign in to it again.

    An account that has other roles as well is kept and only loses this one; the profile moves to an account without an owner, so
    that nothing says that this person looked for work. The account is locked last of all: letters that others write in the same
    second wait for it while they hold what they are about.
    """
    with transaction.atomic():
        profile = Profile.objects.select_for_update(no_key=True).get(pk=profile_id, user_id=by.user_id, left_at__isnull=False)
        account = User.objects.select_for_update().get(pk=profile.user_id)
        if not _has_more_roles(account, at):
            empty_account(account, keep=keep, by=by, at=at)
            return
        profile.user = User.objects.create_user(None, is_active=False)
        profile.save(update_fields=["user"])
        for membership in Membership.objects.of(account.pk, at).filter(kind=RoleKind.JOBSEEKER):
            end_role(membership, by=by, at=at)


def _has_more_roles(account: User, at: datetime) -> bool:
    return account.is_superuser or Membership.objects.beside(account.pk, RoleKind.JOBSEEKER, at).exists()


def _forget_calls(account: User) -> None:
    """Calls that the person waits for have no account: theirs are those with their number under their first name."""
    number, name = _digits(account.phone), account.first_name.casefold()
    if len(number) < FEWEST_DIGITS or not name:
        return
    for call in CallRequest.objects.filter(called_at=None):
        asked = call.sealed or {}
        if _digits(asked.get("phone", "")) == number and name in asked.get("name", "").casefold():
            call.delete()


def _digits(phone: str) -> str:
    """A number without its country: people write it with or without."""
    return re.sub(r"\D", "", re.sub(r"^(\+|00)4[67]", "0", phone.replace(" ", ""))).lstrip("0")
