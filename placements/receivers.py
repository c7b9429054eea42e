"""Facts that placements hear of: each becomes one change."""

from uuid import UUID

from django.utils import timezone

from matching.models import Introduction
from matching.signals import SUGGESTION_MOVED
from matching.states import State
from outbox.signals import Effect, receives
from placements import actions


@receives(SUGGESTION_MOVED)
def contact_ended(suggestion_id: str, state: str) -> Effect | None:
    """The door behind a draft has closed. What is approved stands on an agreement of its own, and goes on."""
    if not state.startswith(State.CLOSED):
        return None
    door = Introduction.objects.filter(suggestion_id=UUID(suggestion_id)).values_list("pk", flat=True).first()
    return (lambda: actions.door_closed(door, at=timezone.now())) if door else None
