"""The task list of a placement: every step with whose turn it is, and the timeline that the parties read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate

from cooperation.access import StepLine, plan_of
from cooperation.models import Meeting
from cooperation.states import MeetingState
from placements.access import Sheet
from placements.models import CheckIn, CheckInState, Placement
from placements.states import AGREED_ONCE, OVER, State

MOST_OF_THE_PLAN = 3
BEFORE = "check_in_before"
How = Literal["done", "turn", "wait", "late", "off"]


@dataclass(frozen=True)
class Step:
    """One row. `code` names the words (templates/placements/_step_words.html), `whose` who does it, `day` when it was or is due."""

    code: str
    how: How
    whose: str = ""
    day: date | None = None


def steps_of(placement: Placement, sheet: Sheet | None, at: datetime) -> list[Step]:
    """From the yes to the card to the last day. What comes after a draft that ended is left out."""
    today = localdate(at)
    over_unsigned = placement.state in OVER and placement.state not in AGREED_ONCE
    rows = [Step("consent", "done", "jobseeker", localdate(placement.introduction.consent.at)), *_written(sheet), *_signatures(sheet)]
    return rows if over_unsigned else [*rows, *_days(placement, today)]


def plan_beside(placement: Placement, at: datetime) -> tuple[StepLine, ...]:
    """The next steps of the person's own plan, of both sides, soonest first."""
    return plan_of(placement.profile, at).steps[:MOST_OF_THE_PLAN]


def _written(sheet: Sheet | None) -> list[Step]:
    """What the draft has to say before anybody signs."""
    parts = {
        "adaptations": bool(sheet and (sheet.adaptations or sheet.sent_at)),
        "tasks": bool(sheet and sheet.terms.tasks),
        "supervisor": bool(sheet and sheet.terms.supervisor.name),
        "dates": bool(sheet and sheet.starts and sheet.ends),
    }
    return [Step(code, "done" if done else "turn", "advisor") for code, done in parts.items()]


def _signatures(sheet: Sheet | None) -> list[Step]:
    if sheet is None or sheet.sent_at is None:
        return [Step("signatures", "wait", "advisor")]
    return [
        Step(f"sign_{one.party}", "done" if one.at else "turn" if one.turn else "wait", one.party, localdate(one.at) if one.at else None)
        for one in sheet.signers
    ]


def _days(placement: Placement, today: date) -> list[Step]:
    """The first day, every check-in, the last day, both sides' words, and the outcomes."""
    begun = placement.state in AGREED_ONCE - {State.APPROVED}
    over = placement.state in {State.COMPLETED, State.ENDED_EARLY}
    first = Step("first_day", "done" if begun else "wait", "supervisor", placement.starts)
    last = Step("last_day", "done" if over else "wait", "", placement.last_day)
    asked = _asked(placement)
    before = [one for one in asked if one.code.startswith(BEFORE)]
    under_way = [*(one for one in asked if not one.code.startswith(BEFORE)), *_midterm(placement, today)]
    return [*before, first, *sorted(under_way, key=lambda one: one.day or today), last, *_afterwards(placement, today)]


def _midterm(placement: Placement, today: date) -> list[Step]:
    """A meeting half way: done when the parties have met since the start, the advisor's turn when half of the time has gone."""
    if placement.starts is None or placement.ends is None:
        return []
    held = Meeting.objects.filter(profile_id=placement.profile_id, state=MeetingState.HELD, starts__date__gt=placement.starts)
    met = held.filter(starts__date__lte=placement.ends).order_by("starts").values_list("starts", flat=True).first()
    half = placement.starts + (placement.ends - placement.starts) // 2
    if met:
        return [Step("midterm", "done", "advisor", localdate(met))]
    return [Step("midterm", "turn" if placement.has_started and half <= today else "wait", "advisor", half)]


def _asked(placement: Placement) -> list[Step]:
    """One row for both sides' questions: whose answer is missing, or whether the advisor has read them."""
    sides: dict[str, list[CheckIn]] = {}
    for row in placement.check_ins.all():
        sides.setdefault(row.code, []).append(row)
    return [_of_both(code, rows) for code, rows in sides.items()]


def _of_both(code: str, rows: list[CheckIn]) -> Step:
    states, due = {row.state for row in rows}, rows[0].due
    name = f"check_in_{code}"
    waits = [row for row in rows if row.state == CheckInState.SENT]
    if waits:
        return Step(name, "turn", waits[0].party if len(waits) == 1 else "both", due)
    if states == {CheckInState.PLANNED}:
        return Step(name, "wait", "both", due)
    if states == {CheckInState.SKIPPED}:
        return Step(name, "off", "", due)
    unread = [row for row in rows if row.reviewed_at is None and row.state in {CheckInState.ANSWERED, CheckInState.MISSED}]
    return Step(name, "turn" if unread else "done", "advisor", due)


def _afterwards(placement: Placement, today: date) -> list[Step]:
    """How it went, and where the person is later."""
    row = getattr(placement, "assessment", None)
    if row is None:
        return []
    said: How = "done" if row.closed_at else "turn"
    whose = "advisor" if row.is_whole else "jobseeker" if row.person_at is None else "employer"
    outcomes = [
        Step(f"outcome_{one.months}", "done" if one.where else "turn" if one.due <= today else "wait", "advisor", one.due)
        for one in placement.outcomes.all()
    ]
    return [Step("assessment", said, whose), *outcomes]
