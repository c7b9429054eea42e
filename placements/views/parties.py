"""The person and the employer: the placement, the agreement to read, and the signature."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching.views.employer import after_the_promise
from placements import access, actions, queries
from placements.models import Placement
from placements.states import Party
from placements.views.doors import answered, theirs

SIGNS_AS = (Party.EMPLOYER, Party.SUPERVISOR)  # what a member of the employer may sign as


def _frame(request: RoleRequest, found: Placement, sheet: access.Sheet | None, party: Party) -> dict[str, Any]:
    """What both sides read of a placement; `sheet` is the version that is being agreed, where there is one."""
    return {
        "placement": found,
        "sheet": access.sheet_in_force(found, by=request.role) or sheet,
        "asked": sheet,
        "day": found.day_of(timezone.now()),
        "party": party,
        "waiting": found.check_ins.filter(party=party).waiting(),
        "shared": queries.shared_answers(found, party),
        "proposals": queries.proposals_to_read(found, party, timezone.now()),
        "told": queries.shared_incidents(found, request.role.user_id),
        "reports": queries.reports_of(found),
        "due": found.outcomes.due(localdate()) if party == Party.JOBSEEKER and actions.has_consent(found) else [],
    }


@role_required("jobseeker")
def my_placements(request: RoleRequest) -> HttpResponse:
    """Everything that was agreed on, the newest first; a draft is the advisor's until it is sent."""
    mine = Placement.objects.of_person(request.role.user_id).with_paper().whole().order_by("-created_at", "pk")
    shown = [one for one in mine if access.sheet_for(one, by=request.role)]
    return render(request, "placements/my_placements.html", {"placements": shown})


@role_required("jobseeker")
@answered
def my_placement(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Today at the workplace, what was agreed, and how to say that something does not work."""
    found = theirs(request, pk)
    sheet = access.sheet_for(found, by=request.role)
    if sheet is None:
        raise Http404
    frame = _frame(request, found, sheet, Party.JOBSEEKER)
    frame["plan"] = queries.plan_beside(found, timezone.now())
    return render(request, "placements/my_placement.html", frame)


@role_required("jobseeker")
@answered
def sign(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The agreement in plain words and two answers of the same weight. Not yet shares nothing; the employer may be let read it first."""
    found = theirs(request, pk)
    sheet = access.sheet_for(found, by=request.role)
    if sheet is None:
        raise Http404
    answer, seen, at = request.POST.get("answer", ""), request.POST.get("seen", ""), timezone.now()
    if answer == "sign":
        actions.sign(pk, Party.JOBSEEKER, by=request.role, at=at, seen=seen)
        return redirect("sign_agreement", pk=pk)
    if answer == "show":
        actions.show(pk, by=request.role, at=at, seen=seen)
        return redirect("sign_agreement", pk=pk)
    if answer == "later":
        actions.not_yet(pk, by=request.role, at=at)
        return redirect("my_placement", pk=pk)
    context = {"placement": found, "sheet": sheet, "signed": sheet.has_signed(Party.JOBSEEKER)}
    return render(request, "placements/sign.html", context)


@after_the_promise
def employer_placements(request: RoleRequest) -> HttpResponseBase:
    """The employer's own, as far as each person has let them read."""
    at = timezone.now()
    found = list(Placement.objects.of_employer(request.role.employer_id, at).with_paper().whole().order_by("-created_at", "pk"))
    record_read({one.profile_id for one in found}, "placements", by=request.role, at=at)
    return render(request, "placements/employer_placements.html", {"placements": found})


@after_the_promise
@answered
def employer_placement(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """What was agreed, who to call, and what is to be done next."""
    found, at = theirs(request, pk), timezone.now()
    record_read([found.profile_id], "placement", by=request.role, at=at)
    sheet = access.sheet_for(found, by=request.role)
    frame = _frame(request, found, sheet, Party.SUPERVISOR)
    frame["support"] = queries.support_of(found, frame["sheet"], at)
    return render(request, "placements/employer_placement.html", frame)


@after_the_promise
@answered
def employer_sign(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A member signs for the employer; the supervisor, or somebody for them, confirms that they know their part."""
    found = theirs(request, pk)
    sheet = access.sheet_for(found, by=request.role)
    if sheet is None:
        raise Http404
    party = request.POST.get("answer", "")
    if party in {str(one) for one in SIGNS_AS}:
        actions.sign(pk, Party(party), by=request.role, at=timezone.now(), seen=request.POST.get("seen", ""))
        return redirect("employer_sign", pk=pk)
    record_read([found.profile_id], "agreement", by=request.role, at=timezone.now())
    turns = [str(one) for one in SIGNS_AS if sheet.turn_of(one)]
    context = {"placement": found, "sheet": sheet, "turns": turns, "support": queries.support_of(found, sheet, timezone.now())}
    return render(request, "placements/employer_sign.html", context)
