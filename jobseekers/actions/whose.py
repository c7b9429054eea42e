"""Whose profile may be changed by whom: the person's own, or by the own advisor on the person's behalf."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from jobseekers.models import BehalfReason, Channel, Profile
from jobseekers.signals import CARD_CHANGED, PROFILE_CHANGED
from jobseekers.states import NotThere, Refused
from outbox.actions import announce, post

ONE_TALK = timedelta(hours=1)


def held(profile_id: UUID, *, by: ActiveRole, channel: str = "", why: str = "") -> Profile:
    """The profile, locked. An advisor who answers for a person says how they spoke (`channel`) and why (a code)."""
    profile = _locked().filter(pk=profile_id, left_at=None).first()
    if profile is None:
        raise NotThere
    if by.kind == RoleKind.JOBSEEKER and profile.user_id == by.user_id:
        return profile
    if by.kind != RoleKind.ADVISOR or (profile.advisor_id, profile.team_id) != (by.user_id, by.team_id):
        raise NotThere
    if channel not in Channel.values or (why and why not in BehalfReason.values):
        raise Refused("channel")
    return profile


def advised(profile_id: UUID, *, by: ActiveRole) -> Profile:
    """The profile of one of the advisor's own people, locked: for what the advisor does as an advisor."""
    profile = _locked().filter(pk=profile_id, left_at=None, advisor_id=by.user_id, team_id=by.team_key).first()
    if profile is None or by.kind != RoleKind.ADVISOR:
        raise NotThere
    return profile


def _locked() -> QuerySet[Profile]:
    """Against other changes of the profile alone: whoever holds a suggestion may still write rows that name it by its id."""
    return Profile.objects.select_for_update(no_key=True)


def source_of(by: ActiveRole) -> str:
    return "advisor" if by.kind == RoleKind.ADVISOR else "self"


def note_change(
    profile: Profile, what: str, *, by: ActiveRole, at: datetime, after: str = "", channel: str = "", why: str = "", scored: bool = True
) -> None:
    """The event row, the time of the change, a letter if somebody else answered, and the fact."""
    profile.changed_at = at
    profile.save(update_fields=["changed_at"])
    on_behalf = by.user_id != profile.user_id
    if on_behalf:
        # One letter for all that was answered in one talk.
        post("answered_for_you", reader_id=profile.user_id, at=at, about=profile.pk, not_before=at + ONE_TALK)
    record(what, "profile", profile.pk, by=by, at=at, after=after, why=why if on_behalf else "", channel=channel if on_behalf else "")
    announce(PROFILE_CHANGED if scored else CARD_CHANGED, at=at, profile_id=str(profile.pk))
