"""What an advisor does for one of their people: reads all that is suggested, and answers for them when they ask for it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from jobseekers import access as people
from matching import access, actions, queries
from matching.actions import runs
from matching.forms import BehalfForm
from matching.models import Consent, Suggestion
from matching.states import State
from matching.views.decisions import read
from matching.views.doors import answered
from taxonomy.forms import posted


@role_required("advisor")
def of_person(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Every suggestion, introduction and interest of one of the advisor's own people."""
    profile, at = people.for_advisor(pk, by=request.role), timezone.now()
    if profile is None:
        raise Http404
    record_read([profile.pk], "suggestions", by=request.role, at=at)
    return render(
        request, "matching/person_suggestions.html", {"profile": profile, "all": queries.of_person(profile, at), "rests": runs.stopped()}
    )


@role_required("advisor")
@answered
def answer(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """The card as the person would see it, and their answer as they told it. Fields are taken off the same way."""
    found = read(request, access.for_advisor(pk, by=request.role), "card")
    approval = found.approvals.filter(void_at=None).first()
    if found.state != State.APPROVED or approval is None:
        return redirect("suggestion", pk=pk)
    for change, step in (("remove", actions.leave_out), ("add", actions.put_back)):
        if change in request.POST:
            step(pk, request.POST[change], by=request.role, at=timezone.now())
            return redirect("answer_for_person", pk=pk)
    form = BehalfForm(posted(request))
    if form.is_valid() and request.POST.get("answer") in {"yes", "no"}:
        return _answered(request, found, form)
    context: dict[str, Any] = {
        "suggestion": found,
        "approval": approval,
        "card": access.consented_card(approval),
        "asked_with": actions.TEXT_VERSION,
        "fixed": access.ALWAYS,
        "until": queries.consent_until(timezone.now()),
        "form": form,
    }
    return render(request, "matching/answer_for_person.html", context)


def _answered(request: RoleRequest, found: Suggestion, form: BehalfForm) -> HttpResponse:
    role, at = request.role, timezone.now()
    if request.POST["answer"] == "yes":
        seen, text = request.POST.get("card", ""), request.POST.get("asked_with", "")
        door = actions.consent(found.pk, by=role, at=at, seen=seen, text=text, behalf=form.behalf)
        return redirect("advisor_introduction", pk=door.pk)
    actions.decline(found.pk, by=role, at=at, behalf=form.behalf)
    return redirect("person_suggestions", pk=found.profile_id)


@role_required("advisor")
@answered
def withdraw(request: RoleRequest, pk: UUID) -> HttpResponse:
    """Take a person's yes back for them: the employer's view closes in this request."""
    given = Consent.objects.filter(pk=pk, suggestion__in=Suggestion.objects.of_advisor(request.role.user_id, request.role.team_key))
    found = given.select_related("suggestion__posting__employer", "suggestion__profile__user").first()
    if found is None:
        raise Http404
    form = BehalfForm(posted(request))
    if form.is_valid():
        actions.withdraw(pk, by=request.role, at=timezone.now(), behalf=form.behalf)
        return redirect("withdraw_for_person", pk=pk)
    record_read([found.suggestion.profile_id], "introduction", by=request.role, at=timezone.now())
    return render(request, "matching/withdraw_for_person.html", {"consent": found, "form": form})
