"""The advisor's people and the coordinator's team."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from jobseekers import actions, queries
from jobseekers.actions.caseload import cap_of
from jobseekers.forms import EnrolForm, NoteForm, OverrideForm
from jobseekers.models import PrivateNote, Profile
from jobseekers.states import Refused
from jobseekers.views.own import found, frame, sections

PER_PAGE = 30


@role_required("advisor")
def people(request: RoleRequest) -> HttpResponse:
    """Everyone this advisor helps; showing the list is one read per person on it."""
    page = Paginator(Profile.objects.helped_by(request.role.user_id).order_by("user__first_name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    record_read([one.pk for one in page.object_list], "people", by=request.role, at=timezone.now())
    cap = cap_of(request.role.user_id, on=localdate())
    return render(request, "jobseekers/people.html", {"page": page, "cap": cap, "full": page.paginator.count >= cap})


@role_required("advisor")
def enrol(request: RoleRequest) -> HttpResponseBase:
    form = EnrolForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enrol(by=request.role, at=timezone.now(), **form.cleaned_data)
        except Refused:
            cap = cap_of(request.role.user_id, on=localdate())
            words = gettext("You have %(n)s of %(n)s people. The coordinator can make an exception with a reason and an end date.")
            form.add_error(None, words % {"n": cap})
        else:
            messages.success(request, gettext("Thank you. If the address can be used, the person gets a letter and stands in your list."))
            return redirect("people")
    return render(request, "jobseekers/enrol.html", {"form": form})


@role_required("advisor")
@require_POST
def code(request: RoleRequest) -> HttpResponse:
    """Make a code; the page that answers is the only place where it is ever shown."""
    return render(request, "jobseekers/code.html", {"code": actions.make_code(by=request.role, at=timezone.now())})


@role_required("advisor")
def person(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """All about one person; the note is the advisor's own."""
    one = found(request, pk, "person")
    note = PrivateNote.objects.filter(profile=one).first()
    form = NoteForm(request.POST or None, initial={"words": note.sealed["words"] if note else ""})
    if request.method == "POST" and form.is_valid():
        actions.save_note(pk, form.cleaned_data["words"], by=request.role, at=timezone.now())
        return redirect("person", pk=pk)
    context: dict[str, Any] = {"form": form, "needs": queries.needs_of(one), "groups": queries.groups_of(one)}
    return render(request, "jobseekers/person.html", {**frame(request, one, pk), **sections(one), **context})


@role_required("coordinator")
def team(request: RoleRequest) -> HttpResponse:
    return render(request, "jobseekers/team.html", {"loads": queries.caseload(request.role.team_key)})


@role_required("coordinator")
def overrides(request: RoleRequest) -> HttpResponseBase:
    """An exception to the cap: who, how many, why, until when."""
    advisors = [(load.user_id, load.name) for load in queries.caseload(request.role.team_key)]
    form = OverrideForm(request.POST or None, advisors=advisors)
    if request.method == "POST" and form.is_valid():
        actions.grant_override(by=request.role, at=timezone.now(), **form.cleaned_data)
        return redirect("team_home")
    return render(request, "jobseekers/overrides.html", {"form": form})
