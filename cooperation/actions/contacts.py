"""Contacts are noted, put right on the same day, and promises to employers kept. By advisors alone."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from cooperation.models import MEANS, Contact, ContactWith
from employers.models import Employer, Workplace
from jobseekers.actions.whose import advised
from jobseekers.states import NotThere, Refused

A_PRESS = timedelta(minutes=1)  # the same contact noted again within it is the same press of a button
NOON = time(12)


def note_contact(
    way: str,
    *,
    profile_id: UUID | None = None,
    employer_id: UUID | None = None,
    workplace_id: UUID | None = None,
    agency: str = "",
    line: str = "",
    on: date | None = None,
    back_by: date | None = None,
    by: ActiveRole,
    at: datetime,
) -> Contact:
    """Note one contact: with an employer if there is one, else with another agency if it is named, else with the person.

    `on` is the day, now if it is left out; `back_by` the day by which the advisor has promised the employer to be back. Raises NotThere
    for somebody else's person, for an employer or a workplace that is not there, and for every role but the advisor's.
    """
    if way not in MEANS or (on or localdate(at)) > localdate(at) or not (profile_id or employer_id):
        raise Refused("unknown")
    with transaction.atomic():
        _check_whom(profile_id, employer_id, workplace_id, by=by)
        values = {
            "contact_with": ContactWith.EMPLOYER if employer_id else ContactWith.AGENCY if agency else ContactWith.PERSON,
            "profile_id": profile_id,
            "employer_id": employer_id,
            "workplace_id": workplace_id,
            "team_id": by.team_key,
            "by_id": by.user_id,
            **MEANS[way]._asdict(),
        }
        sealed = {"line": line, "agency": "" if employer_id else agency}
        if found := _pressed_twice(values, sealed, _moment(on, at), at):
            return found
        made = Contact.objects.create(**values, sealed=sealed, at=_moment(on, at), noted_at=at, back_by=back_by if employer_id else None)
        record("contact_noted", "contact", made.pk, by=by, at=at, after=way)
    return made


def correct_contact(contact_id: UUID, *, way: str, line: str, on: date, back_by: date | None = None, by: ActiveRole, at: datetime) -> None:
    """By who noted it, on the same day. Whom it was with stays: that one is removed and noted anew. Raises NotThere."""
    if way not in MEANS or on > localdate(at):
        raise Refused("unknown")
    with transaction.atomic():
        found = _own_of_today(contact_id, by=by, at=at)
        before = found.way
        found.how, found.where, found.missed = MEANS[way]
        found.sealed = {**found.sealed, "line": line}
        if on != localdate(found.at):
            found.at = _moment(on, at)
        if found.contact_with == ContactWith.EMPLOYER:
            found.back_by, found.back_at = back_by, found.back_at if back_by else None
        found.save()
        record("contact_corrected", "contact", found.pk, by=by, at=at, before=before, after=way)


def remove_contact(contact_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """It was noted by mistake, today: the row goes, the log keeps that there was one."""
    with transaction.atomic():
        found = _own_of_today(contact_id, by=by, at=at)
        record("contact_removed", "contact", found.pk, by=by, at=at, before=found.way)
        found.delete()


def come_back(contact_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor has been back to the employer as promised. Anybody of the team may say so: an employer waits for an answer, not for
    a person. The second press changes nothing. Raises NotThere."""
    with transaction.atomic():
        found = Contact.objects.select_for_update().filter(pk=contact_id, team_id=by.team_key, back_by__isnull=False).first()
        if found is None or by.kind != RoleKind.ADVISOR:
            raise NotThere
        if found.back_at is None:
            found.back_at = at
            found.save(update_fields=["back_at"])
            record("came_back", "contact", found.pk, by=by, at=at)


def _check_whom(profile_id: UUID | None, employer_id: UUID | None, workplace_id: UUID | None, *, by: ActiveRole) -> None:
    if by.kind != RoleKind.ADVISOR or by.team_id is None:
        raise NotThere
    if profile_id:
        advised(profile_id, by=by)
    # Locked, so that two presses of one button come one after the other.
    if employer_id and Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first() is None:
        raise NotThere
    if workplace_id and not Workplace.objects.of(employer_id).filter(pk=workplace_id).exists():
        raise NotThere


def _own_of_today(contact_id: UUID, *, by: ActiveRole, at: datetime) -> Contact:
    found = Contact.objects.noted_by(by.user_id, by.team_key).filter(pk=contact_id).first()
    if found is None or by.kind != RoleKind.ADVISOR or not found.noted_on_day_of(at):
        raise NotThere
    if found.profile_id:
        advised(found.profile_id, by=by)
    locked = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if locked is None:
        raise NotThere
    return locked


def _pressed_twice(values: dict[str, object], sealed: dict[str, str], moment: datetime, at: datetime) -> Contact | None:
    again = Contact.objects.filter(**values, noted_at__gt=at - A_PRESS, noted_at__lte=at)
    return next((one for one in again if one.sealed == sealed and localdate(one.at) == localdate(moment)), None)


def _moment(on: date | None, at: datetime) -> datetime:
    """Today is now; of another day only the day is known."""
    if on is None or on == localdate(at):
        return at
    return datetime.combine(on, NOON, tzinfo=get_current_timezone())
