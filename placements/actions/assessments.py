"""At the end: each side's words, a disagreement in writing, the advisor's closing; reminders after one, three and ten days, then a task."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from outbox.actions import post
from placements import access
from placements.actions.moves import each, of_employer, of_person, own, tell
from placements.actions.tasks import add_task
from placements.models import Assessment, Placement, TaskKind
from placements.states import NotThere, Refused, State

REMIND_AFTER = (1, 3, 10)  # days after the last one


def open_assessment(placement: Placement, *, at: datetime) -> None:
    """Both are asked how it went. Who never came is asked nothing: the reason stands with the end. Twice is once."""
    if placement.hours_done == 0 or placement.starts is None:
        return
    _, made = Assessment.objects.get_or_create(placement=placement, defaults={"opened_at": at, "opened_on": localdate(at)})
    if made:
        tell(placement, "assessment", at=at, but=None, about=placement.assessment.pk)


def assess(placement_id: UUID, words: dict[str, Any], *, by: ActiveRole, at: datetime) -> Assessment:
    """One side's words: what `Assessment` says of `person` and `employer`. Each side once; the other reads them."""
    with transaction.atomic():
        row, placement = _theirs(placement_id, by, at)
        side = "person" if by.kind == RoleKind.JOBSEEKER else "employer"
        if getattr(row, f"{side}_at") is not None or row.closed_at is not None:
            raise Refused("decided")
        setattr(row, side, words)
        setattr(row, f"{side}_at", at)
        row.save()
        record("assessment_written", "placement", placement.pk, by=by, at=at, after=side)
        tell(placement, "placement_moved", at=at, but=by)
        if row.is_whole:
            placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at)
    return row


def disagree(placement_id: UUID, words: str, *, by: ActiveRole, at: datetime) -> None:
    """What one side does not agree with in the other's words: it stands beside them for good. Own words come first, until it is closed."""
    with transaction.atomic():
        row, placement = _theirs(placement_id, by, at)
        side, other = ("person", "employer") if by.kind == RoleKind.JOBSEEKER else ("employer", "person")
        if getattr(row, other) is None or (getattr(row, side) is None and row.closed_at is None):
            raise Refused("changed")
        if getattr(row, f"{side}_disagrees") is not None:
            raise Refused("decided")
        setattr(row, f"{side}_disagrees", {"words": words})
        row.save()
        record("assessment_disagreed", "placement", placement.pk, by=by, at=at, after=side)
        tell(placement, "placement_moved", at=at, but=by)


def had_elsewhere(placement_id: UUID, on: date, *, by: ActiveRole, at: datetime) -> None:
    """The employer's words came another way, on this day: nobody is reminded of them any more."""
    with transaction.atomic():
        placement = own(placement_id, by)
        row = _open(placement)
        if not (placement.starts and placement.starts <= on <= localdate(at)):
            raise Refused("day")
        row.elsewhere_on = on
        row.save(update_fields=["elsewhere_on"])
        record("assessment_elsewhere", "placement", placement.pk, by=by, at=at)


def close_assessment(placement_id: UUID, words: str, *, by: ActiveRole, at: datetime) -> None:
    """The advisor has read what there is and says what comes then. Who has not written is not asked any more."""
    with transaction.atomic():
        placement = own(placement_id, by)
        row = _open(placement)
        row.comment, row.closed_at = {"words": words}, at
        row.save(update_fields=["comment", "closed_at"])
        placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)
        record("assessment_closed", "placement", placement.pk, by=by, at=at)


def tick(*, at: datetime) -> int:
    """Reminders for who has not written, each once and one at a time; the day after the last one the advisor gets a task."""
    today = localdate(at)
    late = Assessment.objects.filter(closed_at=None, opened_on__lt=today).exclude(person_at__isnull=False, employer_at__isnull=False)

    def one(placement: Placement, pk: UUID) -> int:
        row = Assessment.objects.select_for_update().get(pk=pk)
        return _remind(row, placement, today, at) if row.closed_at is None and not row.is_whole else 0

    return each(list(late.values_list("placement_id", "pk")), one, "how it went")


def _remind(row: Assessment, placement: Placement, today: date, at: datetime) -> bool:
    """After an outage the reminders that were missed are one."""
    due = sum(row.opened_on + timedelta(days=days) <= today for days in REMIND_AFTER)
    if today > row.opened_on + timedelta(days=REMIND_AFTER[-1]):
        add_task(placement, TaskKind.ASSESSMENT, at=at, about=row.pk)
    if due <= row.reminded:
        return False
    row.reminded = due
    row.save(update_fields=["reminded"])
    for reader_id in access.asked_to_assess(row, placement):
        post("assessment_reminder", reader_id=reader_id, at=at, about=row.pk)
    return True


def _open(placement: Placement) -> Assessment:
    row = Assessment.objects.select_for_update().filter(placement=placement).first()
    if row is None:
        raise NotThere
    if row.closed_at is not None:
        raise Refused("decided")
    return row


def _theirs(placement_id: UUID, by: ActiveRole, at: datetime) -> tuple[Assessment, Placement]:
    if by.kind == RoleKind.JOBSEEKER:
        placement = of_person(placement_id, by)
    elif by.kind == RoleKind.EMPLOYER:
        placement = of_employer(placement_id, by, at)
    else:
        raise NotThere
    row = Assessment.objects.select_for_update().filter(placement=placement).first()
    if row is None or placement.state not in {State.COMPLETED, State.ENDED_EARLY}:
        raise NotThere
    return row, placement
