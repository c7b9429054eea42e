"""The one place that moves a suggestion or an introduction from state to state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import PostingStatus
from matching.models import Introduction, Suggestion
from matching.signals import SUGGESTION_MOVED
from matching.states import Closed, Door, NotThere, Refused, State, door_may_follow, may_follow
from outbox.actions import announce


def locked(suggestion_id: UUID | str, **whose: Any) -> Suggestion:
    """The suggestion under a row lock, with the posting's status locked before it (one order, no deadlock).

    `whose` narrows down before anything is locked: what is not theirs takes as long as what is not there.
    """
    found = Suggestion.objects.filter(pk=suggestion_id, **whose).values_list("posting_id", flat=True).first()
    if found is None:
        raise NotThere
    list(PostingStatus.objects.select_for_update().filter(posting_id=found))
    one = Suggestion.objects.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())
    whole = one.select_related("profile__user", "posting__employer", "posting__status", "posting__workplace__place")
    held = whole.filter(pk=suggestion_id).first()
    if held is None:  # the person has deleted it while we waited
        raise NotThere
    return held


def own(suggestion_id: UUID | str, by: ActiveRole) -> Suggestion:
    """The same, for the person's own advisor only."""
    suggestion = locked(suggestion_id, profile__advisor_id=by.user_id)
    if by.kind != "advisor" or suggestion.profile.advisor_id != by.user_id:
        raise NotThere
    return suggestion


def move(
    suggestion: Suggestion, to: State, *, by: ActiveRole | None, at: datetime, closed_as: str = "", why: str = "", channel: str = ""
) -> None:
    """Move, log one event, announce one fact. Raises Refused when the table does not allow it."""
    before = suggestion.state
    if not may_follow(before, to):
        raise Refused("closed" if before == State.CLOSED else "decided")
    suggestion.state, suggestion.closed_as, suggestion.moved_at = to, closed_as, at
    suggestion.held_by = suggestion.held_until = None
    suggestion.save()
    after = f"{to}:{closed_as}" if closed_as else str(to)
    record("suggestion_moved", "suggestion", suggestion.pk, by=by, at=at, before=before, after=after, why=why, channel=channel)
    announce(SUGGESTION_MOVED, at=at, suggestion_id=str(suggestion.pk), state=after)


def close(suggestion: Suggestion, closed_as: Closed, *, by: ActiveRole | None, at: datetime, why: str = "", channel: str = "") -> None:
    """Close a suggestion: its approval becomes void, and an open door shuts first, in the same transaction."""
    suggestion.approvals.filter(void_at=None).update(void_at=at)
    door = Introduction.objects.select_for_update().filter(suggestion=suggestion).exclude(state=Door.CLOSED).first()
    if door:
        move_door(door, Door.CLOSED, by=by, at=at, closed_as=closed_as, channel=channel)
    move(suggestion, State.CLOSED, by=by, at=at, closed_as=closed_as, why=why, channel=channel)


def move_door(
    door: Introduction, to: Door, *, by: ActiveRole | None, at: datetime, closed_as: str = "", why: str = "", channel: str = ""
) -> None:
    before = door.state
    if not door_may_follow(before, to):
        raise Refused("closed" if before == Door.CLOSED else "decided")
    door.state = to
    if to == Door.CLOSED:
        door.closed_at, door.closed_as = at, closed_as
    door.save()
    record("introduction_moved", "introduction", door.pk, by=by, at=at, before=before, after=str(to), why=why or closed_as, channel=channel)
