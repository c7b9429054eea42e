"""Reminders of what was promised: half time and the last day for whoever has to answer; the advisor hears when a promise is broken.

A letter that has become needless meanwhile is dropped when its time comes (matching/letters.py).
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from matching import access
from matching.models import Approval, Introduction
from matching.states import NotThere, Refused
from outbox.actions import post

MORNING = time(8, 0)
ONCE_A_DAY = timedelta(days=1)


def remind_of_answer(approval: Approval, *, at: datetime) -> None:
    """To the jobseeker, who has been asked."""
    reader_id = approval.suggestion.profile.user_id
    _ladder("reminder", approval.answer_by, reader_id=reader_id, about=approval.pk, at=at)


def remind_of_promise(door: Introduction, *, at: datetime) -> None:
    """To the employer's members, and the day after to the advisor."""
    for reader_id in access.readers_of_posting(door.posting.employer_id):
        _ladder("card_waiting", door.answer_by, reader_id=reader_id, about=door.pk, at=at)
    post("promise_broken", reader_id=door.advisor.pk, at=at, about=door.pk, not_before=_morning(door.answer_by + timedelta(days=1)))


def _ladder(kind: str, last: date, *, reader_id: int, about: UUID, at: datetime) -> None:
    """Half time and the morning of the last day; one letter where the two fall on the same day, none in the past."""
    half = _morning(localdate(at) + (last - localdate(at)) / 2)
    if at < half < _morning(last):
        post(f"{kind}_half", reader_id=reader_id, at=at, about=about, not_before=half)
    if at < _morning(last):
        post(f"{kind}_last", reader_id=reader_id, at=at, about=about, not_before=_morning(last))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def remind(introduction_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor reminds an employer who has not kept the promise; at most once a day (Refused "reminded")."""
    with transaction.atomic():
        door = access.door_of_advisor(introduction_id, by=by)
        if door is None:
            raise NotThere
        door = Introduction.objects.select_for_update(of=("self",)).select_related("posting", "consent").get(pk=door.pk)
        if door.answered_at is not None or not access.is_readable(door, at):
            raise Refused("closed" if door.closed_at else "decided")
        if door.reminded_at and at - door.reminded_at < ONCE_A_DAY:
            raise Refused("reminded")
        door.reminded_at = at
        door.save(update_fields=["reminded_at"])
        record("employer_reminded", "introduction", door.pk, by=by, at=at)
        for reader_id in access.readers_of_posting(door.posting.employer_id):
            post("card_waiting", reader_id=reader_id, at=at, about=door.pk)
