"""A joint meeting is planned, changed, called off and held. Who may come is another file's matter (parties.py)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from cooperation import access
from cooperation.actions.rows import A_PRESS, CANCELLED, leave_out, move, of_advisor, still_ahead, tell_of_change, tell_person, write_to
from cooperation.models import TYPES_IN, Meeting, Party, PartyKind
from cooperation.signals import MEETING_MOVED
from cooperation.states import MeetingState
from jobseekers.actions.whose import advised
from jobseekers.models import Profile
from jobseekers.states import Refused
from outbox.actions import announce

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
    """Nobody hears of it yet. The person and the advisor are parties from the start. Refused: "type", "past", "names".

    The same again within a minute is the same press of a button.
    """
    with transaction.atomic():
        profile = advised(profile_id, by=by)
        if type not in TYPES_IN.get(profile.country, ()):
            raise Refused("type")
        _fits(terms, profile, at)
        given = {"type": type, "purpose": purpose, "where": terms.where, "starts": terms.starts, "ends": terms.ends, "by_id": by.user_id}
        sealed = {"place": terms.place, "agenda": agenda}
        again = Meeting.objects.filter(
            profile=profile, state=MeetingState.PLANNED, planned_at__gt=at - A_PRESS, planned_at__lte=at, **given
        )
        if found := next((one for one in again if one.sealed == sealed), None):
            return found
        meeting = Meeting.objects.create(profile=profile, country=profile.country, sealed=sealed, planned_at=at, **given)
        Party.objects.create(meeting=meeting, kind=PartyKind.PERSON, user_id=profile.user_id, added_at=at)
        Party.objects.create(meeting=meeting, kind=PartyKind.ADVISOR, user_id=by.user_id, added_at=at)
        record("meeting_planned", "meeting", meeting.pk, by=by, at=at, after=meeting.state)
        announce(MEETING_MOVED, at=at, meeting_id=str(meeting.pk), state=meeting.state)
    return meeting


def _fits(terms: Terms, profile: Profile, at: datetime, names: Iterable[str] = ()) -> None:
    if not at < terms.starts < terms.ends <= terms.starts + LONGEST:
        raise Refused("past")
    refuse_names(terms.place, profile, names)


def names_in(meeting: Meeting) -> list[str]:
    """Who comes from an agency, and which: none of the others may read that."""
    return [words for party in meeting.parties.filter(kind=PartyKind.AGENCY) for words in (party.name, party.organisation)]


def refuse_names(place: str, profile: Profile, names: Iterable[str] = ()) -> None:
    """The place goes into calendars, where no name of the person, of an employer whom they have met or of a party (`names`) may stand."""
    employers = profile.suggestions.exclude(introduction=None).values_list("posting__employer__name", flat=True)
    words = [profile.user.first_name, profile.user.last_name, *employers, *names]
    for name in {word.strip() for word in words if len(word.strip()) >= SHORTEST_NAME}:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", place, re.IGNORECASE):
            raise Refused("names")


def change_meeting(meeting_id: UUID, terms: Terms, *, by: ActiveRole, at: datetime) -> None:
    """Another time or place. Who is invited gets a new calendar entry over the old one, and is asked again whether they come.

    A person who has been asked hears of it before anybody is invited. Who cannot be told, because their way in is closed, is left out:
    they would come at the old time. The same terms change nothing.
    """
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        still_ahead(meeting, at)
        if terms == Terms(meeting.where, meeting.place, meeting.starts, meeting.ends):
            return
        _fits(terms, meeting.profile, at, names_in(meeting))
        meeting.where, meeting.starts, meeting.ends = terms.where, terms.starts, terms.ends
        meeting.sealed = {**meeting.sealed, "place": terms.place}
        meeting.sequence += 1
        meeting.save(update_fields=["where", "starts", "ends", "sealed", "sequence"])
        for party in Party.objects.whole().invited().filter(meeting=meeting).select_for_update(of=("self",)):
            if not access.is_welcome(party, at):
                leave_out(party, meeting, at=at)
                continue
            party.comes, party.comes_at, party.reminded_at = "", None, None
            party.save(update_fields=["comes", "comes_at", "reminded_at"])
            tell_of_change(party, at=at)
        if _only_asked(meeting):
            tell_person(meeting, at=at)
        record("meeting_changed", "meeting", meeting.pk, by=by, at=at)


def _only_asked(meeting: Meeting) -> bool:
    """The person has been asked who may come, and nobody is invited: no other letter tells them what happens to the meeting."""
    return meeting.state == MeetingState.PLANNED and meeting.parties.filter(asked_at__isnull=False).exists()


def save_agenda(meeting_id: UUID, agenda: str, *, by: ActiveRole, at: datetime) -> None:
    """What is to be talked about. Everyone who is invited and signs in reads it."""
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        meeting.sealed = {**meeting.sealed, "agenda": agenda}
        meeting.save(update_fields=["sealed"])
        record("meeting_agenda", "meeting", meeting.pk, by=by, at=at)


def cancel_meeting(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> int:
    """It does not take place; whoever was invited is told, and the person if they were asked. Returns how many were invited.

    Twice tells nobody again.
    """
    with transaction.atomic():
        meeting = of_advisor(meeting_id, by=by)
        return call_off_meeting(meeting, by=by, at=at)


def call_off_meeting(meeting: Meeting, *, by: ActiveRole | None, at: datetime) -> int:
    """The same for a meeting that is locked."""
    if meeting.state == MeetingState.CANCELLED:
        return 0
    invited = list(meeting.parties.select_for_update().invited())
    asked = _only_asked(meeting)
    meeting.sequence += 1
    move(meeting, MeetingState.CANCELLED, by=by, at=at)
    for party in invited:
        write_to(party, CANCELLED, at=at)
    if asked:
        tell_person(meeting, at=at)
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
