"""Letters about joint meetings: when and where, with an entry for the calendar. No name, no purpose, nothing of anybody's health.

Everything is asked again at the moment of sending: a yes taken back while a letter waits sends nothing.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from audit.models import Event
from cooperation import access
from cooperation.documents import calendar_of
from cooperation.models import Meeting, Party, PartyKind, Said
from cooperation.states import MeetingState
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, NotYet, writes

NOTHING = UUID(int=0)
TELL_OF_IT = ("meeting_invitation", "meeting_changed", "meeting_reminder")
PAGES = {PartyKind.PERSON: "my_meeting", PartyKind.ADVISOR: "advisor_meeting", PartyKind.EMPLOYER: "employer_meeting"}


@writes("meeting_asked", about="always")
@writes("meeting_answered", about="always")
def something_new(letter: Letter) -> Content | None:
    """To the person: somebody waits for your answer, or there is something to read. To the advisor: the person has answered."""
    meeting = Meeting.objects.filter(pk=letter.about or NOTHING, profile__left_at=None).select_related("profile").first()
    if meeting is None or letter.reader_id not in {meeting.profile.user_id, meeting.profile.advisor_id}:
        return None
    return render("letters/something_new", language=letter.reader.language)


@writes("meeting_invitation", about="always")
@writes("meeting_changed", about="always")
@writes("meeting_cancelled", about="always")
@writes("meeting_reminder", about="reminders")
def about_a_meeting(letter: Letter) -> Content | None:
    """To one party. Nothing is sent of a meeting that is over, nor to somebody who may not come (but for the letter that says so).

    That letter says when and where only if its reader has heard it: a party that is out does not learn where the meeting has moved to.
    """
    at = timezone.now()
    party = Party.objects.whole().filter(pk=letter.about or NOTHING).first()
    if party is None or party.user_id != letter.reader_id or party.meeting.ends <= at or not _is_true(letter.kind, party, at):
        return None
    language = party.language if party.kind == PartyKind.AGENCY else party.account.language
    to = party.sealed["email"] if party.kind == PartyKind.AGENCY and party.sealed else ""
    page = _page(party, language)
    knows = letter.kind != "meeting_cancelled" or _knows_the_time(party)
    words = {"kind": letter.kind, "meeting": party.meeting, "guest": bool(to), "page": page, "call": party.meeting.phone, "knows": knows}
    made = replace(render("cooperation/letters/meeting", language=language, **words), to=to)
    return made if letter.kind == "meeting_reminder" else _with_calendar(made, letter, party, language, page, at, knows)


def _is_true(kind: str, party: Party, at: datetime) -> bool:
    """Whether what a letter says is so at this moment."""
    welcome = party.meeting.state == MeetingState.INVITED and _is_advisors(party) and access.is_welcome(party, at)
    if kind == "meeting_cancelled":
        _after_what_is_on_its_way(party, at)
        return not welcome and _has_been_written_to(party)
    if kind == "meeting_reminder":
        return welcome and party.comes != Said.NO and party.meeting.is_tomorrow(at)
    return welcome


def _is_advisors(party: Party) -> bool:
    """Of the advisors only the one who helps the person now."""
    return party.kind != PartyKind.ADVISOR or party.user_id == party.meeting.profile.advisor_id


def _after_what_is_on_its_way(party: Party, at: datetime) -> None:
    """A calling off that overtakes an invitation leaves the meeting in the calendar. A lease that has run out was a worker's that died."""
    sending = Letter.objects.filter(about=party.pk, kind__in=TELL_OF_IT, leased_until__gt=at).order_by("-leased_until").first()
    if sending and sending.leased_until:
        raise NotYet(sending.leased_until)


def _knows_the_time(party: Party) -> bool:
    """Whether the last that was sent to a party is from after the last change of time or place. What was posted again while it was on its
    way was written before: they know the new time from the second letter only."""
    told = Letter.objects.filter(about=party.pk, kind__in=TELL_OF_IT, outcome="sent").order_by("-done_at").first()
    changes = Event.objects.filter(subject="meeting", subject_id=str(party.meeting_id), what="meeting_changed").order_by("-at")
    changed = changes.values_list("at", flat=True).first()
    if changed is None:
        return True
    if told is None or told.done_at is None or told.done_at < changed:
        return False
    again = Letter.objects.filter(about=party.pk, kind__in=TELL_OF_IT[:2], created_at__gte=told.done_at).exclude(outcome="sent")
    return not again.exists()


def _has_been_written_to(party: Party) -> bool:
    """Who never got an invitation needs no letter that takes it back. A sending that is under way counts: it may arrive."""
    invitations = Letter.objects.filter(kind="meeting_invitation", about=party.pk)
    return invitations.filter(Q(outcome="sent") | Q(leased_until__isnull=False)).exists()


def _page(party: Party, language: str) -> str:
    """Of an account a page that asks for sign-in; else the signed link."""
    name, given = PAGES.get(PartyKind(party.kind)), party.meeting_id
    with translation.override(language):
        path = reverse(name, args=[given]) if name else reverse("meeting_link", args=[access.link_of(party)])
    return f"{settings.PUBLIC_URL}{path}"


def _with_calendar(made: Content, letter: Letter, party: Party, language: str, page: str, at: datetime, knows: bool) -> Content:
    """The signed link stays out of calendars, which others may read."""
    method = "CANCEL" if letter.kind == "meeting_cancelled" else "REQUEST"
    to = made.to or party.account.email or ""
    with translation.override(language):
        entry = calendar_of(party.meeting, at=at, method=method, to=to, page="" if made.to else page, timed=knows)
    return replace(made, calendar=entry, method=method)
