"""What is kept about the person: a copy of all of it, and its end."""

from contextlib import suppress

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, anyone, role_required
from accounts.models import Membership, RoleKind
from jobseekers.states import NotThere
from matching.models import Introduction
from matching.views.doors import answered
from matching.views.jobseeker import profile_of
from placements import actions
from placements.models import Placement


@role_required("jobseeker")
@require_POST
@answered
def copy(request: RoleRequest) -> HttpResponse:
    """Everything about the person as one file. A POST, because taking a copy is noted."""
    held = actions.take_copy(profile_of(request).pk, by=request.role, at=timezone.now())
    whole = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    whole.headers["Content-Disposition"] = 'attachment; filename="ingang.json"'
    return whole


@role_required("jobseeker")
def delete(request: RoleRequest) -> HttpResponse:
    """The first of two steps: what goes, what stays, and why."""
    at, profile = timezone.now(), profile_of(request)
    context = {
        "profile": profile,
        "doors": Introduction.objects.readable(at).filter(suggestion__profile=profile).select_related("posting__employer"),
        "under_way": Placement.objects.live().shown().filter(profile=profile).select_related("posting__employer"),
        "other_roles": Membership.objects.beside(request.role.user_id, RoleKind.JOBSEEKER, at),
    }
    return render(request, "placements/delete.html", context)


@role_required("jobseeker")
def delete_now(request: RoleRequest) -> HttpResponseBase:
    """The second step. Afterwards nobody is signed in here: every session of the account has ended, and this one with them."""
    profile = profile_of(request)
    if request.method == "POST":
        with suppress(NotThere):  # the button was pressed twice, and the first press has done it
            actions.erase(profile.pk, by=request.role, at=timezone.now())
        logout(request)
        return redirect("data_deleted")
    return render(request, "placements/delete_now.html", {"profile": profile})


@anyone
def deleted(request: HttpRequest) -> HttpResponse:
    """The last page; anybody may read it, and it names nobody."""
    return render(request, "placements/deleted.html")
