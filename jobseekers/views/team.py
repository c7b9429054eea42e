"""The coordinator's team: caseloads, who waits for an advisor, transfers, exceptions to the cap."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.access import RoleRequest, role_required
from accounts.models import Membership
from audit.actions import record_read
from jobseekers import access, actions, queries
from jobseekers.forms import OverrideForm, StaffForm, TransferForm
from jobseekers.models import CapOverride, Profile, Stage
from jobseekers.views.whom import answered, see_other
from taxonomy.forms import posted

PER_PAGE = 25


@role_required("coordinator")
def caseload(request: RoleRequest) -> HttpResponse:
    """Advisor by stage, the cap, the longest stay."""
    loads = queries.loads(request.role.team_id, timezone.now())
    return render(request, "jobseekers/caseload.html", {"loads": loads, "stages": Stage.labels})


@role_required("coordinator")
def transfers(request: RoleRequest) -> HttpResponse:
    """The people of the team who have an advisor."""
    return _list(request, Profile.objects.of_team(request.role.team_id).helped(), "jobseekers/transfers.html")


@role_required("coordinator")
def waiting_list(request: RoleRequest) -> HttpResponse:
    """Who waits for an advisor, longest first, and who has room."""
    at = timezone.now()
    people = Profile.objects.of_team(request.role.team_id).waiting()
    free = [load for load in queries.loads(request.role.team_id, at) if load.room]
    return _list(request, people, "jobseekers/waiting_list.html", free=free, calls=access.calls_of(by=request.role))


def _list(request: RoleRequest, people: QuerySet[Profile], template: str, **more: Any) -> HttpResponse:
    """A page of people; showing them is one read for each."""
    at = timezone.now()
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    record_read([one.pk for one in page.object_list], "team", by=request.role, at=at)
    return render(request, template, {"page": page, "rows": queries.waiting_rows(page.object_list, at), **more})


@role_required("coordinator")
@answered
def transfer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One person to another advisor who has room: who, from whom, to whom, and what the new one needs to know."""
    at, profile = timezone.now(), access.of_team(pk, by=request.role)
    if profile is None:
        raise Http404
    if request.method == "GET":
        record_read([profile.pk], "team", by=request.role, at=at)
    loads = queries.loads(request.role.team_id, at)
    choices = [(load.advisor_id, f"{load.name} ({load.people}/{load.cap})") for load in loads if load.room]
    form = TransferForm(posted(request), advisors=[one for one in choices if one[0] != profile.advisor_id])
    if request.method == "POST" and form.is_valid():
        actions.transfer(profile.pk, **form.cleaned_data, by=request.role, at=at)
        return see_other(reverse("transfers" if profile.advisor_id else "waiting_list"))
    return render(request, "jobseekers/transfer.html", {"profile": profile, "form": form})


@role_required("coordinator")
@answered
def overrides(request: RoleRequest) -> HttpResponseBase:
    """An exception to the cap: who, how many, why, until when; and those that live."""
    at = timezone.now()
    advisors = [(load.advisor_id, load.name) for load in queries.loads(request.role.team_id, at)]
    form = OverrideForm(posted(request), advisors=advisors)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        actions.grant_override(reason=given.pop("grounds"), **given, by=request.role, at=at)
        return see_other(reverse("overrides"))
    live = CapOverride.objects.filter(advisor_id__in=[pk for pk, _name in advisors], until__gte=localdate(at))
    context = {"form": form, "live": live.select_related("advisor", "granted_by").order_by("until", "pk")}
    return render(request, "jobseekers/overrides.html", context)


@role_required("coordinator")
@answered
def members(request: RoleRequest) -> HttpResponseBase:
    """Who is in the team, in which role, since when; and a form for one more. The answer is the same for every address."""
    at = timezone.now()
    form = StaffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.add_member(**form.cleaned_data, by=request.role, at=at)
        messages.success(request, gettext("Saved. A letter says how to sign in."))
        return see_other(reverse("team_members"))
    held = Membership.objects.valid(at).filter(team_id=request.role.team_key).select_related("user").order_by("kind", "since", "pk")
    return render(request, "jobseekers/members.html", {"form": form, "members": held})


@role_required("coordinator")
@answered
def end_member(request: RoleRequest, number: int) -> HttpResponseBase:
    """The end of a role in the team, on a page of its own that says who else it touches."""
    at = timezone.now()
    held = Membership.objects.valid(at).filter(team_id=request.role.team_key, pk=number).select_related("user").first()
    if held is None:
        raise Http404
    if request.method == "POST":
        actions.end_member(held.pk, by=request.role, at=at)
        return see_other(reverse("team_members"))
    people = Profile.objects.helped_by(held.user_id, request.role.team_key).count() if held.kind == "advisor" else 0
    return render(request, "jobseekers/end_member.html", {"member": held, "people": people, "own": held.user_id == request.role.user_id})
