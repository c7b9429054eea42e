"""Who sees the wish to take part in a programme: the person, the own advisor, and the team that holds the programme."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import pgettext

from accounts.access import ActiveRole
from accounts.models import RoleKind
from jobseekers.models import NotNow, Profile, ProgrammeRequest, Reach, Referred
from jobseekers.models.programmes import ProgrammeRequestQuerySet
from jobseekers.states import OPEN, Asked

READERS = (RoleKind.ADVISOR, RoleKind.COORDINATOR)


@dataclass(frozen=True)
class Request:
    """What a team may read of somebody who wants to take part: how to reach them and the advisor, and nothing of the profile."""

    pk: UUID
    profile_id: UUID
    programme: UUID
    title: str
    state: str
    words: str  # the state in words
    reason: str  # in words, empty where there is none
    team: str
    at: datetime
    answered_at: datetime | None
    taken_by: str
    taken_by_id: int | None
    name: str
    phone: str
    email: str
    language: str
    reach: str
    advisor: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def of_the_person(profile: Profile) -> list[Request]:
    """All of one person, newest first: for the person and for the own advisor. The caller has asked this module who it is."""
    return [_card(one) for one in _whole().filter(profile=profile).order_by("-at", "-pk")]


def running(profile: Profile, programme: UUID) -> Request | None:
    """The person's wish for this programme that is not answered yet."""
    return next((one for one in of_the_person(profile) if one.is_open and one.programme == programme), None)


def of_the_team(*, by: ActiveRole) -> list[Request]:
    """What waits for the team, longest first."""
    return [_card(one) for one in _waiting(by).order_by("at", "pk")]


def one_of_the_team(request_id: UUID, *, by: ActiveRole) -> Request | None:
    found = _waiting(by).filter(pk=request_id).first()
    return _card(found) if found else None


def _waiting(by: ActiveRole) -> ProgrammeRequestQuerySet:
    return _whole().open().filter(team_id=by.team_key) if by.kind in READERS else _whole().none()


def open_in_team(*, by: ActiveRole) -> int:
    """How many wait: for the team's own pages."""
    return _waiting(by).count()


def _whole() -> ProgrammeRequestQuerySet:
    return ProgrammeRequest.objects.select_related("profile__user", "profile__advisor", "team__agency", "taken_by")


def _card(one: ProgrammeRequest) -> Request:
    told, person = one.told, one.profile
    phone, email = _ways_to(person, told["reach"])
    return Request(
        pk=one.pk,
        profile_id=person.pk,
        programme=UUID(told["programme"]),
        title=told["title"],
        state=one.state,
        words=state_words()[Asked(one.state)],
        reason=str(dict([*NotNow.choices, *Referred.choices]).get(told["reason"], "")),
        team=f"{one.team.agency.name}, {one.team.name}",
        at=one.at,
        answered_at=one.answered_at,
        taken_by=one.taken_by.first_name if one.taken_by else "",
        taken_by_id=one.taken_by_id,
        name=person.name,
        phone=phone,
        email=email,
        language=told["language"],
        reach=str(Reach(told["reach"]).label),
        advisor=person.advisor.get_full_name() if person.advisor else "",
    )


def _ways_to(person: Profile, reach: str) -> tuple[str, str]:
    """Number and address: what the person has chosen and no more, unless there is nothing of it."""
    phone, email = person.user.phone, person.email
    if reach == Reach.ADVISOR and person.advisor_id:
        return "", ""
    if reach == Reach.EMAIL and email:
        return "", email
    return phone, "" if phone and reach in {Reach.PHONE, Reach.MESSAGE} else email


def state_words() -> dict[Asked, str]:
    return {
        Asked.SENT: pgettext("programme request", "Sent"),
        Asked.TAKEN: pgettext("programme request", "Somebody in the team has it"),
        Asked.ENROLLED: pgettext("programme request", "Enrolled"),
        Asked.NOT_NOW: pgettext("programme request", "Not now"),
        Asked.REFERRED: pgettext("programme request", "Referred"),
        Asked.WITHDRAWN: pgettext("programme request", "Taken back"),
    }
