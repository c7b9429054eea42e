"""What time and others bring: a reminder the day before, and the end of what a party had when a door closes or a person leaves."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from cooperation.actions.meetings import call_off_meeting
from cooperation.actions.rows import REMINDER, leave_out, let_in, locked, take_out, write_to
from cooperation.models import Meeting, MeetingTask, Note, Party, PartyKind, Said
from cooperation.states import AHEAD, MeetingState
from jobseekers.models import Profile
from matching.models import Introduction
from matching.states import State
from outbox.actions import forget
from outbox.models import Letter

FROM_HOUR = 8  # in the morning, by the clock where the meeting takes place
SOON = timedelta(days=2)


def remind(*, at: datetime) -> int:
    """The day before from 8 o'clock: who is invited and has not said no hears of it once. Returns to how many a letter was posted.

    On the day itself it is too late: after an outage nobody reads "tomorrow" about today. Who was invited that day has just read it.
    """
    soon = Meeting.objects.filter(state=MeetingState.INVITED, starts__gt=at, starts__lte=at + SOON)
    due = [one.pk for one in soon if one.is_tomorrow(at) and at.astimezone(one.zone).hour >= FROM_HOUR]
    return sum(_remind(pk, at) for pk in due)


def _remind(meeting_id: UUID, at: datetime) -> int:
    with transaction.atomic():
        meeting = locked(meeting_id)
        if meeting.state != MeetingState.INVITED or not meeting.is_tomorrow(at):
            return 0
        told = 0
        for party in meeting.parties.select_for_update().invited().filter(reminded_at=None).exclude(comes=Said.NO):
            party.reminded_at = at
            party.save(update_fields=["reminded_at"])
            if party.invited_at and not meeting.is_tomorrow(party.invited_at):
                write_to(party, REMINDER, at=at)
                told += 1
    return told


def close_door(suggestion_id: UUID, *, at: datetime) -> int:
    """The contact with an employer has ended: its members are out of every meeting of the person. Returns how many were invited."""
    found = Introduction.objects.filter(suggestion_id=suggestion_id, suggestion__state=State.CLOSED).values_list("pk", flat=True).first()
    if found is None:
        return 0
    meetings = set(Party.objects.invited().filter(introduction=found).values_list("meeting_id", flat=True))
    return sum(_out_of(meeting_id, found, at) for meeting_id in sorted(meetings))


def _out_of(meeting_id: UUID, introduction_id: UUID, at: datetime) -> int:
    with transaction.atomic():
        meeting = locked(meeting_id)
        parties = list(meeting.parties.select_for_update().invited().filter(introduction_id=introduction_id))
        for party in parties:
            leave_out(party, meeting, at=at)
    return len(parties)


def follow_advisor(profile_id: UUID, *, at: datetime) -> int:
    """Another advisor helps the person now: the one before is out of the meetings that come, and the new one in. Returns how many.

    Who helped the person before and does again has a row already.
    """
    ahead = Meeting.objects.filter(profile_id=profile_id, state__in=AHEAD, ends__gt=at).values_list("pk", flat=True)
    return sum(_hand_over(pk, at) for pk in list(ahead))


def _hand_over(meeting_id: UUID, at: datetime) -> int:
    with transaction.atomic():
        meeting = locked(meeting_id)
        # Read after the lock: a row joined to a locked one is the row from before the wait.
        new = Profile.objects.only("advisor").get(pk=meeting.profile_id).advisor_id
        for party in meeting.parties.select_for_update().invited().filter(kind=PartyKind.ADVISOR):
            if party.user_id != new:
                take_out(party, meeting, at=at)
                party.save(update_fields=["invited_at", "comes", "comes_at"])
        if new is None:
            return 0
        party, made = Party.objects.get_or_create(meeting=meeting, user_id=new, defaults={"kind": PartyKind.ADVISOR, "added_at": at})
        waits = party.kind == PartyKind.ADVISOR and party.invited_at is None and meeting.state == MeetingState.INVITED
        if waits:
            meeting.sequence += 1
            meeting.save(update_fields=["sequence"])
            let_in(party, by=None, at=at)
        if not (made or waits):
            return 0
        record("meeting_advisor_changed", "meeting", meeting.pk, by=None, at=at)
    return 1


def erase_meetings(profile_id: UUID, *, by: ActiveRole | None, at: datetime) -> None:
    """A person who has left for good: what comes is called off, words and tasks go at once, the rows when the last letter has gone.

    Until then they hold whom the letter that calls off goes to, and nothing of the person but a number.
    """
    for meeting_id in list(Meeting.objects.filter(profile_id=profile_id).values_list("pk", flat=True)):
        with transaction.atomic():
            meeting = locked(meeting_id)
            if meeting.state in AHEAD:
                call_off_meeting(meeting, by=by, at=at)
            Note.objects.filter(meeting=meeting).delete()
            MeetingTask.objects.filter(meeting=meeting).delete()
            for person in Party.objects.filter(meeting=meeting, kind=PartyKind.PERSON):
                forget(reader_id=person.account.pk, about=[person.pk, meeting.pk])
                person.delete()
            Meeting.objects.filter(pk=meeting_id).update(sealed={"place": "", "agenda": ""})
    forget_left(at=at)


def forget_left(*, at: datetime) -> int:
    """Meetings of people who have left, about which no letter waits. Returns how many are gone."""
    left = Profile.objects.filter(left_at__isnull=False, left_at__lte=at, meetings__isnull=False)
    waiting = set(Letter.objects.filter(done_at=None, kind__startswith="meeting_", about__isnull=False).values_list("about", flat=True))
    gone = 0
    for meeting in Meeting.objects.filter(profile__in=left):
        parties = set(Party.objects.filter(meeting=meeting).values_list("pk", flat=True))
        if not parties & waiting:
            Letter.objects.filter(about__in={meeting.pk, *parties}, kind__startswith="meeting_").delete()
            meeting.delete()
            gone += 1
    return gone
