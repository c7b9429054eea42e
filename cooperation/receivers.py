"""Facts that cooperation hears of: each becomes one change, which asks what is true now."""

from uuid import UUID

from django.utils import timezone

from cooperation import actions
from jobseekers.models import Profile
from jobseekers.signals import ADVISOR_CHANGED, PROFILE_LEFT
from matching.signals import SUGGESTION_MOVED
from matching.states import State
from outbox.signals import Effect, receives


@receives(SUGGESTION_MOVED)
def contact_ended(suggestion_id: str, state: str) -> Effect | None:
    """The view of the employer's members is closed already, by the door; their calendars hear of it here."""
    return (lambda: actions.close_door(UUID(suggestion_id), at=timezone.now())) if state.partition(":")[0] == State.CLOSED else None


@receives(ADVISOR_CHANGED)
def advisor_changed(profile_id: str) -> Effect | None:
    return lambda: actions.follow_advisor(UUID(profile_id), at=timezone.now())


@receives(PROFILE_LEFT)
def profile_left(profile_id: str, left: str) -> Effect | None:
    """Who pauses keeps their meetings; who has left for good has none."""
    gone = Profile.objects.filter(pk=profile_id, left_at__isnull=False).exists()
    return (lambda: actions.erase_meetings(UUID(profile_id), by=None, at=timezone.now())) if gone else None
