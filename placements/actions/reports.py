"""Reports of apprenticeships: asked for every three months by the clock, written once by the workplace or the school."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Kind
from matching.access import readers_of_posting
from outbox.actions import post
from placements.actions.moves import each, of_employer
from placements.actions.tasks import add_task
from placements.models import Placement, Report, TaskKind
from placements.scoring import months_after
from placements.states import STARTED, NotThere, Party, Refused, State

MONTHS = 3
A_DAY = timedelta(days=1)
REMIND, TASK = timedelta(weeks=2), timedelta(weeks=4)  # since it was asked for
ASKED_AFTER = timedelta(weeks=4)  # the end, at the latest
SHORTEST = timedelta(weeks=2)  # what is left at the end and has a report of its own
ENDED = frozenset({State.COMPLETED, State.ENDED_EARLY})


def tick(*, at: datetime) -> int:
    """Ask for what is due; returns how many. Twice is once, and after an outage one report spans all that nobody has asked about.

    What is not written after two weeks is asked for once more; after four it is a task of the advisor.
    """
    mine = Placement.objects.filter(kind=Kind.APPRENTICESHIP, starts__lt=localdate(at))
    due = mine.filter(Q(state__in=sorted(STARTED)) | Q(state__in=sorted(ENDED), closed_at__gte=at - ASKED_AFTER))
    asked = each(list(due.values_list("pk", "pk")), lambda placement, _: _ask(placement, at), "a report")
    late = Report.objects.waiting().writable(at).filter(asked_at__lte=at - REMIND)
    each(list(late.values_list("placement_id", "pk")), lambda placement, pk: _again(placement, pk, at), "a late report")
    return asked


def write_report(report_id: UUID, told: dict[str, Any], *, by: ActiveRole, at: datetime) -> Report:
    """By a member of the employer, for the supervisor; `told`: what `Report.sealed` says. Refused("decided") when it is written."""
    with transaction.atomic():
        found = Report.objects.filter(pk=report_id).values_list("placement_id", flat=True).first()
        if found is None:
            raise NotThere
        of_employer(found, by, at)
        return _write(report_id, told, Party.SUPERVISOR, by, at)


def write_report_by_link(report_id: UUID, party: Party, told: dict[str, Any], *, at: datetime) -> Report:
    """By the supervisor or the school, whose signed link the caller has checked."""
    with transaction.atomic():
        return _write(report_id, told, party, None, at)


def _write(report_id: UUID, told: dict[str, Any], party: Party, by: ActiveRole | None, at: datetime) -> Report:
    row = Report.objects.select_for_update(of=("self",)).select_related("placement__profile").get(pk=report_id)
    if row.at is not None:
        raise Refused("decided")
    row.sealed, row.written_by, row.by_id, row.at = told, party, by.user_id if by else None, at
    row.save()
    row.placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at)
    record("report_written", "placement", row.placement_id, by=by, at=at, why=str(party))
    profile = row.placement.profile
    for reader_id in {profile.user_id, profile.advisor_id} - {None}:
        post("report_written", reader_id=reader_id, at=at, about=row.pk)
    return row


def _ask(placement: Placement, at: datetime) -> bool:
    before = placement.reports.order_by("-last").first()
    first = before.last + A_DAY if before else placement.starts
    last = last_due(placement.starts, localdate(at))
    if placement.state in ENDED:
        last = _of_the_end(placement, first, localdate(at))
    if first is None or last is None or last < first:
        return False
    row = Report.objects.create(placement=placement, first=first, last=last, asked_at=at)
    record("report_asked", "placement", placement.pk, by=None, at=at)
    _write_to_writers(placement, row, at)
    return True


def _of_the_end(placement: Placement, first: date | None, today: date) -> date | None:
    """The last day, where enough has happened since the report before; none of who never came."""
    last = placement.last_day
    if first is None or last is None or placement.hours_done == 0 or last >= today:
        return None
    return last if last - first >= SHORTEST else None


def _write_to_writers(placement: Placement, row: Report, at: datetime) -> None:
    for reader_id in readers_of_posting(placement.posting.employer_id):
        post("report_due", reader_id=reader_id, at=at, about=row.pk)
    for party in (Party.SUPERVISOR, Party.OTHER):
        post(f"report_by_link_{party}", reader_id=None, at=at, about=row.pk)


def _again(placement: Placement, report_id: UUID, at: datetime) -> bool:
    row = Report.objects.select_for_update().get(pk=report_id)
    if row.at is not None:
        return False
    if row.asked_at <= at - TASK:
        add_task(placement, TaskKind.REPORT, at=at, about=row.pk)
    if row.reminded_at is not None:
        return False
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    _write_to_writers(placement, row, at)
    return True


def last_due(starts: date | None, today: date) -> date | None:
    """The last day of the newest period that is over: three months, six and so on from the first day."""
    if starts is None:
        return None
    months = (today.year - starts.year) * 12 + today.month - starts.month
    whole = months // MONTHS * MONTHS
    while whole > 0 and months_after(starts, whole) > today:
        whole -= MONTHS
    return months_after(starts, whole) - A_DAY if whole > 0 else None
