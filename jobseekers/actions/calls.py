"""Somebody asks to be called; a coordinator of the office has called."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind, Team
from audit.actions import record
from jobseekers.models import CallRequest
from jobseekers.states import NotThere
from outbox.actions import post


def ask_to_be_called(team_id: UUID, *, name: str, phone: str, language: str, at: datetime) -> CallRequest:
    """Put the request on the office's list, and tell its coordinators by letter that something is there. Raises NotThere, also for an
    office that has no coordinator: nobody would read it."""
    with transaction.atomic():
        team = Team.objects.with_coordinator(at).filter(pk=team_id).first()
        if team is None:
            raise NotThere
        made = CallRequest.objects.create(team=team, sealed={"name": name, "phone": phone, "language": language}, at=at)
        record("call_asked", "call_request", made.pk, by=None, at=at)
        coordinators = Membership.objects.valid(at).filter(team=team, kind=RoleKind.COORDINATOR)
        for reader_id in coordinators.values_list("user_id", flat=True):
            post("call_asked", reader_id=reader_id, at=at, about=made.pk)
    return made


def note_call(request_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """They have been called: what they left is removed, the fact that somebody called stays."""
    with transaction.atomic():
        found = CallRequest.objects.select_for_update().filter(pk=request_id, team_id=by.team_key, called_at=None).first()
        if found is None or by.kind != RoleKind.COORDINATOR:
            raise NotThere
        found.sealed, found.called_at = None, at
        found.save(update_fields=["sealed", "called_at"])
        record("call_made", "call_request", found.pk, by=by, at=at)
