"""Who may see what of the log of contacts: the person what concerns them, an advisor what the team noted. Nobody else.

The advisor's own line is read by the person's own advisor, and by the team where the contact was for no one person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.access import ActiveRole
from accounts.models import RoleKind
from cooperation.models import Contact
from jobseekers.models import Profile

MOST_SHOWN = 10


@dataclass(frozen=True)
class OwnContact:
    """What the person reads of a contact: when, who, how and with whom. The advisor's line is not in it."""

    at: datetime
    advisor: str
    way: str
    contact_with: str
    whom: str  # an employer, somebody at an agency; empty for the person
    missed: bool
    has_line: bool


def contacts_about(profile: Profile, *, most: int = MOST_SHOWN) -> list[OwnContact]:
    """The newest contacts that concern the person. The caller has asked jobseekers.access who it is."""
    return [
        OwnContact(
            at=one.at,
            advisor=one.by.get_full_name() if one.by else "",
            way=str(one.way.label),
            contact_with=one.contact_with,
            whom=one.employer.name if one.employer else one.sealed["agency"],
            missed=one.missed,
            has_line=bool(one.sealed["line"]),
        )
        for one in Contact.objects.about(profile.pk)[:most]
    ]


@dataclass(frozen=True)
class EmployerContact:
    """What an advisor of the team reads of a contact with an employer: never for whom it was."""

    pk: UUID
    at: datetime
    advisor: str
    way: str
    workplace: str
    line: str  # empty where it was written for somebody whom the reader does not help
    for_somebody: bool
    missed: bool
    back_by: date | None
    back_at: datetime | None
    correctable: bool

    @property
    def waits(self) -> bool:
        """The employer still waits for what was promised."""
        return self.back_by is not None and self.back_at is None


def contacts_with(employer_id: UUID, *, by: ActiveRole, at: datetime) -> list[EmployerContact]:
    """Everything that the advisor's team noted with an employer, newest first."""
    if by.kind != RoleKind.ADVISOR:
        return []
    rows = Contact.objects.with_employer(employer_id, by.team_key).select_related("profile")
    return [_line(one, by, at) for one in rows]


def _line(one: Contact, by: ActiveRole, at: datetime) -> EmployerContact:
    theirs = one.profile is not None and one.profile.advisor_id != by.user_id
    return EmployerContact(
        pk=one.pk,
        at=one.at,
        advisor=one.by.get_full_name() if one.by else "",
        way=str(one.way.label),
        workplace=one.workplace.name if one.workplace else "",
        line="" if theirs else one.sealed["line"],
        for_somebody=one.profile_id is not None,
        missed=one.missed,
        back_by=one.back_by,
        back_at=one.back_at,
        correctable=one.by_id == by.user_id and one.noted_on_day_of(at) and not theirs,
    )


def correctable(contact_id: UUID, *, by: ActiveRole, at: datetime) -> Contact | None:
    """A contact that the advisor noted today, of a person whom they still help or of none; None for any other and for none."""
    if by.kind != RoleKind.ADVISOR:
        return None
    found = Contact.objects.noted_by(by.user_id, by.team_key).select_related("profile__user", "employer").filter(pk=contact_id).first()
    if found is None or not found.noted_on_day_of(at):
        return None
    person = found.profile
    helps = person is None or ((person.advisor_id, person.team_id) == (by.user_id, by.team_id) and person.left_at is None)
    return found if helps else None
