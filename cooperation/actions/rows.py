"""The rows of a meeting under lock, always in one order: the profile, the meeting, its parties. And the letters about a party."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.access import ActiveRole
from audit.actions import record
from cooperation.models import Meeting, Party, PartyKind
from cooperation.signals import MEETING_MOVED
from cooperation.states import MeetingState, meeting_may_follow
from jobseekers.actions.whose import advised
from jobseekers.states import NotThere, Refused
from outbox.actions import announce, call_off, post
from outbox.models import Letter

INVITATION, CHANGED, CANCELLED, REMINDER = "meeting_invitation", "meeting_changed", "meeting_cancelled", "meeting_reminder"
A_PRESS = timedelta(minutes=1)  # the same written again within it is the same press of a button
BEFORE_IT = (INVITATION, CHANGED, REMINDER)  # letters that say that there is a meeting


def of_advisor(meeting_id: UUID, *, by: ActiveRole) -> Meeting:
    """A meeting around one of the advisor's own people, locked after the person's profile. Raises NotThere."""
    own = Meeting.objects.filter(profile__advisor_id=by.user_id, profile__team_id=by.team_key, pk=meeting_id)
    found = own.values_list("profile_id", flat=True).first()
    if found is None:
        raise NotThere
    advised(found, by=by)
    return locked(meeting_id)


def locked(meeting_id: UUID) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).select_related("profile__user", "profile__team__agency")
    meeting = found.filter(pk=meeting_id).first()
    if meeting is None:
        raise NotThere
    return meeting


def party_of(meeting: Meeting, party_id: UUID) -> Party:
    """A party of a locked meeting, locked."""
    party = Party.objects.select_for_update(of=("self",)).filter(pk=party_id, meeting=meeting).first()
    if party is None:
        raise NotThere
    return party


def still_ahead(meeting: Meeting, at: datetime) -> None:
    """Refused("over") when nobody can come to it any more."""
    if meeting.state in {MeetingState.HELD, MeetingState.CANCELLED} or meeting.ends <= at:
        raise Refused("over")


def move(meeting: Meeting, state: MeetingState, *, by: ActiveRole | None, at: datetime) -> None:
    """The one place that assigns `state`."""
    before = meeting.state
    if not meeting_may_follow(before, state):
        raise Refused("over" if before in {MeetingState.HELD, MeetingState.CANCELLED} else "uninvited")
    meeting.state = state
    meeting.save(update_fields=["state", "sequence"])
    record("meeting_moved", "meeting", meeting.pk, by=by, at=at, before=before, after=state)
    announce(MEETING_MOVED, at=at, meeting_id=str(meeting.pk), state=state)


def write_to(party: Party, kind: str, *, at: datetime) -> None:
    """One letter to a party: to its account, or to the address that only its writer reads. After a calling off nothing else waits."""
    if kind == CANCELLED:
        call_off(BEFORE_IT, about=party.pk, at=at)
    post(kind, reader_id=party.user_id, about=party.pk, at=at)


def tell_of_change(party: Party, *, at: datetime) -> None:
    """Another time or place. Whose invitation has not left is told all of it by that."""
    waits = Letter.objects.filter(kind=INVITATION, about=party.pk, done_at=None).exists()
    call_off((REMINDER,), about=party.pk, at=at)
    write_to(party, INVITATION if waits else CHANGED, at=at)


def let_in(party: Party, *, by: ActiveRole | None, at: datetime) -> None:
    """A party is invited. The database refuses that without a yes."""
    party.invited_at, party.reminded_at = at, None
    party.save(update_fields=["invited_at", "reminded_at"])
    write_to(party, INVITATION, at=at)
    record("meeting_invited", "meeting_party", party.pk, by=by, at=at)


def leave_out(party: Party, meeting: Meeting, *, at: datetime) -> None:
    """A party whose way in is closed, whatever the person has said to it."""
    take_out(party, meeting, at=at)
    party.save(update_fields=["invited_at", "comes", "comes_at"])
    record("meeting_door_closed", "meeting_party", party.pk, by=None, at=at)


def take_out(party: Party, meeting: Meeting, *, at: datetime) -> None:
    """A party that was invited is not any more: its view closes with this row, and its calendar hears of it while the meeting is ahead.

    The caller saves the row, and bumps `sequence` with the meeting's.
    """
    if party.invited_at is None:
        return
    party.invited_at, party.comes, party.comes_at = None, "", None
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    call_off(BEFORE_IT, about=party.pk, at=at)
    if meeting.ends > at and meeting.state == MeetingState.INVITED:
        write_to(party, CANCELLED, at=at)


def tell_person(meeting: Meeting, *, at: datetime) -> None:
    """There is something about this meeting for the person to read."""
    person = Party.objects.filter(meeting=meeting, kind=PartyKind.PERSON).first()
    if person:
        post("meeting_asked", reader_id=person.user_id, about=meeting.pk, at=at)
