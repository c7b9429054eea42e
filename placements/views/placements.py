"""The advisor's placements: a list, and one page with everything about one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access, actions, queries
from placements.forms import EndForm, StopForm
from placements.models import Placement
from placements.states import LIVE
from placements.views.doors import answered, theirs
from taxonomy.forms import posted

PER_PAGE = 20


@role_required("advisor")
def placements(request: RoleRequest) -> HttpResponse:
    """Those that live first, by their last day; then what is over. The list is one read per person on it."""
    role, at = request.role, timezone.now()
    tab = "over" if request.GET.get("tab") == "over" else "live"
    mine = Placement.objects.of_advisor(role.user_id, role.team_key).with_paper().whole()
    live, over = mine.filter(state__in=LIVE).order_by("ends", "pk"), mine.exclude(state__in=LIVE).order_by("-closed_at", "pk")
    page = Paginator(live if tab == "live" else over, PER_PAGE).get_page(request.GET.get("page"))
    record_read({one.profile_id for one in page.object_list}, "placements", by=role, at=at)
    rows = [(one, one.day_of(at)) for one in page.object_list]
    return render(request, "placements/placements.html", {"page": page, "rows": rows, "tab": tab})


@role_required("advisor")
@answered
def placement(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One placement: the next thing to do, the agreement, the steps, and how to change it."""
    found, at = theirs(request, pk), timezone.now()
    record_read([found.profile_id], "placement", by=request.role, at=at)
    sheet = access.sheet_for(found, by=request.role)
    context = {
        "placement": found,
        "sheet": sheet,
        "holds": access.sheet_in_force(found, by=request.role),
        "steps": queries.steps_of(found, sheet, at),
        "plan": queries.plan_beside(found, at),
        "day": found.day_of(at),
        "full": found.is_live and not found.is_active and queries.is_full(found),
        "tasks": list(found.tasks.open()),
        "today": localdate(at),
        "asked": (asked := queries.last_asked(found)),
        "sides": queries.both_sides(found, asked) if asked else [],
        "followed": queries.followed(found, at),
        "told": list(found.incidents.all()),
        "happened": queries.timeline_of(found),
        "reports": queries.reports_of(found),
    }
    return render(request, "placements/placement.html", context)


@role_required("advisor", "jobseeker")
@answered
def stop(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _stop(request, pk)


@after_the_promise
@answered
def employer_stop(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _stop(request, pk)


def _stop(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Ends a placement early, or calls it off before it has begun: a page of its own that says what follows, for any of the three."""
    found, role = theirs(request, pk), request.role
    staff = role.kind == "advisor"
    begun = found.has_started
    form = EndForm(posted(request), staff=staff, starts=found.starts) if begun else StopForm(posted(request), staff=staff)
    if found.is_live and form.is_valid():
        (actions.end_early if begun else actions.cancel)(pk, by=role, at=timezone.now(), **form.told)
        return redirect(HOMES[role.kind], pk=pk)
    if role.kind != "jobseeker":
        record_read([found.profile_id], "placement", by=role, at=timezone.now())
    context = {"placement": found, "form": form, "begun": begun, "home": HOMES[role.kind]}
    return render(request, "placements/stop.html", context)


HOMES = {"advisor": "placement", "jobseeker": "my_placement", "employer": "employer_placement"}
