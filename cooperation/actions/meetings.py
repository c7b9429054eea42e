"""A joint meeting is planned, changed, called off and held. Who may come is another file's matter (parties.py)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from cooperation.actions.rows import CANCELLED, CHANGED, move, of_advisor, still_ahead, write_to
from cooperation.models import TYPES_IN, Meeting, Party, PartyKind
from cooperation.signals import MEETING_MOVED
from cooperation.states import MeetingState
from jobseekers.actions.whose import advised
from jobseekers.models import Profile
from jobseekers.states import Refused
from outbox.actions import announce, call_off

LONGEST = timedelta(hours=12)
SHORTEST_NAME = 3  # letters; a shorter one is part of too many words


@dataclass(frozen=True)
class Terms:
    """When and where. `place` goes into calendars: an address, a link or a number, and no name of anybody."""

    where: str
    place: str
    starts: datetime
    ends: datetime


def plan_meeting(profile_id: UUID, terms: Terms, *, type: str, purpose: str, agenda: str = "", by: ActiveRole, at: datetime) -> Meeting:
    """Nobody hears of it yet. The person and the advisor are parties from the start. Refused: "type", "past", "names"."""
    with transaction.atomic():
        profile = advised(profile_id, by=by)
        if type not in TYPES_IN.get(profile.country, ()):
            raise Refused("type")
        _fits(terms, profile, at)
        meeting = Meeting.objects.create(
            profile=profile,
            country=profile.country,
            type=type,
            purpose=purpose,
            where=terms.where,
            sealed={"place": terms.place, "agenda": agenda},
            starts=terms.starts,
            ends=terms.ends,
            by_id=by.user_id,
            planned_at=at,
        )
        Party.objects.create(meeting=meeting, kind=PartyKind.PERSON, user_id=profile.user_id, added_at=at)
        Party.objects.create(meeting=meeting, kind=PartyKind.ADVISOR, user_id=by.user_id, added_at=at)
        record("meeting_planned", "meeting", meeting.pk, by=by, at=at, after=meeting.state)
        announce(MEETING_MOVED, at=at, meeting_id=str(meeting.pk), state=meeting.state)
    return meeting


def _fits(terms: Terms, profile: Profile, at: datetime) -> None:
    if not at < terms.starts < terms.ends <= terms.starts + LONGEST:
        raise Refused("past")
    refuse_names(terms.place, profile)


def refuse_names(place: str, profile: Profile) -> None:
    """The place goes into calendars, where no name of the person or of an employer whom they have met may stand."""
    employers = profile.suggestions.exclude(introduction=None).values_list("posting__employer__name", flat=True)
    words = [profile.user.first_name, profile.user.last_name, *employers]
    for name in {word.strip() for word in words if len(word.strip()) >= SHORTEST_NAME}:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", place, re.IGNORECASE):
            raise Refused("names")


def change_meeting(meeting_id: UUID, terms: Terms, *, by: ActiveRole, at: datetime) -> None:
    """Another time or place. Who is invited gets a new calendar entry over the old one, and is asked again whether they come."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        still_ahead(meeting, at)
        _fits(terms, meeting.profile, at)
        meeting.where, meeting.starts, meeting.ends = terms.where, terms.starts, terms.ends
        meeting.sealed = {**meeting.sealed, "place": terms.place}
        invited = list(meeting.parties.select_for_update().invited())
        meeting.sequence += bool(invited)
        meeting.save(update_fields=["where", "starts", "ends", "sealed", "sequence"])
        for party in invited:
            party.comes, party.comes_at, party.reminded_at = "", None, None
            party.save(update_fields=["comes", "comes_at", "reminded_at"])
            call_off(("meeting_reminder",), about=party.pk, at=at)
            write_to(party, CHANGED, at=at)
        record("meeting_changed", "meeting", meeting.pk, by=by, at=at)


def save_agenda(meeting_id: UUID, agenda: str, *, by: ActiveRole, at: datetime) -> None:
    """What is to be talked about. Everyone who is invited and signs in reads it."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        meeting.sealed = {**meeting.sealed, "agenda": agenda}
        meeting.save(update_fields=["sealed"])
        record("meeting_agenda", "meeting", meeting.pk, by=by, at=at)


def cancel_meeting(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> int:
    """It does not take place; whoever was invited is told. Returns how many. Twice tells nobody again."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        return call_off_meeting(meeting, by=by, at=at)


def call_off_meeting(meeting: Meeting, *, by: ActiveRole | None, at: datetime) -> int:
    """The same for a meeting that is locked."""
    if meeting.state == MeetingState.CANCELLED:
        return 0
    invited = list(meeting.parties.select_for_update().invited())
    meeting.sequence += 1
    move(meeting, MeetingState.CANCELLED, by=by, at=at)
    for party in invited:
        write_to(party, CANCELLED, at=at)
    return len(invited)


def hold_meeting(meeting_id: UUID, there: Collection[UUID], *, by: ActiveRole, at: datetime) -> None:
    """It has taken place, and these parties were there; may be written again. Refused: "early", "uninvited", "over"."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        if meeting.starts > at:
            raise Refused("early")
        if meeting.state != MeetingState.HELD:
            move(meeting, MeetingState.HELD, by=by, at=at)
        for party in meeting.parties.select_for_update().invited():
            party.was_there = party.pk in there
            party.save(update_fields=["was_there"])
        record("meeting_attendance", "meeting", meeting.pk, by=by, at=at)
