"""What follows when a placement is approved, and when it is over: in the same transaction, so that nothing is forgotten."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from matching.queries import working_days_after
from placements.actions.moves import own
from placements.fields import Agreed
from placements.models import Adaptation, Placement, Task, TaskKind, Version, Works
from placements.states import NotThere, State

CALL_WITHIN = 2  # working days


def approved(placement: Placement, version: Version, *, by: ActiveRole, at: datetime) -> None:
    """A version is in force: what was agreed is followed from now on."""
    _follow_adaptations(placement, version, at)


def over(placement: Placement, *, by: ActiveRole | None, at: datetime) -> None:
    """The placement has ended, early or on its last day."""
    if placement.state == State.ENDED_EARLY:
        add_task(placement, TaskKind.CALL_ENDED, within=CALL_WITHIN, about=placement.pk, at=at)


def add_task(placement: Placement, kind: TaskKind, *, at: datetime, about: UUID | None, within: int = 1) -> None:
    """A task for the person's advisor, due in so many working days of the country. The same one twice is once."""
    due = working_days_after(localdate(at), within, placement.posting.employer.country)
    Task.objects.get_or_create(placement=placement, kind=kind, about=about, defaults={"due": due, "made_at": at})


def finish_task(task_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor has done it. Twice is once."""
    with transaction.atomic():
        found = Task.objects.filter(pk=task_id).values_list("placement_id", flat=True).first()
        if found is None:
            raise NotThere
        placement = own(found, by)
        done = Task.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by_id=by.user_id)
        if done:
            record("task_done", "placement", placement.pk, by=by, at=at)


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
