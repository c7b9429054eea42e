"""Between the check-ins: whether what was agreed works, what has happened, and what the team is late with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import actions, queries
from placements.forms import CheckedIncidentForm, CheckedProposalForm, FollowUpForm, IncidentForm, ProposalForm
from placements.models import Adaptation, Incident, Task, Works
from placements.views.doors import answered, theirs, within
from placements.views.placements import HOMES
from taxonomy.forms import posted
from taxonomy.models import Need


@role_required("advisor")
@require_POST
@answered
def adaptation(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One press: how far an adaptation has come, or that what works may be shown on the workplace's offers."""
    row = within(request, Adaptation, pk)
    to = request.POST.get("answer", "")
    if to == "show":
        actions.show_to_others(pk, by=request.role, at=timezone.now())
        messages.success(request, gettext("It stands on the workplace's offers now as shown in a placement."))
    elif to in Works.values:
        actions.move_adaptation(pk, Works(to), by=request.role, at=timezone.now())
    return redirect("placement", pk=row.placement_id)


@role_required("advisor", "jobseeker")
@answered
def tell(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _tell(request, pk)


@after_the_promise
@answered
def employer_tell(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _tell(request, pk)


def _tell(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Something has happened, or does not work: for the advisor alone, or for both."""
    found, role = theirs(request, pk), request.role
    form = (IncidentForm if role.kind == "jobseeker" else CheckedIncidentForm)(posted(request))
    if found.is_active and form.is_valid() and request.POST.get("send") in {"mine", "both"}:
        private = request.POST["send"] == "mine"
        actions.tell_incident(pk, form.cleaned_data["words"], by=role, at=timezone.now(), private=private)
        told = gettext("Noted.") if role.kind == "advisor" else gettext("Told. The advisor looks at it by the next working day.")
        messages.success(request, told)
        return redirect(HOMES[role.kind], pk=pk)
    if role.kind != "jobseeker":
        record_read([found.profile_id], "placement", by=role, at=timezone.now())
    context = {"placement": found, "form": form, "home": HOMES[role.kind], "advisor": found.profile.advisor_name}
    return render(request, "placements/tell.html", context)


@role_required("advisor", "jobseeker")
@answered
def propose(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _propose(request, pk)


@after_the_promise
@answered
def employer_propose(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _propose(request, pk)


def _propose(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One more adaptation, while the placement lasts: it goes to the advisor, who answers."""
    found, role = theirs(request, pk), request.role
    kind = ProposalForm if role.kind == "jobseeker" else CheckedProposalForm
    form = kind(posted(request), catalogue=queries.by_group(Need.objects.all()))
    if found.is_active and form.is_valid():
        actions.propose(pk, form.cleaned_data["code"], form.cleaned_data["how"], by=role, at=timezone.now())
        messages.success(request, gettext("Proposed. It holds when it stands in an agreement that all have signed."))
        return redirect(HOMES[role.kind], pk=pk)
    if role.kind != "jobseeker":
        record_read([found.profile_id], "placement", by=role, at=timezone.now())
    context = {"placement": found, "form": form, "home": HOMES[role.kind], "advisor": found.profile.advisor_name}
    return render(request, "placements/propose.html", context)


@role_required("advisor")
@answered
def incident(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What was told, and what was done about it."""
    row = within(request, Incident, pk)
    placement = theirs(request, row.placement_id)
    form = FollowUpForm(posted(request), initial={"then": row.then})
    if form.is_valid():
        actions.follow_up(pk, form.cleaned_data["then"], by=request.role, at=timezone.now())
        return redirect("placement", pk=placement.pk)
    record_read([placement.profile_id], "placement", by=request.role, at=timezone.now())
    return render(request, "placements/incident.html", {"row": row, "placement": placement, "form": form})


@role_required("advisor")
@require_POST
@answered
def done(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A task is done: one press."""
    within(request, Task, pk)
    actions.finish_task(pk, by=request.role, at=timezone.now())
    return redirect("placements")


@role_required("coordinator")
def overdue(request: RoleRequest) -> HttpResponse:
    """How many tasks of placements each advisor of the team is late with: numbers, nobody's data."""
    rows = queries.overdue_in(request.role.team_key, timezone.now())
    return render(request, "placements/overdue.html", {"rows": rows})
