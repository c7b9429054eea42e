"""Changes of accounts: the chosen role, the confidentiality terms, roles given and ended."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.access import TERMS_VERSION, ActiveRole
from accounts.models import Membership, RoleKind, Terms
from audit.actions import record

EDITORS = "Editors"


def accept_terms(*, by: ActiveRole, at: datetime) -> None:
    """Promise confidentiality in the words that are valid now; a second time changes nothing."""
    with transaction.atomic():
        _, created = Terms.objects.get_or_create(user_id=by.user_id, version=TERMS_VERSION, defaults={"at": at})
        if created:
            record("terms_accepted", "account", by.user_id, by=by, at=at, after=TERMS_VERSION)


def choose_role(*, by: ActiveRole, at: datetime) -> None:
    """One event for the choice; the session holds it."""
    record("role_chosen", "account", by.user_id, by=by, at=at, after=by.kind)


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
