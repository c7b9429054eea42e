"""Reports of an apprenticeship: written by the workplace or the school, read by them, the person and the advisor."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accounts.access import RoleRequest, anyone, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access, actions, queries
from placements.forms import ReportForm
from placements.models import Reached, Report
from placements.views.doors import answered, within
from placements.views.placements import HOMES
from taxonomy.forms import posted


def _page(request: HttpRequest, row: Report, form: ReportForm | None = None, home: str = "") -> HttpResponse:
    goals = [(words, str(Reached(code).label)) for words, code in row.said.get("goals", [])]
    context: dict[str, Any] = {"row": row, "goals": goals, "form": form, "home": home, "placement": row.placement}
    return render(request, "placements/report.html", context)


def _form(request: HttpRequest, row: Report) -> ReportForm:
    return ReportForm(posted(request), goals=queries.goals_of(row.placement))


@role_required("jobseeker", "advisor")
@answered
def read(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What was written; until then, that it is waited for."""
    row = within(request, Report, pk)
    if request.role.kind == "advisor":
        record_read([row.placement.profile_id], "placement", by=request.role, at=timezone.now())
    return _page(request, row, home=HOMES[request.role.kind])


@after_the_promise
@answered
def write(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """By any member of the employer, for the supervisor."""
    row = within(request, Report, pk)
    form = _form(request, row)
    if form.is_valid():
        actions.write_report(pk, form.told, by=request.role, at=timezone.now())
        return redirect("employer_report", pk=pk)
    record_read([row.placement.profile_id], "placement", by=request.role, at=timezone.now())
    return _page(request, row, form, HOMES[request.role.kind])


@anyone
@cache_control(no_store=True)
@answered
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """By the supervisor or the school without an account: the link opens this report and nothing else."""
    found = access.report_by_link(token)
    if found is None:
        raise Http404
    row, party = found
    form = _form(request, row)
    if form.is_valid():
        actions.write_report_by_link(row.pk, party, form.told, at=timezone.now())
        return redirect("report_by_link", token=token)
    return _page(request, row, form)
