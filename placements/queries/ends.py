"""What the pages at the end of a placement show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from employers.models import Kind
from placements.models import Assessment, Attendance, GoalKind, Hire, NextStep, Outcome, Placement, Reached, Report
from taxonomy.models import Need


@dataclass(frozen=True)
class Words:
    """One side's words in the reader's language."""

    attendance: str
    goals: tuple[tuple[str, str], ...]
    mattered: tuple[str, ...]
    next: str
    words: str
    disagrees: str


def goals_of(placement: Placement) -> list[str]:
    """The goals of what was agreed, in words."""
    version = placement.versions.in_force().first()
    goals = version.terms.goals if version else ()
    return [f"{GoalKind(one.category).label}: {one.words}" if one.words else str(GoalKind(one.category).label) for one in goals]


def agreed_on(placement: Placement) -> list[tuple[str, str]]:
    """(code, label) of the adaptations that were agreed."""
    version = placement.versions.in_force().first()
    codes = [one.code for one in version.terms.adaptations] if version else []
    labels = {need.code: need.label for need in Need.objects.filter(code__in=codes)}
    return [(code, labels[code]) for code in codes if code in labels]


def words_of(row: Assessment, side: str) -> Words | None:
    """What "person" or "employer" has said; None while they have not. Who has not written may still see the other's words another way."""
    held: dict[str, Any] | None = getattr(row, side)
    against = (getattr(row, f"{side}_disagrees") or {}).get("words", "")
    if held is None:
        return Words("", (), (), "", "", against) if against else None
    labels = dict(agreed_on(row.placement))
    return Words(
        attendance=str(Attendance(held["attendance"]).label),
        goals=tuple((goal, str(Reached(code).label)) for goal, code in zip(goals_of(row.placement), held["goals"], strict=False)),
        mattered=tuple(labels[code] for code in held["mattered"] if code in labels),
        next=str(NextStep(held["next"]).label),
        words=held["words"],
        disagrees=against,
    )


def outcomes_due(advisor_id: int, team_id: Any, today: date) -> list[Outcome]:
    """What the advisor is to find out, the oldest first."""
    mine = Outcome.objects.of_advisor(advisor_id, team_id).due(today)
    return list(mine.select_related("placement__profile__user", "placement__posting__employer"))


def hires_of(advisor_id: int, team_id: Any) -> list[Hire]:
    """People in jobs whom the advisor goes on to support, whose next contact is nearest first."""
    mine = Hire.objects.filter(profile__advisor_id=advisor_id, profile__team_id=team_id, ended_on=None)
    return list(mine.select_related("profile__user", "introduction__posting__employer").order_by("next_contact", "pk"))


def reports_of(placement: Placement) -> list[Report]:
    """Of an apprenticeship, the newest first; nothing of anything else."""
    return list(placement.reports.order_by("-first")) if placement.kind == Kind.APPRENTICESHIP else []
