"""Places at events: taken, waited for, given back, moved up, called off, forgotten. All of it under a lock on the event's row."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from content.models import Gathering, SignUp
from content.states import Refused, Seat
from outbox.actions import call_off, post

LETTERS = ("event_signed_up", "event_waiting", "event_place_free", "event_moved", "event_reminder")
A_DAY = timedelta(days=1)


def sign_up(gathering_id: int, *, name: str, email: str, language: str, at: datetime) -> SignUp:
    """Take a place, or the next one on the waiting list. Somebody who has one already gets the letter again, and nothing changes:
    the answer tells nobody who comes. Refused("over" or "called_off")."""
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=gathering_id)
        if gathering.cancelled_at is not None:
            raise Refused("called_off")
        if not gathering.is_open(at):
            raise Refused("over")
        seat = SignUp.objects.filter(gathering=gathering, email=email.lower()).first()
        if seat is None or seat.state == Seat.LEFT:
            seat = seat or SignUp(gathering=gathering, email=email.lower())
            seat.name, seat.language, seat.at, seat.came = name, language, at, None
            seat.state = Seat.PLACED if _free(gathering) else Seat.WAITING
            seat.save()
            record("event_signed_up", "sign_up", seat.pk, by=None, at=at, after=seat.state)
            _remind(gathering, seat, at)
        post("event_signed_up" if seat.state == Seat.PLACED else "event_waiting", reader_id=None, about=seat.pk, at=at)
    return seat


def give_back(sign_up_id: UUID, *, at: datetime) -> None:
    """A place is given back, or a wait ended, by its signed link; the next who waits moves up. Twice changes nothing."""
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(sign_ups=sign_up_id)
        seat = SignUp.objects.get(pk=sign_up_id)
        if seat.state == Seat.LEFT:
            return
        before, seat.state = seat.state, Seat.LEFT
        seat.save()
        call_off(LETTERS, about=seat.pk, at=at)
        record("event_left", "sign_up", seat.pk, by=None, at=at, before=before, after=seat.state)
        _move_up(gathering, at)


def _free(gathering: Gathering) -> bool:
    return gathering.places is None or gathering.sign_ups.placed().count() < gathering.places


def _move_up(gathering: Gathering, at: datetime) -> None:
    """Whoever has waited longest gets what is free."""
    if not gathering.is_open(at):
        return
    for seat in gathering.sign_ups.waiting():
        if not _free(gathering):
            return
        seat.state = Seat.PLACED
        seat.save()
        post("event_place_free", reader_id=None, about=seat.pk, at=at)
        _remind(gathering, seat, at)
        record("event_moved_up", "sign_up", seat.pk, by=None, at=at, before=Seat.WAITING, after=seat.state)


def _remind(gathering: Gathering, seat: SignUp, at: datetime) -> None:
    """The day before. Who signs up on that day has just had a letter."""
    if seat.state == Seat.PLACED and gathering.starts_at - A_DAY > at:
        post("event_reminder", reader_id=None, about=seat.pk, at=at, not_before=gathering.starts_at - A_DAY)


def tell_of_changes(gathering_id: int, *, by: ActiveRole | None, at: datetime) -> bool:
    """After an editor has saved an event: who comes hears of a new day or place, who waits moves up to new places. True when told."""
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=gathering_id)
        before, gathering.told = gathering.told, gathering.facts()
        moved = bool(before) and before != gathering.told
        gathering.sequence += moved
        gathering.save()
        if moved and gathering.is_open(at):
            for seat in gathering.sign_ups.held():
                call_off(("event_reminder",), about=seat.pk, at=at)
                post("event_moved", reader_id=None, about=seat.pk, at=at)
                _remind(gathering, seat, at)
            record("event_moved", "gathering", gathering.pk, by=by, at=at)
        _move_up(gathering, at)
    return moved


def call_off_event(gathering_id: int, *, by: ActiveRole, at: datetime) -> int:
    """The event does not take place: everybody who comes or waits is told. Returns how many. Twice tells nobody again."""
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=gathering_id)
        if gathering.cancelled_at is not None:
            return 0
        gathering.cancelled_at = at
        gathering.sequence += 1
        gathering.save()
        seats = list(gathering.sign_ups.held())
        for seat in seats:
            call_off(LETTERS, about=seat.pk, at=at)
            post("event_called_off", reader_id=None, about=seat.pk, at=at)
        record("event_called_off", "gathering", gathering.pk, by=by, at=at)
    return len(seats)


def note_who_came(gathering_id: int, came: Collection[UUID], *, by: ActiveRole, at: datetime) -> None:
    """Of everybody with a place: who was there."""
    with transaction.atomic():
        placed = SignUp.objects.filter(gathering_id=gathering_id).placed()
        placed.update(came=False)
        placed.filter(pk__in=list(came)).update(came=True)
        record("event_attendance", "gathering", gathering_id, by=by, at=at)


def forget_sign_ups(*, at: datetime) -> int:
    """Names and addresses go 30 days after their event."""
    gone, _each = SignUp.objects.filter(gathering__in=Gathering.objects.long_over(at)).delete()
    return gone
