"""Reports of apprenticeships: asked for every three months by the clock, written once by the workplace or the school."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Kind
from matching.access import readers_of_posting
from outbox.actions import post
from placements.actions.moves import each, of_employer
from placements.actions.outcomes import months_after
from placements.models import Placement, Report
from placements.states import STARTED, NotThere, Party, Refused

MONTHS = 3
A_DAY = timedelta(days=1)


def tick(*, at: datetime) -> int:
    """Ask for what is due; returns how many. Twice is once, and after an outage one report spans all that nobody has asked about."""
    under_way = Placement.objects.filter(kind=Kind.APPRENTICESHIP, state__in=sorted(STARTED), starts__lt=localdate(at))
    return each(list(under_way.values_list("pk", "pk")), lambda placement, _: _ask(placement, at), "a report")


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
    record("report_written", "placement", row.placement_id, by=by, at=at, why=str(party))
    profile = row.placement.profile
    for reader_id in {profile.user_id, profile.advisor_id} - {None}:
        post("report_written", reader_id=reader_id, at=at, about=row.pk)
    return row


def _ask(placement: Placement, at: datetime) -> bool:
    last, before = last_due(placement.starts, localdate(at)), placement.reports.order_by("-last").first()
    if placement.starts is None or last is None or (before is not None and before.last >= last):
        return False
    row = Report.objects.create(placement=placement, first=before.last + A_DAY if before else placement.starts, last=last, asked_at=at)
    record("report_asked", "placement", placement.pk, by=None, at=at)
    for reader_id in readers_of_posting(placement.posting.employer_id):
        post("report_due", reader_id=reader_id, at=at, about=row.pk)
    for party in (Party.SUPERVISOR, Party.OTHER):
        post(f"report_by_link_{party}", reader_id=None, at=at, about=row.pk)
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
