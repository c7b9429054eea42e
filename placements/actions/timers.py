"""What the clock does: a placement begins, rests, goes on and is over; a draft that nobody touches goes.

Everything is asked of the rows, by the day where the people live: run twice, late or after an outage it comes to the same.
"""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from outbox.actions import post
from placements.actions import following
from placements.actions.ending import call_off, void_open
from placements.actions.moves import each, move, tell
from placements.models import Placement, Version
from placements.states import State

IDLE = timedelta(weeks=12)
FIRST_WARNING, LAST_WARNING = timedelta(days=7), timedelta(days=1)  # before an idle draft goes
MOST_STEPS = 3  # in one day: after an outage a placement may have begun, rested and ended


def tick(*, at: datetime) -> dict[str, int]:
    """Bring every placement to where it is on this day; returns how many moved, and how many drafts were warned of or have gone."""
    today = localdate(at)
    due = Placement.objects.filter(Q(state=State.APPROVED, starts__lte=today) | Q(state__in=[State.RUNNING, State.PAUSED]))
    idle = Placement.objects.filter(state=State.DRAFT, touched_at__lt=at - IDLE + FIRST_WARNING + timedelta(days=1))
    return {
        "moved": each(list(due.values_list("pk", "pk")), lambda placement, _: _bring(placement, at), "the day"),
        "idle": each(list(idle.values_list("pk", "pk")), lambda placement, _: _idle(placement, at), "an idle draft"),
    }


def _bring(placement: Placement, at: datetime) -> bool:
    moved = False
    version = placement.versions.in_force().first()
    for _ in range(MOST_STEPS):
        to = _next(placement, version, localdate(at))
        if to is None:
            break
        move(placement, to, by=None, at=at)
        moved = True
    if placement.state == State.COMPLETED:
        void_open(placement, by=None, at=at)
        following.over(placement, by=None, at=at)
    if moved:
        tell(placement, "placement_moved", at=at, but=None)
    return moved


def _next(placement: Placement, version: Version | None, today: date) -> State | None:
    if version is None or version.starts is None or version.ends is None or not placement.is_active:
        return None
    if placement.state == State.APPROVED:
        return State.RUNNING if version.starts <= today else None
    if version.ends < today:
        return State.COMPLETED
    rests = version.pause_from is not None and version.pause_until is not None and version.pause_from <= today <= version.pause_until
    if rests != (placement.state == State.PAUSED):
        return State.PAUSED if rests else State.RUNNING
    return None


def _idle(placement: Placement, at: datetime) -> bool:
    """Told of a week and a day before it goes, and never without a warning on a day before: an outage prolongs its time."""
    today, goes = localdate(at), localdate(placement.touched_at) + IDLE
    if placement.state != State.DRAFT or today < goes - FIRST_WARNING:
        return False
    warned = placement.warned_on
    if warned is None or warned < goes - LAST_WARNING <= today:
        placement.warned_on = today
        placement.save(update_fields=["warned_on"])
        if placement.profile.advisor_id:
            post("draft_idle", reader_id=placement.profile.advisor_id, at=at, about=placement.pk)
        return True
    if today < goes or warned >= today:
        return False
    call_off(placement, by=None, at=at, why="idle", to=State.EXPIRED)
    return True
