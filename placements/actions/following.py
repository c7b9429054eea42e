"""What follows when a placement is approved, and when it is over: in the same transaction, so that nothing is forgotten."""

from datetime import date, datetime

from accounts.access import ActiveRole
from placements.actions import assessments, check_ins, outcomes
from placements.actions.tasks import add_task
from placements.models import Adaptation, Placement, TaskKind, Version, Works
from placements.states import State

CALL_WITHIN = 2  # working days


def approved(placement: Placement, version: Version, *, by: ActiveRole, at: datetime) -> None:
    """A version is in force: what was agreed is followed from now on."""
    _follow_adaptations(placement, version, by, at)
    check_ins.plan(placement, version, at=at)


def over(placement: Placement, *, by: ActiveRole | None, at: datetime) -> None:
    """The placement has ended, early or on its last day."""
    check_ins.call_off(placement)
    assessments.open_assessment(placement, at=at)
    outcomes.plan_outcomes(placement)
    if placement.state == State.ENDED_EARLY:
        add_task(placement, TaskKind.CALL_ENDED, within=CALL_WITHIN, about=placement.pk, at=at)


def _follow_adaptations(placement: Placement, version: Version, by: ActiveRole, at: datetime) -> None:
    """One row for each adaptation of the version. What was followed already keeps its state; what is no longer agreed is dropped."""
    there = _by_code(placement, version, by, at)
    for position, agreed in enumerate(version.terms.adaptations):
        row = there.pop(agreed.code, None) or Adaptation(placement=placement, state=Works.AGREED, moved_at=at)
        if row.state in {Works.DROPPED, Works.PROPOSED}:
            row.state, row.moved_at = Works.AGREED, at
        row.position, row.sealed, row.due = position, agreed.as_mapping(), date.fromisoformat(agreed.by) if agreed.by else None
        row.save()
    for left in there.values():
        if left.state not in {Works.DROPPED, Works.PROPOSED}:
            left.state, left.moved_at = Works.DROPPED, at
            left.save(update_fields=["state", "moved_at"])


def _by_code(placement: Placement, version: Version, by: ActiveRole, at: datetime) -> dict[str, Adaptation]:
    """A row for each code. Proposals that the version answers are answered: what two have proposed becomes one row."""
    rows = list(placement.adaptations.order_by("moved_at", "pk"))
    there = {one.agreed.code: one for one in rows if one.state != Works.PROPOSED}
    answered = {one.code for one in version.terms.adaptations}
    for one in rows:
        if one.state != Works.PROPOSED or one.agreed.code not in answered:
            continue
        placement.tasks.filter(about=one.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)
        if there.setdefault(one.agreed.code, one) is not one:
            one.delete()
    return there
