"""What happens behind the open door: the employer's answer, messages, and its closing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from matching import access
from matching.actions.moves import close, locked, move_door
from matching.models import Introduction, Message
from matching.models.introductions import EndReason
from matching.states import Closed, Door, NotThere, Refused
from outbox.actions import post

ANSWERS = {"meet": Door.MEETING, "talk": Door.ANSWERED}
CLOSED_AS = {str(EndReason.WISH): Closed.WITHDRAWN}  # an end for any other reason is just an end


def answer(
    introduction_id: UUID, *, by: ActiveRole, at: datetime, choice: str, proposal: str = "", reason: str = "", share_reason: bool = False
) -> None:
    """The employer's answer: "meet" with proposed times, "talk", or "decline" with a coded reason. Once."""
    with transaction.atomic():
        door = _employers(introduction_id, by, at)
        if door.answered_at is not None:
            raise Refused("decided")
        door.answered_at, door.answer, door.proposal, door.reason, door.share_reason = at, choice, proposal, reason, share_reason
        if choice == "decline":
            suggestion = locked(door.suggestion_id)
            door.save()
            close(suggestion, Closed.REFUSED, by=by, at=at, why=reason)
            return
        move_door(door, ANSWERS[choice], by=by, at=at, why=choice)
        for reader_id in access.persons_side(door):
            post("introduction_moved", reader_id=reader_id, at=at, about=door.pk)


def say(introduction_id: UUID, words: str, *, by: ActiveRole, at: datetime) -> Message:
    """One message that employer, jobseeker and advisor read. Raises Refused("closed") for one of them when the door has shut."""
    with transaction.atomic():
        door = access.door_for(introduction_id, by=by)
        if door is None:
            raise NotThere
        locked(door.suggestion_id)  # who closes the door holds it: what is written in the same second comes too late
        if not Introduction.objects.readable(at).filter(pk=door.pk).exists():
            raise Refused("closed")
        message = Message.objects.create(introduction=door, by_id=by.user_id, role=by.kind, at=at, sealed={"words": words})
        record("message_written", "introduction", door.pk, by=by, at=at)
        for reader_id in set(access.readers_of(door)) - {by.user_id}:
            post("introduction_moved", reader_id=reader_id, at=at, about=message.pk)
    return message


def close_introduction(introduction_id: UUID, *, by: ActiveRole, at: datetime, reason: str) -> None:
    """The advisor closes the door, with a reason."""
    with transaction.atomic():
        door = access.door_of_advisor(introduction_id, by=by)
        if door is None:
            raise NotThere
        suggestion = locked(door.suggestion_id)
        close(suggestion, CLOSED_AS.get(reason, Closed.ENDED), by=by, at=at, why=reason)


def agree(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The parties agree on a placement or a hire: the advisor says so. Twice is once; a door nobody has answered is not agreed on."""
    with transaction.atomic():
        found = access.door_of_advisor(introduction_id, by=by)
        if found is None:
            raise NotThere
        locked(found.suggestion_id)
        door = Introduction.objects.select_for_update().select_related("consent", "suggestion__profile").get(pk=introduction_id)
        if door.state == Door.AGREED:
            return
        if not access.is_readable(door, at):
            raise Refused("closed")
        move_door(door, Door.AGREED, by=by, at=at)


def _employers(introduction_id: UUID, by: ActiveRole, at: datetime) -> Introduction:
    if by.kind != "employer":
        raise NotThere
    found = Introduction.objects.of(by.employer_id).readable(at).filter(pk=introduction_id).values_list("suggestion_id", flat=True).first()
    if found is None:
        raise NotThere
    locked(found)  # the order of locks is always status, suggestion, then the rest
    door = Introduction.objects.select_for_update().get(pk=introduction_id)
    if door.state not in {Door.OPEN, Door.ANSWERED, Door.MEETING} or door.consent.withdrawn_at is not None:
        raise NotThere
    return door
