"""Tasks of the person's advisor about a placement: what made them names them, so that the same thing asks once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from matching.queries import working_days_after
from outbox.actions import post
from placements.actions.moves import own
from placements.models import Placement, Task, TaskKind
from placements.states import NotThere


def add_task(placement: Placement, kind: TaskKind, *, at: datetime, about: UUID | None, within: int = 1) -> None:
    """Due in so many working days of the country. The same one twice is once; the advisor gets a letter that there is something."""
    due = working_days_after(localdate(at), within, placement.posting.employer.country)
    _, made = Task.objects.get_or_create(placement=placement, kind=kind, about=about, defaults={"due": due, "made_at": at})
    if made and placement.profile.advisor_id:
        post("task_made", reader_id=placement.profile.advisor_id, at=at, about=placement.pk)


def finish_task(task_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor has done it. Twice is once."""
    with transaction.atomic():
        found = Task.objects.filter(pk=task_id).values_list("placement_id", flat=True).first()
        if found is None:
            raise NotThere
        placement = own(found, by)
        if Task.objects.filter(pk=task_id, done_at=None).update(done_at=at, done_by_id=by.user_id):
            record("task_done", "placement", placement.pk, by=by, at=at)
