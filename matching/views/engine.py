"""The coordinators' page of the engine: how it does, and the switch that lets it rest."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching import queries
from matching.actions import runs
from matching.forms import StopForm
from matching.views.doors import answered
from taxonomy.forms import posted

PER_PAGE = 25


@role_required("coordinator")
def health(request: RoleRequest) -> HttpResponse:
    """Model, runs, speed, the last comparison, who gets suggestions. Of people by name only the coordinator's own team."""
    at = timezone.now()
    page = Paginator(queries.never_in(request.role.team_key), PER_PAGE).get_page(request.GET.get("page"))
    record_read([one.pk for one in page.object_list], "team", by=request.role, at=at)
    told = {"health": queries.health_of(at), "page": page, "days": queries.DAYS}
    return render(request, "matching/engine.html", told | {"compared": queries.is_compared_in(request.role.team_key)})


@role_required("coordinator")
@answered
def stop(request: RoleRequest) -> HttpResponseBase:
    """What resting means, and why it should, on a page of its own."""
    form = StopForm(posted(request))
    if form.is_valid():
        runs.stop(by=request.role, at=timezone.now(), **form.answers)
        return redirect("engine")
    return render(request, "matching/engine_stop.html", {"form": form, "rests": runs.stopped()})


@role_required("coordinator")
@answered
def start(request: RoleRequest) -> HttpResponseBase:
    """What starting again means, on a page of its own."""
    if request.method == "POST":
        runs.start(by=request.role, at=timezone.now())
        return redirect("engine")
    return render(request, "matching/engine_start.html", {"rests": runs.stopped()})
