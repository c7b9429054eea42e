"""Who may see what of a joint meeting. The advisor and the person see who else comes; every other party sees its own part alone.

These functions are the only doors; for all but the advisor they return frozen cards of what this viewer may see now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core import signing

from accounts.access import ActiveRole
from accounts.models import RoleKind
from cooperation.models import Meeting, MeetingTask, Note, Party, PartyKind, Said
from cooperation.states import MeetingState
from jobseekers.models import BehalfReason, Channel
from matching import access as matching

LINK = signing.Signer(salt="cooperation.meeting")
LINK_WORKS = timedelta(days=30)  # after the meeting
IN_USE = frozenset({MeetingState.INVITED, MeetingState.HELD})


@dataclass(frozen=True)
class NoteSeen:
    kind: str
    label: str
    words: str
    at: datetime


@dataclass(frozen=True)
class TaskSeen:
    pk: UUID
    words: str
    due: date
    done_at: datetime | None
    owner: str  # the name; empty where only the owner looks
    mine: bool  # whether the reader can say here that it is done: not without an account


@dataclass(frozen=True)
class MeetingSeen:
    """What one party sees. Of a meeting that is called off: that it is, and nothing else."""

    pk: UUID
    party: UUID
    starts: datetime
    ends: datetime
    state: str
    where: str
    place: str
    purpose: str
    agenda: str
    comes: str
    comes_at: datetime | None
    ahead: bool
    person: str  # the name as the card tells it to an employer; empty for others
    advisor: str
    phone: str
    notes: tuple[NoteSeen, ...]
    tasks: tuple[TaskSeen, ...]


def may_look(party: Party, at: datetime) -> bool:
    """Whether a party, fetched `whole()`, may see its part of the meeting now: invited, with a yes that stands, through an open door."""
    if party.invited_at is None or party.meeting.profile.left_at is not None or not party.is_still_who:
        return False
    if party.needs_a_yes and party.said != Said.YES:
        return False
    return party.introduction is None or matching.is_readable(party.introduction, at)


def works_there(party: Party) -> bool:
    """Whether a member is still one of the employer's; all others are not asked."""
    return party.introduction is None or party.user_id in matching.readers_of_posting(party.introduction.posting.employer_id)


def is_welcome(party: Party, at: datetime) -> bool:
    """`may_look`, of somebody who is not here to show a role: whether they may be written to."""
    return may_look(party, at) and works_there(party)


