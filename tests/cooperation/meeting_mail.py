"""What has left about a meeting, and what has to be true of it once everything has left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.core import mail
from icalendar import Calendar

from cooperation import access
from cooperation.models import Meeting, Party, Said
from cooperation.states import MeetingState
from matching import access as matching
from outbox import actions as outbox
from outbox.models import Letter

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """One calendar entry as it lies in somebody's mailbox."""

    to: str
    method: str
    sequence: int
    starts: datetime | None
    place: str


def entries() -> list[Entry]:
    """In the order in which they left."""
    return [_read(message.to[0], str(message.attachments[0].content)) for message in mail.outbox if message.attachments]


def _read(to: str, text: str) -> Entry:
    calendar: Any = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    starts = event.decoded("dtstart") if "dtstart" in event else None
    return Entry(to, str(calendar["method"]), int(event["sequence"]), starts, str(event.get("location", "")))


def deliver(at: datetime, *, most: int = 1000) -> None:
    """A worker sends what waits, also what has to wait for another letter, and nothing but letters about meetings."""
    with time_machine.travel(at, tick=False):
        for later in (at, at + 2 * A_MINUTE):
            waiting = Letter.objects.due(later).filter(kind__startswith="meeting_").order_by("not_before", "created_at")
            for letter in waiting[:most]:
                outbox.send(str(letter.pk), at=later)


def address(party: Party) -> str:
    return str(party.sealed["email"] if party.sealed else party.account.email)


def is_welcome(party: Party, at: datetime) -> bool:
    """Said once more, in other words than the product's: who may come, and hear of it."""
    meeting, door = party.meeting, party.introduction
    said_yes = party.kind in {"person", "advisor"} or party.said == Said.YES
    current = party.kind != "advisor" or party.user_id == meeting.profile.advisor_id
    through = door is None or (matching.is_readable(door, at) and party.user_id in matching.readers_of_posting(door.posting.employer_id))
    here = meeting.profile.left_at is None
    return bool(party.invited_at) and meeting.state == MeetingState.INVITED and said_yes and current and through and here


def standing(found: list[Entry]) -> Entry | None:
    """What a calendar shows of one meeting after these, by RFC 5546: an older sequence is ignored, so is the same one with other words,
    and a calling off of what is not there."""
    held: Entry | None = None
    for entry in found:
        if (held is None and entry.method == "REQUEST") or (held is not None and entry.sequence > held.sequence):
            held = entry
    return held


def calendars_are_true(meeting_id: Any, at: datetime) -> None:
    """Everything has left: in each calendar stands what is so. Who may come has the time and the place; who is out has nothing any more.
    Who is still in, but may not be written to at this moment, has nothing old."""
    held: dict[str, list[Entry]] = {}
    for entry in entries():
        held.setdefault(entry.to, []).append(entry)
    for party in Party.objects.whole().filter(meeting_id=meeting_id):
        shown = standing(held.get(address(party), []))
        now = ("REQUEST", party.meeting.starts, party.meeting.place)
        told = (shown.method, shown.starts, shown.place) if shown else None
        gone = shown is None or shown.method == "CANCEL"
        if is_welcome(party, at):
            assert told == now, (party.kind, shown)
        else:
            resting = party.invited_at is not None and party.meeting.state == MeetingState.INVITED
            assert gone or (resting and told == now), (party.kind, shown)


def rows_are_true(meeting_id: Any, at: datetime) -> None:
    """Nobody is invited without a yes, nobody to a plan; and no page is open to who may not look."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is None:
        return
    for party in Party.objects.whole().filter(meeting=meeting):
        if party.invited_at:
            assert party.said == Said.YES or not party.needs_a_yes
            assert meeting.state != MeetingState.PLANNED
        if party.kind == "agency" and access.of_guest(access.link_of(party), at=at):
            assert (party.said, bool(party.invited_at)) == (Said.YES, True)
