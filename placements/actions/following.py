"""What follows when a placement is approved, and when it is over: in the same transaction, so that nothing is forgotten."""

from datetime import date, datetime

from accounts.access import ActiveRole
from placements.actions import check_ins
from placements.actions.tasks import add_task
from placements.fields import Agreed
from placements.models import Adaptation, Placement, TaskKind, Version, Works
from placements.states import State

CALL_WITHIN = 2  # working days


def approved(placement: Placement, version: Version, *, by: ActiveRole, at: datetime) -> None:
    """A version is in force: what was agreed is followed from now on."""
    _follow_adaptations(placement, version, at)
    check_ins.plan(placement, version, at=at)


def over(placement: Placement, *, by: ActiveRole | None, at: datetime) -> None:
    """The placement has ended, early or on its last day."""
    check_ins.call_off(placement)
    if placement.state == State.ENDED_EARLY:
        add_task(placement, TaskKind.CALL_ENDED, within=CALL_WITHIN, about=placement.pk, at=at)


def _follow_adaptations(placement: Placement, version: Version, at: datetime) -> None:
    """One row for each adaptation of the version. What was followed already keeps its state; what is no longer agreed is dropped."""
    there = {one.agreed.code: one for one in placement.adaptations.all()}
    for position, agreed in enumerate(version.terms.adaptations):
        row = there.pop(agreed.code, None) or Adaptation(placement=placement, state=Works.AGREED, moved_at=at)
        if row.state == Works.DROPPED:
            row.state, row.moved_at = Works.AGREED, at
        row.position, row.sealed, row.due = position, _as_mapping(agreed), date.fromisoformat(agreed.by) if agreed.by else None
        row.save()
    for left in there.values():
        if left.state != Works.DROPPED:
            left.state, left.moved_at = Works.DROPPED, at
            left.save(update_fields=["state", "moved_at"])


def _as_mapping(agreed: Agreed) -> dict[str, str]:
    return {name: getattr(agreed, name) for name in Agreed.__slots__}
