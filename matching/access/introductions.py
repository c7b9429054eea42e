"""Who may look through an open door, and who is told of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Max, Q
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind
from audit.models import Read
from employers.states import PostingState
from matching.access.cards import Card
from matching.models import Introduction
from matching.states import READABLE, Door

ENDED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class OpenCard:
    """What an employer sees of an introduction, and nothing else."""

    id: UUID
    posting_title: str
    posting_id: UUID
    card: Card
    until: date
    answer_by: date
    answered_at: datetime | None
    answer: str
    state: str
    advisor_name: str
    advisor_first_name: str
    advisor_phone: str


def cards_for(*, by: ActiveRole, at: datetime) -> list[OpenCard]:
    """An employer's open introductions, those to be answered first."""
    doors = Introduction.objects.of(by.employer_id).readable(at).order_by(F("answered_at").asc(nulls_first=True), "answer_by", "pk")
    return [_open_card(door) for door in doors]


def card_open(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> OpenCard | None:
    """One open introduction for its employer; None when it is closed, not there or not theirs."""
    if by.kind != "employer":
        return None
    door = Introduction.objects.of(by.employer_id).readable(at).filter(pk=introduction_id).first()
    return _open_card(door) if door else None


@dataclass(frozen=True)
class Ended:
    """What is left of a contact for the employer: which posting, and the day it ended. No name, no reason. `rests`: it may go on;
    `more`: others may be introduced for the same posting."""

    posting_title: str
    day: date
    rests: bool
    more: bool


def ended_for(*, by: ActiveRole, at: datetime) -> list[Ended]:
    """Contacts of the employer that rest now, then those that ended in the last weeks, newest first."""
    resting = Q(state=Door.SUSPENDED) | Q(closed_at=None, suggestion__profile__advisor=None)
    ended = Introduction.objects.of(by.employer_id).filter(Q(closed_at__gte=at - ENDED_SHOWN) | resting)
    return [_ended(door, at) for door in ended.order_by(F("closed_at").desc(nulls_first=True), "pk")]


def card_ended(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> Ended | None:
    """One of the employer's own introductions that can no longer be read; None when there is none. Asked after `card_open` said no."""
    if by.kind != "employer":
        return None
    door = Introduction.objects.of(by.employer_id).filter(pk=introduction_id).first()
    return _ended(door, at) if door else None


def _ended(door: Introduction, at: datetime) -> Ended:
    """A door that nobody has closed yet has ended with its yes, or now, because the person has paused."""
    day = localdate(door.closed_at) if door.closed_at else min(door.consent.until, localdate(at))
    return Ended(door.posting.title, day, door.rests, more=door.posting.status.state == PostingState.PUBLISHED and not door.rests)


def _open_card(door: Introduction) -> OpenCard:
    advisor = door.advisor
    return OpenCard(
        id=door.pk,
        posting_title=door.posting.title,
        posting_id=door.posting_id,
        card=card_of(door),
        until=door.consent.until,
        answer_by=door.answer_by,
        answered_at=door.answered_at,
        answer=door.answer,
        state=door.state,
        advisor_name=advisor.get_full_name(),
        advisor_first_name=advisor.first_name,
        advisor_phone=advisor.phone,
    )


def card_of(door: Introduction) -> Card:
    """The card as the person has said yes to it."""
    return Card(str(door.posting_id), tuple((name, words) for name, words in door.consent.sealed["card"]))


def door_for(introduction_id: UUID, *, by: ActiveRole) -> Introduction | None:
    """An introduction for one of its three parties, open or closed."""
    doors = Introduction.objects.filter(pk=introduction_id).select_related("suggestion__profile", "posting")
    if by.kind == "employer":
        return doors.of(by.employer_id).first()
    if by.kind == "jobseeker":
        return doors.filter(suggestion__profile__user_id=by.user_id).first()
    return doors.of_advisor(by.user_id, by.team_key).first() if by.kind == "advisor" else None


def door_of_advisor(introduction_id: UUID, *, by: ActiveRole) -> Introduction | None:
    """An introduction of one of the advisor's own people, open or closed."""
    if by.kind != "advisor":
        return None
    return Introduction.objects.of_advisor(by.user_id, by.team_key).select_related("consent", "approval").filter(pk=introduction_id).first()


def last_readings(profile_id: UUID) -> dict[UUID, datetime]:
    """When members of each employer last opened a card of this person, from the log of reads."""
    rows = Read.objects.about(profile_id).filter(page="card", role=RoleKind.EMPLOYER).order_by()
    seen = dict(rows.values_list("reader_id").annotate(last=Max("at")))
    last: dict[UUID, datetime] = {}
    for user_id, employer_id in Membership.objects.filter(user_id__in=seen, kind=RoleKind.EMPLOYER).values_list("user_id", "employer_id"):
        if employer_id:
            last[employer_id] = max(seen[user_id], last.get(employer_id, seen[user_id]))
    return last


def persons_side(door: Introduction) -> list[int]:
    """Accounts of the person and their advisor."""
    profile = door.suggestion.profile
    return [one for one in (profile.user_id, profile.advisor_id) if one]


def readers_of_posting(employer_id: UUID) -> list[int]:
    """Accounts of an employer's members now."""
    return list(Membership.objects.filter(employer_id=employer_id, until=None).values_list("user_id", flat=True).distinct())


def readers_of(door: Introduction) -> list[int]:
    """Everyone an introduction's letters go to."""
    return sorted({*persons_side(door), *readers_of_posting(door.posting.employer_id)})


def is_readable(door: Introduction, at: datetime) -> bool:
    """What `Introduction.objects.readable` says of one door, fetched with its consent and profile."""
    stands = door.consent.withdrawn_at is None and door.consent.until >= localdate(at)
    profile = door.suggestion.profile
    return door.state in READABLE and stands and profile.is_present and profile.advisor_id is not None
