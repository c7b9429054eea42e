"""The wish to take part in a programme: what became of it, for the person and the own advisor; and the list of the team."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import RoleRequest, role_required
from audit.actions import record_read
from jobseekers import access, actions
from jobseekers.forms import AnswerForm
from jobseekers.forms.behalf import PersonForm
from jobseekers.views.whom import Whom, answered, see_other
from taxonomy.forms import posted

TEAM = ("coordinator", "advisor")


def programmes(request: RoleRequest, whom: Whom) -> HttpResponse:
    """What the person has asked for, and what came of it."""
    return render(request, "jobseekers/programmes.html", {**whom.frame(), "all": access.of_the_person(whom.profile)})


def withdraw(request: RoleRequest, whom: Whom, wish: UUID) -> HttpResponseBase:
    """Not after all: a page of its own, then the button."""
    found = next((one for one in access.of_the_person(whom.profile) if one.pk == wish), None)
    if found is None:
        raise Http404
    if not found.is_open:
        return see_other(whom.url("programmes"))
    form = PersonForm(posted(request), on_behalf=whom.on_behalf)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_programme_request(wish, by=whom.role, at=timezone.now(), **form.behalf)
        return see_other(whom.url("programmes"))
    return render(request, "jobseekers/programme_withdraw.html", {**whom.frame(), "one": found, "form": form})


@role_required(*TEAM)
def team(request: RoleRequest) -> HttpResponse:
    """Who wants to take part in what the team holds, longest first; showing the list is one read for each."""
    waiting = access.of_the_team(by=request.role)
    record_read({one.profile_id for one in waiting}, "programmes", by=request.role, at=timezone.now())
    return render(request, "jobseekers/team_programmes.html", {"waiting": waiting})


@role_required(*TEAM)
@answered
def request_of_team(request: RoleRequest, pk: UUID) -> HttpResponseBase:
    """One of them: take it, then answer."""
    found, at = access.one_of_the_team(pk, by=request.role), timezone.now()
    if found is None:
        raise Http404
    form = AnswerForm(None if "take" in request.POST else posted(request))
    if "take" in request.POST:
        actions.take_programme_request(pk, by=request.role, at=at)
        return see_other(request.path)
    if request.method == "POST" and form.is_valid():
        actions.answer_programme_request(pk, **form.chosen, by=request.role, at=at)
        return see_other(reverse("team_programmes"))
    record_read([found.profile_id], "programmes", by=request.role, at=at)
    context = {"one": found, "form": form, "own": found.taken_by_id == request.role.user_id}
    return render(request, "jobseekers/team_programme.html", context)
