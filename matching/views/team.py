"""The coordinator's start page: what the team is late with, then the advisors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from jobseekers.access import open_in_team
from jobseekers.models import Profile
from jobseekers.queries import BENCHMARK_DAYS, loads
from matching import queries
from matching.actions import runs


@role_required("coordinator")
def home(request: RoleRequest) -> HttpResponse:
    """Numbers only: nobody's data is on this page."""
    at = timezone.now()
    all_loads = loads(request.role.team_id, at)
    context = {
        "loads": all_loads,
        "rests": runs.stopped(),
        "programmes": open_in_team(by=request.role),
        "free": [load for load in all_loads if load.room],
        "due": [load for load in all_loads if load.reviews_due],
        "waiting": Profile.objects.of_team(request.role.team_id).filter(advisor=None).count(),
        "late": queries.late_in(request.role.team_key, at),
        "oldest": queries.oldest_in(request.role.team_key, at),
        "benchmarks": [(label, BENCHMARK_DAYS[stage]) for stage, label in ((s, s.label) for s in BENCHMARK_DAYS)],
    }
    return render(request, "matching/team.html", context)
