"""Employers and who acts for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.actions import account_of
from accounts.models import Membership, RoleKind, User
from audit.actions import record
from employers.actions.moves import own_employer, write_to_editors, write_to_members
from employers.models import Employer, Invitation, JoinRequest
from employers.states import NotThere, Refused
from outbox.actions import post
from outbox.models import Letter

ONE_LETTER_IN = timedelta(days=30)


@dataclass(frozen=True)
class Newcomer:
    """An account before it has a role, as the log names it."""

    user_id: int
    kind: str = "account"
    agency: str = ""


def register(
    *,
    country: str,
    number: str,
    name: str,
    city: str,
    user: User,
    at: datetime,
    street: str = "",
    person: Mapping[str, str] | None = None,
) -> Membership | None:
    """A new employer with `user` as its manager; or, when the number is already here, a question to its managers and None.

    `person` holds first_name, last_name and phone as the newcomer has written them.
    The caller must answer both alike: the page would otherwise tell who is a member.
    """
    by = Newcomer(user.pk)
    with transaction.atomic():
        if Membership.objects.filter(user=user, kind=RoleKind.EMPLOYER).valid(at).exists():
            raise Refused("has_role")
        for field, words in (person or {}).items():
            setattr(user, field, words)
        user.save(update_fields=list(person or {}))
        told = {"name": name, "street": street, "city": city, "joined_at": at}
        employer, created = Employer.objects.get_or_create(country=country, number=number, defaults=told)
        if not created:
            _ask_to_join(employer, by, at)
            return None
        record("employer_joined", "employer", employer.pk, by=by, at=at)
        return _member(employer, user, manages=True, by=by, at=at)


def _ask_to_join(employer: Employer, by: Newcomer, at: datetime) -> None:
    request, created = JoinRequest.objects.get_or_create(employer=employer, user_id=by.user_id, answered_at=None, defaults={"at": at})
    if created:
        record("join_asked", "employer", employer.pk, by=by, at=at)
        if not write_to_members(employer.pk, "join_question", request.pk, at=at, managers=True):
            write_to_editors("join_question", request.pk, at=at)


def _member(employer: Employer, user: User, *, manages: bool, by: ActiveRole | Newcomer, at: datetime) -> Membership:
    membership = Membership.objects.create(
        user=user, kind=RoleKind.EMPLOYER, employer_id=employer.pk, organisation=employer.name, manages=manages, since=at
    )
    record("member_added", "employer", employer.pk, by=by, at=at, after="manages" if manages else "member")
    return membership


def invite(email: str, *, by: ActiveRole, at: datetime) -> None:
    """Ask the owner of an address to act for the employer. Whether it has an account changes nothing that the caller could see.

    An address gets one such letter a month at the most, from whomever; what it is invited to stands on its page all the same.
    """
    employer_id = _managing(by)
    with transaction.atomic():
        user, _ = account_of(email.strip())
        if Membership.objects.filter(user=user, employer_id=employer_id).valid(at).exists():
            return
        made, created = Invitation.objects.get_or_create(
            employer_id=employer_id, user=user, answered_at=None, defaults={"email": email.strip(), "at": at}
        )
        if created:
            record("member_invited", "employer", employer_id, by=by, at=at)
            if not Letter.objects.filter(kind="invited", reader=user, created_at__gt=at - ONE_LETTER_IN).exists():
                post("invited", reader_id=user.pk, at=at, about=made.pk)


def answer_invitation(invitation_id: UUID, *, user: User, welcome: bool, at: datetime) -> Membership | None:
    """The owner of the address says yes and acts for the employer from now, or says no, and the employer learns nothing of it."""
    by = Newcomer(user.pk)
    with transaction.atomic():
        found = (
            Invitation.objects.waiting()
            .select_for_update(of=("self",))
            .select_related("employer")
            .filter(pk=invitation_id, user=user)
            .first()
        )
        if found is None:
            raise NotThere
        found.answered_at, found.declined_at = (at, None) if welcome else (None, at)
        found.save(update_fields=["answered_at", "declined_at"])
        record("invitation_answered", "employer", found.employer_id, by=by, at=at, after="yes" if welcome else "no")
        if not welcome or Membership.objects.filter(user=user, employer_id=found.employer_id).valid(at).exists():
            return None
        return _member(found.employer, user, manages=False, by=by, at=at)


def take_back_invitation(invitation_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """A manager takes an open invitation back."""
    employer_id = _managing(by)
    with transaction.atomic():
        found = Invitation.objects.open().select_for_update().filter(pk=invitation_id, employer_id=employer_id).first()
        if found is None:
            raise NotThere
        found.answered_at = at
        found.save(update_fields=["answered_at"])
        record("invitation_taken_back", "employer", employer_id, by=by, at=at)


def answer_join_request(request_id: UUID, *, welcome: bool, by: ActiveRole, at: datetime) -> None:
    """A manager lets the person in, or not. For an employer that nobody is responsible for an editor does, and the person becomes it."""
    editor = by.kind == RoleKind.EDITOR
    with transaction.atomic():
        asked = JoinRequest.objects.unclaimed(at) if editor else JoinRequest.objects.filter(employer_id=_managing(by), answered_at=None)
        request = asked.select_for_update(of=("self",)).filter(pk=request_id).first()
        if request is None:
            raise NotThere
        request.answered_at = at
        request.save(update_fields=["answered_at"])
        record("join_answered", "employer", request.employer_id, by=by, at=at, after="welcome" if welcome else "declined")
        if welcome and not Membership.objects.filter(user_id=request.user_id, employer_id=request.employer_id).valid(at).exists():
            _member(request.employer, request.user, manages=editor, by=by, at=at)


def end_member(membership_id: int, *, by: ActiveRole, at: datetime) -> None:
    """A manager ends another member's role. Nobody ends their own: an employer always keeps a manager."""
    employer_id = _managing(by)
    with transaction.atomic():
        # All members are held, in one order: two managers who end each other in the same second leave one.
        members = Membership.objects.filter(employer_id=employer_id).valid(at).held()
        found = members.get(membership_id)
        if found is None or by.membership_id not in members:
            raise NotThere
        if found.user_id == by.user_id:
            raise Refused("yourself")
        found.until = at
        found.save(update_fields=["until"])
        record("member_ended", "employer", employer_id, by=by, at=at)


def share_responsibility(membership_id: int, *, manages: bool, by: ActiveRole, at: datetime) -> None:
    """A manager makes another member responsible too, or takes it back. Nobody changes their own: an employer always keeps a manager."""
    employer_id = _managing(by)
    with transaction.atomic():
        members = Membership.objects.filter(employer_id=employer_id).valid(at).held()
        found, own = members.get(membership_id), members.get(by.membership_id)
        if found is None or own is None or not own.manages:
            raise NotThere
        if found.user_id == by.user_id:
            raise Refused("yourself")
        if found.manages == manages:
            return
        found.manages = manages
        found.save(update_fields=["manages"])
        record("member_responsibility", "employer", employer_id, by=by, at=at, after="manages" if manages else "member")


def _managing(by: ActiveRole) -> UUID:
    employer_id = own_employer(by)
    if not by.manages:
        raise Refused("not_manager")
    return employer_id
