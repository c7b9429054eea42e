"""Facts that placements hear of: each becomes one change."""

from uuid import UUID

from django.utils import timezone

from jobseekers import actions as people
from matching.models import Introduction
from matching.signals import SUGGESTION_MOVED
from matching.states import State as Suggested
from outbox.signals import Effect, receives
from placements import actions
from placements.models import Placement
from placements.signals import PLACEMENT_MOVED, PLACES_CHANGED
from placements.states import State


@receives(SUGGESTION_MOVED)
def contact_ended(suggestion_id: str, state: str) -> Effect | None:
    """The door behind a draft has closed. What is approved stands on an agreement of its own, and goes on."""
    if not state.startswith(Suggested.CLOSED):
        return None
    door = Introduction.objects.filter(suggestion_id=UUID(suggestion_id)).values_list("pk", flat=True).first()
    return (lambda: actions.door_closed(door, at=timezone.now())) if door else None


@receives(PLACEMENT_MOVED)
def stage_follows(placement_id: str, state: str) -> Effect | None:
    """Who has begun at a workplace is at that stage: the clock of the one before ends."""
    if state != State.RUNNING:
        return None
    profile_id = Placement.objects.filter(pk=UUID(placement_id)).values_list("profile_id", flat=True).first()
    return (lambda: people.reach_workplace(profile_id, at=timezone.now())) if profile_id else None


@receives(PLACES_CHANGED)
def places_changed(posting_id: str) -> Effect | None:
    """The posting says how many of its places are taken, and is filled with the last."""
    return lambda: actions.count_places(UUID(posting_id), at=timezone.now())
