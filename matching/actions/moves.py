"""The one place that moves a suggestion or an introduction from state to state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import PostingStatus
from matching import access
from matching.actions.reminders import promised_day, remind_of_promise
from matching.models import Introduction, Suggestion
from matching.signals import SUGGESTION_MOVED
from matching.states import Closed, Door, NotThere, Refused, State, door_may_follow, may_follow
from outbox.actions import announce, post


def locked(suggestion_id: UUID | str, **whose: Any) -> Suggestion:
    """The suggestion under a row lock, with the posting's status locked before it (one order, no deadlock).

    `whose` narrows down before anything is locked: what is not theirs takes as long as what is not there.
    """
    found = Suggestion.objects.filter(pk=suggestion_id, **whose).values_list("posting_id", flat=True).first()
    if found is None:
        raise NotThere
    list(PostingStatus.objects.select_for_update().filter(posting_id=found))
    held = _under_lock().filter(pk=suggestion_id).first()
    if held is None:  # the person has deleted it while we waited
        raise NotThere
    return held


def locked_all(**which: Any) -> list[Suggestion]:
    """Several at once, every lock in one order: statuses by posting, then suggestions by id, as a run takes them."""
    found = dict(Suggestion.objects.filter(**which).values_list("pk", "posting_id"))
    list(PostingStatus.objects.select_for_update().filter(posting__in=set(found.values())).order_by("posting_id"))
    return list(_under_lock().filter(pk__in=found, **which).order_by("pk"))


def _under_lock() -> QuerySet[Suggestion]:
    one = Suggestion.objects.select_for_update(of=("self",))
    return one.select_related("profile__user", "posting__employer", "posting__status", "posting__workplace__place")


def own(suggestion_id: UUID | str, by: ActiveRole) -> Suggestion:
    """The same, for the person's own advisor only."""
    suggestion = locked(suggestion_id, profile__advisor_id=by.user_id, profile__team_id=by.team_key)
    if by.kind != "advisor" or (suggestion.profile.advisor_id, suggestion.profile.team_id) != (by.user_id, by.team_id):
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
    """Close a suggestion: its approval becomes void, and an open door shuts first, in the same transaction.

    Both sides of a door are told that the contact has ended, not why; not the side that ended it.
    """
    suggestion.approvals.filter(void_at=None).update(void_at=at)
    door = Introduction.objects.select_for_update().filter(suggestion=suggestion).exclude(state=Door.CLOSED).first()
    if door:
        move_door(door, Door.CLOSED, by=by, at=at, closed_as=closed_as, channel=channel)
        told = access.persons_side(door) if by and by.kind == RoleKind.EMPLOYER else access.readers_of(door)
        for reader_id in set(told) - _knows(suggestion, by, channel):
            post("contact_ended", reader_id=reader_id, at=at, about=suggestion.pk)
    move(suggestion, State.CLOSED, by=by, at=at, closed_as=closed_as, why=why, channel=channel)


def _knows(suggestion: Suggestion, by: ActiveRole | None, channel: str) -> set[int]:
    """Who needs no letter about an end: whoever ended it; the person who left, paused, or had it done for them (its own letter)."""
    profile = suggestion.profile
    person = {profile.user_id} if channel or profile.paused or profile.left_at else set()
    return person | ({by.user_id} if by else set())


def rest(door: Introduction, *, at: datetime) -> None:
    """Nobody helps the person now: the employer cannot read the card until somebody does. They are told that there is news."""
    move_door(door, Door.SUSPENDED, by=None, at=at, why="no_advisor")
    _tell_all(door, at)


def resume(door: Introduction, *, at: datetime) -> None:
    """Somebody helps the person again: the door stands as it stood, and whoever has not answered gets the whole time for it again."""
    if not door.answered_at:
        door.answer_by = promised_day(door.posting.employer, door.consent.until, at)
        remind_of_promise(door, at=at)
    move_door(door, {"meet": Door.MEETING, "talk": Door.ANSWERED}.get(door.answer, Door.OPEN), by=None, at=at, why="new_advisor")
    _tell_all(door, at)


def _tell_all(door: Introduction, at: datetime) -> None:
    for reader_id in access.readers_of(door):
        post("introduction_moved", reader_id=reader_id, at=at, about=door.pk)


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
