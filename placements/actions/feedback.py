"""The employer's words when a placement is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from placements.actions.moves import of_employer
from placements.models import Again, Feedback
from placements.states import Refused, State


def give_feedback(placement_id: UUID, again: Again, words: str, *, by: ActiveRole, at: datetime) -> Feedback:
    """By any member, once for the placement: Refused("decided") then, Refused("running") as long as it has not ended."""
    with transaction.atomic():
        placement = of_employer(placement_id, by, at)
        if placement.state not in {State.COMPLETED, State.ENDED_EARLY}:
            raise Refused("running")
        if Feedback.objects.filter(placement=placement).exists():
            raise Refused("decided")
        row = Feedback.objects.create(placement=placement, again=again, sealed={"words": words}, by_id=by.user_id, at=at)
        record("placement_feedback", "placement", placement.pk, by=by, at=at)
    return row
