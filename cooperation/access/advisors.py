"""The advisor's own meetings, and whom of an employer they may ask to one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind
from cooperation.models import Meeting, MeetingQuerySet, Party
from jobseekers.models import Profile
from matching.models import Introduction
from outbox.models import Letter


def meetings_of(*, by: ActiveRole) -> MeetingQuerySet:
    """Every meeting around the advisor's own people."""
    own = Meeting.objects.of_advisor(by.user_id, by.team_key)
    return own if by.kind == RoleKind.ADVISOR else own.none()


def meeting_of(meeting_id: UUID, *, by: ActiveRole) -> Meeting | None:
    """One of them; None for anybody else's and for none."""
    return meetings_of(by=by).filter(pk=meeting_id).first()


def can_be_dropped(party: Party) -> bool:
    """Whether a party that is not invited can go without a trace: no letter about it waits, and nothing is theirs to do."""
    waits = Letter.objects.filter(about=party.pk, done_at=None).exists()
    return party.needs_a_yes and party.invited_at is None and not waits and not party.tasks.exists()


@dataclass(frozen=True)
class Member:
    """A member of an employer who can read the person's card now."""

    introduction: UUID
    user_id: int
    name: str
    employer: str

    @property
    def key(self) -> str:
        return f"{self.introduction}:{self.user_id}"


def members_for(profile: Profile, *, at: datetime) -> list[Member]:
    """Whom the advisor can ask to a meeting: the members of every employer with an open door to this person."""
    doors = list(Introduction.objects.readable(at).filter(suggestion__profile=profile).select_related("posting__employer").order_by("pk"))
    employers = {one.posting.employer_id for one in doors}
    valid = Membership.objects.valid(at).filter(kind=RoleKind.EMPLOYER, employer_id__in=employers)
    at_work = list(valid.select_related("user").order_by("user__first_name", "pk"))
    found: dict[tuple[UUID, int], Member] = {}
    for door in doors:
        for one in at_work:
            if one.employer_id == door.posting.employer_id:
                member = Member(door.pk, one.user_id, one.user.get_full_name(), door.posting.employer.name)
                found.setdefault((door.posting.employer_id, one.user_id), member)
    return list(found.values())
