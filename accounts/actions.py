"""Changes of accounts: the chosen role, the confidentiality terms, the letters that come, roles given and ended, an account emptied."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Model

from accounts.access import TERMS_VERSION, ActiveRole
from accounts.models import Membership, RoleKind, Team, Terms, User
from audit.actions import Actor, record
from outbox.actions import post

EDITORS = "Editors"
# What an account says of its owner; the rest of its row is a number, days, and what it may do.
TOLD = ("email", "first_name", "last_name", "phone", "language", "colours", "text_size", "quiet", "last_login")


def accept_terms(*, by: ActiveRole, at: datetime) -> None:
    """Promise confidentiality in the words that are valid now; a second time changes nothing."""
    with transaction.atomic():
        _, created = Terms.objects.get_or_create(user_id=by.user_id, version=TERMS_VERSION, defaults={"at": at})
        if created:
            record("terms_accepted", "account", by.user_id, by=by, at=at, after=TERMS_VERSION)


def choose_role(*, by: ActiveRole, at: datetime) -> None:
    """One event for the choice; the session holds it."""
    record("role_chosen", "account", by.user_id, by=by, at=at, after=by.kind)


def new_account(email: str = "", **fields: Any) -> User:
    """An account that somebody makes for its owner: no password, and the address counts as theirs with the first code they bring."""
    user = User.objects.create_user(email, None, **fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


def account_of(email: str, **fields: Any) -> tuple[User, bool]:
    """The account of an address, and whether it was made now. Two who ask for the same new address at once get one account."""
    found = User.objects.filter(email__iexact=email).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return new_account(email, **fields), True
    except IntegrityError:
        return User.objects.get(email__iexact=email), False


def choose_letters(quiet: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Turn off these kinds of letters (of "news" and "reminders"), and turn on every other."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.user_id)
        if user.quiet != list(quiet):
            before, user.quiet = ",".join(user.quiet), list(quiet)
            user.save(update_fields=["quiet"])
            record("letters_chosen", "account", user.pk, by=by, at=at, before=before, after=",".join(quiet))


def grant_role(membership: Membership, *, by: ActiveRole | None, at: datetime) -> Membership:
    """Store a new role. An editor's account joins the group that reviews postings in the admin."""
    with transaction.atomic():
        membership.save()
        if membership.kind == RoleKind.EDITOR:
            group, _ = Group.objects.get_or_create(name=EDITORS)
            group.permissions.add(*Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
            membership.user.groups.add(group)
        record("role_granted", "account", membership.user_id, by=by, at=at, after=membership.kind)
    return membership


def add_staff(
    *, email: str, kind: RoleKind, team: Team | None, at: datetime, by: ActiveRole | None, first_name: str = "", last_name: str = ""
) -> bool:
    """A staff role for an account, which is made if there is none: its owner signs in with a code by mail. False when it was there.

    The caller must answer a known and an unknown address alike. Raises ValueError for a role that needs a team and has none.
    """
    if (kind in {RoleKind.ADVISOR, RoleKind.COORDINATOR}) != (team is not None):
        raise ValueError(f"{kind} and a team do not go together" if team else f"{kind} needs a team")
    with transaction.atomic():
        user, _ = account_of(email, first_name=first_name, last_name=last_name)
        User.objects.select_for_update().get(pk=user.pk)  # two at once give one role
        if Membership.objects.of(user.pk, at).filter(kind=kind, team=team).exists():
            return False
        given_name = f"{first_name} {last_name}".strip()
        grant_role(Membership(user=user, kind=kind, team=team, given_name=given_name, since=at), by=by, at=at)
        post("staff_added", reader_id=user.pk, at=at)
    return True


def end_role(membership: Membership, *, by: ActiveRole | None, at: datetime) -> None:
    """End a role now, and with it every session of the account."""
    with transaction.atomic():
        membership.until = at
        membership.save(update_fields=["until"])
        if membership.kind == RoleKind.EDITOR:
            membership.user.groups.remove(*membership.user.groups.filter(name=EDITORS))
        record("role_ended", "account", membership.user_id, by=by, at=at, before=membership.kind)
        for session in Session.objects.filter(expire_date__gt=at).iterator():
            if session.get_decoded().get("_auth_user_id") == str(membership.user_id):
                session.delete()


def empty_account(user: User, *, keep: Collection[type[Model]] = (), by: ActiveRole | None, at: datetime) -> None:
    """Take away whose account it was, and every way in. The row stays: the log and rows of others name it by its number.

    Every row that would go with the account goes, of whichever app: one that comes later is emptied with the rest. Roles stay as
    rows that have ended, and the rows of the models in `keep`, which others have written.
    """
    with transaction.atomic():
        for membership in Membership.objects.valid(at).filter(user=user):
            end_role(membership, by=by, at=at)
        for model, name in _hanging_on_an_account():
            if model not in {Membership, *keep}:
                model._base_manager.filter(**{name: user}).delete()
        nobody = User()
        for name in TOLD:
            setattr(user, name, getattr(nobody, name))
        user.is_active = False
        user.set_unusable_password()
        user.save()
        record("account_emptied", "account", user.pk, by=by, at=at)


def _hanging_on_an_account() -> list[tuple[type[Model], str]]:
    """Models whose rows cannot be without their account, and the name of the column that says whose they are."""
    found: list[Any] = [one for one in User._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return [(one.related_model, one.field.name) for one in found if getattr(one, "on_delete", None) is CASCADE]