def of_employer(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> MeetingSeen | None:
    """The part of the member who is invited, and of no colleague; None for everybody else."""
    if by.kind != RoleKind.EMPLOYER or by.employer_id is None:
        return None
    own = Party.objects.whole().filter(meeting_id=meeting_id, kind=PartyKind.EMPLOYER, user_id=by.user_id)
    party = own.filter(introduction__posting__employer_id=by.employer_id).first()
    return _seen(party, at) if party and may_look(party, at) else None


@dataclass(frozen=True)
class Row:
    """A meeting in a member's list."""

    pk: UUID
    profile: UUID
    starts: datetime
    ends: datetime
    state: str
    person: str
    waits: bool  # it is to come, and the member has not said whether they do


def of_member(*, by: ActiveRole, at: datetime) -> list[Row]:
    """The meetings that a member of an employer is invited to and may look at now, the next one first."""
    if by.kind != RoleKind.EMPLOYER or by.employer_id is None:
        return []
    own = Party.objects.whole().invited().filter(kind=PartyKind.EMPLOYER, user_id=by.user_id)
    found = own.filter(introduction__posting__employer_id=by.employer_id).order_by("meeting__starts", "pk")
    return [_row(one, at) for one in found if may_look(one, at)]


def _row(party: Party, at: datetime) -> Row:
    meeting, door = party.meeting, party.introduction
    person, waits = matching.card_of(door).name if door else "", meeting.state == MeetingState.INVITED and meeting.ends > at
    return Row(meeting.pk, meeting.profile_id, meeting.starts, meeting.ends, meeting.state, person, waits and not party.comes)


def profile_of(meeting_id: UUID) -> UUID:
    """Whose data a look at a meeting is a look at."""
    return Meeting.objects.values_list("profile_id", flat=True).get(pk=meeting_id)


def link_of(party: Party) -> str:
    """What the address of a professional's page ends with. After another invitation the old one opens nothing."""
    return LINK.sign(f"{party.pk.hex}-{_mark(party)}")


def party_behind(token: str, *, at: datetime) -> Party | None:
    """The party that a link was made for, while it works: with the person's yes, not called off, and until 30 days after the meeting."""
    try:
        number, _, mark = LINK.unsign(token).partition("-")
        party = Party.objects.whole().filter(pk=UUID(number), kind=PartyKind.AGENCY).first()
    except (signing.BadSignature, ValueError):
        return None
    if party is None or not may_look(party, at) or mark != str(_mark(party)) or party.meeting.state not in IN_USE:
        return None
    return party if at < party.meeting.ends + LINK_WORKS else None


def _mark(party: Party) -> int:
    return int(party.invited_at.timestamp()) if party.invited_at else 0


def of_guest(token: str, *, at: datetime) -> MeetingSeen | None:
    """A professional's part of exactly this meeting."""
    party = party_behind(token, at=at)
    return _seen(party, at) if party else None


def _seen(party: Party, at: datetime) -> MeetingSeen:
    meeting = party.meeting
    gone = meeting.state == MeetingState.CANCELLED
    advisor = meeting.profile.advisor
    return MeetingSeen(
        pk=meeting.pk,
        party=party.pk,
        starts=meeting.starts,
        ends=meeting.ends,
        state=meeting.state,
        where="" if gone else str(meeting.get_where_display()),
        place="" if gone else meeting.place,
        purpose="" if gone else str(meeting.get_purpose_display()),
        agenda="" if gone or party.kind == PartyKind.AGENCY else meeting.agenda,
        comes=party.comes,
        comes_at=party.comes_at,
        ahead=meeting.state == MeetingState.INVITED and meeting.ends > at,
        person=matching.card_of(party.introduction).name if party.introduction and not gone else "",
        advisor=advisor.get_full_name() if advisor else "",
        phone=meeting.phone,
        notes=() if gone else tuple(notes_of(party)),
        tasks=()
        if gone
        else tuple(_task(one, owner="", mine=party.kind != PartyKind.AGENCY) for one in MeetingTask.objects.filter(owner=party)),
    )


def notes_of(party: Party) -> list[NoteSeen]:
    """The notes that a party may read."""
    return [_note(one) for one in Note.objects.filter(readers=party)]


def _note(one: Note) -> NoteSeen:
    return NoteSeen(one.kind, str(one.get_kind_display()), one.sealed["words"], one.at)


def _task(one: MeetingTask, *, owner: str, mine: bool) -> TaskSeen:
    return TaskSeen(one.pk, one.sealed["words"], one.due, one.done_at, owner, mine)


@dataclass(frozen=True)
class PartySeen:
    """Somebody who comes, as the person sees them."""

    pk: UUID
    kind: str
    name: str
    organisation: str
    asks: bool  # whether the person says yes or no to this party
    said: str
    said_at: datetime | None
    invited: bool
    comes: str
    told: tuple[str, str]  # how and why, in words, when the advisor wrote the answer down
    was_there: bool | None


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting as the person sees it."""

    meeting: Meeting
    mine: PartySeen
    parties: tuple[PartySeen, ...]
    notes: tuple[NoteSeen, ...]
    tasks: tuple[TaskSeen, ...]
    ahead: bool

    @property
    def waiting(self) -> int:
        """How many parties wait for the person's answer."""
        return sum(one.asks and not one.said for one in self.parties) if self.ahead else 0


def own_meetings(*, by: ActiveRole, at: datetime) -> tuple[list[OwnMeeting], list[OwnMeeting]]:
    """The person's meetings: those that come, the next one first, and those behind."""
    if by.kind != RoleKind.JOBSEEKER:
        return [], []
    found = Meeting.objects.of_person(by.user_id)
    return _own(found.ahead(at), at), _own(found.behind(at), at)


def own_next(*, by: ActiveRole, at: datetime, most: int) -> list[OwnMeeting]:
    """The next ones that come, for a start page."""
    return _own(Meeting.objects.of_person(by.user_id).ahead(at)[:most], at) if by.kind == RoleKind.JOBSEEKER else []


def own_meeting(meeting_id: UUID, *, by: ActiveRole, at: datetime) -> OwnMeeting | None:
    if by.kind != RoleKind.JOBSEEKER:
        return None
    return next(iter(_own(Meeting.objects.of_person(by.user_id).filter(pk=meeting_id), at)), None)


def _own(found: Iterable[Meeting], at: datetime) -> list[OwnMeeting]:
    """With everything around them, in as many queries for one as for many."""
    meetings = {one.pk: one for one in found}
    parties: dict[UUID, list[Party]] = {pk: [] for pk in meetings}
    for party in Party.objects.whole().to_show().in_order().filter(meeting__in=meetings):
        parties[party.meeting_id].append(party)
    mine = {pk: those[0] for pk, those in parties.items() if those and those[0].kind == PartyKind.PERSON}
    notes: dict[UUID, list[NoteSeen]] = {pk: [] for pk in meetings}
    for note in Note.objects.filter(readers__in=[one.pk for one in mine.values()]):
        notes[note.meeting_id].append(_note(note))
    tasks: dict[UUID, list[TaskSeen]] = {pk: [] for pk in meetings}
    for task in MeetingTask.objects.filter(meeting__in=meetings).select_related("owner__user"):
        tasks[task.meeting_id].append(_task(task, owner=task.owner.name, mine=task.owner.kind == PartyKind.PERSON))
    return [_one_own(meetings[pk], parties[pk], tuple(notes[pk]), tuple(tasks[pk]), at) for pk in mine]


def _one_own(meeting: Meeting, parties: list[Party], notes: tuple[NoteSeen, ...], tasks: tuple[TaskSeen, ...], at: datetime) -> OwnMeeting:
    shown = [_party(one) for one in parties if not one.needs_a_yes or one.asked_at]
    ahead = meeting.state in {MeetingState.PLANNED, MeetingState.INVITED} and meeting.ends > at
    return OwnMeeting(meeting, shown[0], tuple(shown[1:]), notes, tasks, ahead)


def _party(one: Party) -> PartySeen:
    words = dict([*Channel.choices, *BehalfReason.choices])
    return PartySeen(
        pk=one.pk,
        kind=one.kind,
        name=one.name,
        organisation=one.organisation,
        asks=one.needs_a_yes,
        said=one.said,
        said_at=one.said_at,
        invited=one.invited_at is not None,
        comes=one.comes,
        told=(str(words.get(one.channel, "")), str(words.get(one.why, ""))),
        was_there=one.was_there,
    )
