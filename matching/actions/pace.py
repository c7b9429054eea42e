"""An approval is a person's reading. What comes faster than anybody reads is stopped, and the team's coordinators hear of it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind
from audit.actions import record
from audit.models import Event
from matching.states import APPROVALS_STOPPED
from outbox.actions import post

MOST, WITHIN = 10, timedelta(minutes=1)
SAID_ONCE = timedelta(hours=1)


def is_too_fast(done: QuerySet[Any], *, by: ActiveRole, at: datetime) -> bool:
    """Whether this would be more than MOST within a minute. `done` are approvals of one kind, with `by` and `at`.

    Called first in the transaction of the approval: the lock makes two requests of one advisor count one after the other.
    """
    list(Membership.objects.select_for_update(no_key=True).filter(pk=by.membership_id))
    return done.filter(by_id=by.user_id, at__gt=at - WITHIN, at__lte=at).count() >= MOST


def report_pace(*, by: ActiveRole, at: datetime) -> None:
    """Called when the transaction of the approval is over, so that the report stays. Once an hour for each advisor."""
    with transaction.atomic():
        list(Membership.objects.select_for_update(no_key=True).filter(pk=by.membership_id))
        if Event.objects.filter(what=APPROVALS_STOPPED, actor_id=by.user_id, at__gt=at - SAID_ONCE).exists():
            return
        record(APPROVALS_STOPPED, "team", by.team_key, by=by, at=at)
        coordinators = Membership.objects.filter(kind=RoleKind.COORDINATOR, team_id=by.team_key).valid(at)
        for reader_id in sorted(set(coordinators.values_list("user_id", flat=True))):
            post(APPROVALS_STOPPED, reader_id=reader_id, at=at)
