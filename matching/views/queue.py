"""The advisor's start page: what is due today, the caseload, the queue."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from jobseekers.access import open_in_team
from jobseekers.queries import clocks_of, room_of
from matching import actions, queries
from matching.actions import runs
from matching.views.doors import answered

PER_PAGE = 10


@role_required("advisor")
def home(request: RoleRequest) -> HttpResponse:
    """To do: what is due today, the caseload, the queue. Showing the list is one read per person on it."""
    role, at = request.role, timezone.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "mine"
    page = Paginator(queries.tab(tab, by=role, at=at), PER_PAGE).get_page(request.GET.get("page"))
    today = queries.due_today(by=role, at=at)
    record_read({one.profile_id for one in page.object_list} | {one.profile_id for one in today}, "queue", by=role, at=at)
    context = {
        "tab": tab,
        "page": page,
        "rows": queries.queue_rows(page.object_list, by=role, at=at),
        "counts": queries.tab_counts(by=role, at=at),
        "today": today,
        "room": room_of(role.user_id, at),
        "clocks": clocks_of(role.user_id, role.team_key, at),
        "rests": runs.stopped(),
        "programmes": open_in_team(by=role),
    }
    return render(request, "matching/advisor_home.html", context)


@role_required("advisor")
@require_POST
@answered
def take(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Take a row of the queue to read it."""
    actions.hold(pk, by=request.role, at=timezone.now())
    return redirect("suggestion", pk=pk)
