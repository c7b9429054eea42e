"""The coordinator's team: what is late, caseloads, transfers, exceptions to the cap."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest, role_required
from audit.actions import record_read, record_refusal
from jobseekers import access, actions, queries
from jobseekers.forms import OverrideForm, TransferForm
from jobseekers.models import CapOverride, Profile, Stage
from jobseekers.views.whom import answered, see_other

PER_PAGE = 25


@role_required("coordinator")
def home(request: RoleRequest) -> HttpResponse:
    """What is late first, then the advisors. Numbers only: nobody's data is on this page."""
    loads = queries.loads(request.role.team_id, timezone.now())
    waiting = Profile.objects.of_team(request.role.team_id).filter(advisor=None).count()
    due = [load for load in loads if load.reviews_due]
    return render(request, "jobseekers/team.html", {"loads": loads, "waiting": waiting, "due": due, "free": _free(loads)})


@role_required("coordinator")
def caseload(request: RoleRequest) -> HttpResponse:
    """Advisor by stage, the cap, the longest stay."""
    loads = queries.loads(request.role.team_id, timezone.now())
    return render(request, "jobseekers/caseload.html", {"loads": loads, "stages": Stage.labels})


@role_required("coordinator")
def transfers(request: RoleRequest) -> HttpResponse:
    """The people of the team, those without an advisor first."""
    at = timezone.now()
    page = Paginator(Profile.objects.of_team(request.role.team_id).waiting_first(), PER_PAGE).get_page(request.GET.get("page"))
    record_read([one.pk for one in page.object_list], "team", by=request.role, at=at)
    return render(request, "jobseekers/transfers.html", {"page": page})


@role_required("coordinator")
@answered
def transfer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One person to another advisor who has room: who, from whom, to whom, and what the new one needs to know."""
    at, profile = timezone.now(), access.of_team(pk, by=request.role)
    if profile is None:
        record_refusal("team", by=request.role, at=at)
        raise Http404
    if request.method == "GET":
        record_read([profile.pk], "team", by=request.role, at=at)
    loads = queries.loads(request.role.team_id, at)
    choices = [(load.advisor_id, f"{load.name} ({load.people}/{load.cap})") for load in loads if load.room]
    form = TransferForm(request.POST or None, advisors=[one for one in choices if one[0] != profile.advisor_id])
    if request.method == "POST" and form.is_valid():
        actions.transfer(profile.pk, **form.cleaned_data, by=request.role, at=at)
        return see_other(reverse("transfers"))
    return render(request, "jobseekers/transfer.html", {"profile": profile, "form": form})


@role_required("coordinator")
@answered
def overrides(request: RoleRequest) -> HttpResponseBase:
    """An exception to the cap: who, how many, why, until when; and those that live."""
    at = timezone.now()
    advisors = [(load.advisor_id, load.name) for load in queries.loads(request.role.team_id, at)]
    form = OverrideForm(request.POST or None, advisors=advisors)
    if request.method == "POST" and form.is_valid():
        actions.grant_override(**form.cleaned_data, by=request.role, at=at)
        return see_other(reverse("overrides"))
    live = CapOverride.objects.filter(advisor_id__in=[pk for pk, _name in advisors], until__gte=localdate(at))
    context = {"form": form, "live": live.select_related("advisor", "granted_by").order_by("until", "pk")}
    return render(request, "jobseekers/overrides.html", context)


def _free(loads: list[queries.Load]) -> list[queries.Load]:
    return [load for load in loads if load.room]
