"""The home page of each role: the one place where everything that waits for somebody meets."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from cooperation import access as cooperation
from employers.queries import contact_of, waiting_for
from jobseekers.access import open_in_team
from jobseekers.queries import BENCHMARK_DAYS, clocks_of, loads, room_of, waiting_in
from matching import access as doors
from matching import queries as matching
from matching.actions import runs
from matching.views.jobseeker import profile_of
from placements import queries

PER_PAGE = 10


@role_required("jobseeker")
def today(request: RoleRequest) -> HttpResponse:
    """The one thing to do now, what comes then, the advisor, the way."""
    profile = profile_of(request)
    context = {"profile": profile, "today": queries.today_of(profile, by=request.role, at=timezone.now())}
    return render(request, "portal/homes/today.html", context)


@role_required("employer")
def employer(request: RoleRequest) -> HttpResponse:
    """To do: what waits for a signature or an answer, meetings too, without a name; then questions, returned postings and drafts."""
    role, at = request.role, timezone.now()
    waiting = waiting_for(role.employer_id, manages=role.manages) if role.employer_id else None
    context = {
        "waiting": waiting,
        "employer": waiting and waiting.employer,
        "contact": waiting and contact_of(waiting.employer.pk, at=at),
        "cards": [one for one in doors.cards_for(by=role, at=at) if one.answered_at is None],
        "asked": queries.employer_todo(by=role, at=at),
        "meetings": [one for one in cooperation.of_member(by=role, at=at) if one.waits],
    }
    return render(request, "portal/homes/employer.html", context)


@role_required("advisor")
def advisor(request: RoleRequest) -> HttpResponse:
    """To do: what is due today, the caseload, the queue. Showing the list is one read per person on it."""
    role, at = request.role, timezone.now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in matching.TABS else "mine"
    page = Paginator(matching.tab(tab, by=role, at=at), PER_PAGE).get_page(request.GET.get("page"))
    due = queries.due_today(by=role, at=at)
    record_read({one.profile_id for one in page.object_list} | {one.profile_id for one in due}, "queue", by=role, at=at)
    context = {
        "tab": tab,
        "page": page,
        "rows": matching.queue_rows(page.object_list, by=role, at=at),
        "counts": matching.tab_counts(by=role, at=at),
        "today": due,
        "room": room_of(role.user_id, at),
        "clocks": clocks_of(role.user_id, role.team_key, at),
        "rests": runs.stopped(),
        "programmes": open_in_team(by=role),
    }
    return render(request, "portal/homes/advisor.html", context)


@role_required("coordinator")
def team(request: RoleRequest) -> HttpResponse:
    """What the team is late with, then the advisors. Numbers only: nobody's data is on this page."""
    role, at = request.role, timezone.now()
    all_loads = loads(role.team_id, at)
    context = {
        "loads": all_loads,
        "rests": runs.stopped(),
        "programmes": open_in_team(by=role),
        "free": [load for load in all_loads if load.room],
        "due": [load for load in all_loads if load.reviews_due],
        "waiting": waiting_in(role.team_key),
        "late": matching.late_in(role.team_key, at),
        "stopped": matching.stopped_in(role.team_key, at),
        "late_tasks": queries.overdue_in(role.team_key, at),
        "oldest": matching.oldest_in(role.team_key, at),
        "benchmarks": [(stage.label, days) for stage, days in BENCHMARK_DAYS.items()],
    }
    return render(request, "portal/homes/team.html", context)
