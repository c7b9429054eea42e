"""The task list of a placement: every step with whose turn it is, and the timeline that the parties read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate

from placements.access import Sheet
from placements.models import Placement
from placements.states import AGREED_ONCE, OVER, State

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
    """The first day, and the last."""
    begun = placement.state in AGREED_ONCE - {State.APPROVED}
    first = Step("first_day", "done" if begun else "wait", "supervisor", placement.starts)
    over = placement.state in {State.COMPLETED, State.ENDED_EARLY}
    return [first, Step("last_day", "done" if over else "wait", "", placement.last_day)]
