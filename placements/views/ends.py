"""How it went and what became of it: each side's words, the outcomes, and hires."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from matching import access as doors
from matching.forms import BehalfForm
from matching.views.employer import after_the_promise
from placements import access, actions, queries
from placements.forms import AssessmentForm, CloseAssessmentForm, DisagreeForm, ElsewhereForm, EndHireForm, HiredForm, OutcomeForm
from placements.models import Assessment, Outcome, Placement
from placements.views.doors import answered, theirs, within
from placements.views.placements import HOMES
from taxonomy.forms import posted

AGAINST = "against"  # the button under the other side's words


def _assessment(placement: Placement) -> Assessment:
    row = Assessment.objects.filter(placement=placement).first()
    if row is None:
        raise Http404
    row.placement = placement
    return row


@role_required("jobseeker")
@answered
def assess(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _assess(request, pk)


@after_the_promise
@answered
def employer_assess(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    return _assess(request, pk)


def _assess(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One side's words, then the other's to read, and a line where they see it another way. What is sent twice is refused as such."""
    placement, role = theirs(request, pk), request.role
    row, person = _assessment(placement), role.kind == "jobseeker"
    sees_another_way = request.POST.get("answer") == AGAINST
    goals, adaptations = queries.goals_of(placement), queries.agreed_on(placement)
    form = AssessmentForm(None if sees_another_way else posted(request), goals=goals, adaptations=adaptations, person=person)
    against = DisagreeForm(request.POST if sees_another_way else None)
    if form.is_valid():
        actions.assess(pk, form.told, by=role, at=timezone.now())
    elif against.is_valid():
        actions.disagree(pk, against.cleaned_data["words"], by=role, at=timezone.now())
    else:
        if not person:
            record_read([placement.profile_id], "placement", by=role, at=timezone.now())
        return render(request, "placements/assess.html", _said(placement, row, role.kind, form, against))
    return redirect(request.resolver_match.view_name, pk=pk)  # type: ignore[union-attr]


def _said(placement: Placement, row: Assessment, kind: str, form: AssessmentForm, against: DisagreeForm) -> dict[str, Any]:
    side, other = ("person", "employer") if kind == "jobseeker" else ("employer", "person")
    written, closed = getattr(row, side) is not None, row.closed_at is not None
    return {
        "placement": placement,
        "row": row,
        "form": against if written or closed else form,
        "written": written,
        "mine": queries.words_of(row, side),
        "theirs": queries.words_of(row, other) if written or closed else None,
        "home": HOMES[kind],
    }


