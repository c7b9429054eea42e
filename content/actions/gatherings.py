"""Places at events and courses: taken, waited for, given back, moved up, called off, forgotten; who was there, and who has completed.

All of it under a lock on the row of the gathering."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from content.models import CoursePage, Gathering, Meeting, SignUp
from content.states import Refused, Seat
from outbox.actions import call_off, post

LETTERS = ("event_signed_up", "event_waiting", "event_place_free", "event_moved", "event_reminder")
A_DAY = timedelta(days=1)


def sign_up(gathering_id: int, *, name: str, email: str, language: str, comes_from: str = "", at: datetime) -> SignUp:
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
            seat.name, seat.language, seat.at, seat.came, seat.comes_from = name, language, at, None, comes_from
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
        if moved and gathering.goes_on(at):
            Meeting.objects.filter(gathering=gathering, starts_at__gt=at + A_DAY).update(reminded_at=None)
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


def note_who_came(
    gathering_id: int, came: Mapping[int, Collection[UUID]], *, done: Collection[UUID] = (), by: ActiveRole, at: datetime
) -> int:
    """Of everybody with a place: who was at each meeting, by the numbers of its sittings. `done`: who has completed the course though
    not at every meeting. Returns how many have completed it now: each gets a letter that says so, once."""
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=gathering_id)
        placed = list(gathering.sign_ups.placed())
        for seat in placed:
            seat.came = seat.pk in came.get(0, ())
        SignUp.objects.bulk_update(placed, ["came"])
        later = SignUp.came_to.through.objects
        later.filter(signup__in=placed).delete()
        days = [one.number for one in gathering.sittings if one.number]
        later.bulk_create(later.model(signup=seat, meeting_id=day) for day in days for seat in placed if seat.pk in came.get(day, ()))
        record("event_attendance", "gathering", gathering_id, by=by, at=at)
        if not CoursePage.objects.filter(gathering=gathering).exists():
            return 0
        sittings = gathering.sittings
        everywhere = set.intersection(*(set(came.get(one.number, ())) for one in sittings)) if sittings[-1].starts_at <= at else set()
        through = [seat for seat in placed if seat.completed_at is None and seat.pk in everywhere.union(done)]
        for seat in through:
            _complete(seat, by=by, at=at)
    return len(through)


def _complete(seat: SignUp, *, by: ActiveRole, at: datetime) -> None:
    """A course is completed by those who were at all its meetings, and by those whom its leader marks. An event is not."""
    seat.completed_at = at
    seat.save(update_fields=["completed_at"])
    record("course_completed", "sign_up", seat.pk, by=by, at=at)
    post("course_completed", reader_id=None, about=seat.pk, at=at)


def remind_of_meetings(*, at: datetime) -> None:
    """The day before each meeting after the first: who has a place hears of it, once."""
    soon = Meeting.objects.filter(reminded_at=None, starts_at__gt=at, starts_at__lte=at + A_DAY, gathering__cancelled_at=None)
    for pk in list(soon.values_list("pk", flat=True)):
        with transaction.atomic():
            meeting = soon.select_for_update().filter(pk=pk).first()
            if meeting is None:
                continue
            meeting.reminded_at = at
            meeting.save(update_fields=["reminded_at"])
            for seat in meeting.gathering.sign_ups.placed():
                post("event_reminder", reader_id=None, about=seat.pk, at=at)


def forget_sign_ups(*, at: datetime) -> int:
    """Names and addresses go 30 days after their event."""
    gone, _each = SignUp.objects.filter(gathering__in=Gathering.objects.long_over(at)).delete()
    return gone