@role_required("advisor")
@answered
def assessment(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Both sides' words beside each other; closing, or that the employer's came another way."""
    placement = theirs(request, pk)
    row = _assessment(placement)
    elsewhere = ElsewhereForm(posted(request) if "on" in request.POST else None)
    close = CloseAssessmentForm(posted(request) if "words" in request.POST else None)
    if elsewhere.is_valid():
        actions.had_elsewhere(pk, elsewhere.cleaned_data["on"], by=request.role, at=timezone.now())
        return redirect("assessment", pk=pk)
    if close.is_valid():
        actions.close_assessment(pk, close.cleaned_data["words"], by=request.role, at=timezone.now())
        return redirect("placement", pk=pk)
    record_read([placement.profile_id], "placement", by=request.role, at=timezone.now())
    context = {
        "placement": placement,
        "row": row,
        "person": queries.words_of(row, "person"),
        "employer": queries.words_of(row, "employer"),
        "close": close,
        "elsewhere": elsewhere,
        "form": elsewhere if elsewhere.is_bound else close,
    }
    return render(request, "placements/assessment.html", context)


@role_required("advisor")
def outcomes(request: RoleRequest) -> HttpResponse:
    """What to find out, and who is in a job and still supported. One read per person on the list."""
    role, at = request.role, timezone.now()
    due, hires = queries.outcomes_due(role.user_id, role.team_key, localdate(at)), queries.hires_of(role.user_id, role.team_key)
    record_read({one.placement.profile_id for one in due} | {one.profile_id for one in hires}, "outcomes", by=role, at=at)
    return render(request, "placements/outcomes.html", {"due": due, "hires": hires, "today": localdate(at)})


@role_required("advisor", "jobseeker")
@answered
def outcome(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """Where the person is: by the person, or by the advisor, who says from where they know."""
    row = within(request, Outcome, pk)
    if row.due > localdate():
        raise Http404
    placement, staff = theirs(request, row.placement_id), request.role.kind == "advisor"
    form = OutcomeForm(posted(request), staff=staff)
    if form.is_valid():
        actions.record_outcome(pk, form.known, by=request.role, at=timezone.now())
        messages.success(request, gettext("Thank you. It is noted."))
        return redirect("outcomes") if staff else redirect("my_placement", pk=placement.pk)
    if staff:
        record_read([placement.profile_id], "outcomes", by=request.role, at=timezone.now())
    context = {"row": row, "placement": placement, "form": form, "staff": staff, "consent": actions.has_consent(placement)}
    return render(request, "placements/outcome.html", context)


@role_required("advisor", "jobseeker")
@answered
def consent(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The separate yes to being asked later, or its taking back; the advisor says how they were told."""
    placement, staff = theirs(request, pk), request.role.kind == "advisor"
    form = BehalfForm(posted(request)) if staff else None
    answer = request.POST.get("answer", "")
    if answer in {"yes", "no"} and (form is None or form.is_valid()):
        told: dict[str, Any] = {"behalf": form.behalf} if form else {}
        actions.agree_to_be_asked(placement.profile_id, answer == "yes", by=request.role, at=timezone.now(), **told)
        return redirect(HOMES[request.role.kind], pk=pk)
    if staff:
        record_read([placement.profile_id], "placement", by=request.role, at=timezone.now())
    context = {
        "placement": placement,
        "form": form,
        "staff": staff,
        "given": actions.has_consent(placement),
        "home": HOMES[request.role.kind],
    }
    return render(request, "placements/outcome_consent.html", context)


@role_required("advisor")
@answered
def hire(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """A job that comes of an introduction, or of a placement behind it."""
    door = doors.door_of_advisor(pk, by=request.role)
    if door is None:
        raise Http404
    form = HiredForm(posted(request))
    behind = access.placements_of(by=request.role, at=timezone.now())
    placement = behind.filter(introduction_id=pk).order_by("-created_at").first() if behind is not None else None
    if form.is_valid():
        actions.hire(pk, by=request.role, at=timezone.now(), placement_id=placement.pk if placement else None, **form.cleaned_data)
        messages.success(request, gettext("Noted. You are reminded to be in touch after a week, then every month."))
        return redirect("outcomes")
    record_read([door.suggestion.profile_id], "introduction", by=request.role, at=timezone.now())
    return render(request, "placements/hire.html", {"door": door, "form": form})


@role_required("advisor")
@require_POST
@answered
def follow_hire(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One press: the advisor has been in touch, or the person says that it is enough."""
    (actions.enough if request.POST.get("answer") == "enough" else actions.contacted)(pk, by=request.role, at=timezone.now())
    return redirect("outcomes")


@role_required("advisor")
@answered
def end_hire(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The job has ended."""
    found = [one for one in queries.hires_of(request.role.user_id, request.role.team_key) if one.pk == pk]
    if not found:
        raise Http404
    form = EndHireForm(posted(request))
    if form.is_valid():
        actions.end_hire(pk, form.cleaned_data["on"], by=request.role, at=timezone.now())
        return redirect("outcomes")
    record_read([found[0].profile_id], "outcomes", by=request.role, at=timezone.now())
    return render(request, "placements/end_hire.html", {"row": found[0], "form": form})
