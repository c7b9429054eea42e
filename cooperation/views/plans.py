"""The plan: its page, the goal, one step. The same for the person and for the own advisor."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest
from cooperation import access, actions, queries
from cooperation.forms import ADVISORS, OTHERS, OWN, GoalForm, StepForm
from cooperation.models import Side
from jobseekers.forms.behalf import PersonForm
from jobseekers.views.whom import Whom, told
from taxonomy.forms import posted

OWN_STEP = "own"  # `?choice=own`: the advisor writes down what the person will do


def plan(request: RoleRequest, whom: Whom) -> HttpResponse:
    """The stage with its clock, the goal, the next steps with who and when, what is done."""
    at = timezone.now()
    context: dict[str, Any] = {"plan": access.plan_of(whom.profile, at), "clocks": queries.stage_clocks(whom.profile, at)}
    if whom.on_behalf:
        context |= {"clock": queries.search_clock(whom.profile, at), "missed": queries.missed_of(whom.profile)}
    else:
        context["contacts"] = access.contacts_about(whom.profile)
    return render(request, "cooperation/plan.html", {**whom.frame(), **context})


def goal(request: RoleRequest, whom: Whom, *, overtaken: bool = False) -> HttpResponseBase:
    """The goal, as a question of its own."""
    now = access.plan_of(whom.profile, timezone.now()).goal
    initial = {"words": now, **told(request)}
    version = queries.goal_version(whom.profile.pk, now)
    form = GoalForm(posted(request), initial=initial, now=version, overtaken=overtaken, on_behalf=whom.on_behalf)
    if request.method == "POST" and not overtaken and form.is_valid():
        words = form.cleaned_data["words"]
        actions.save_goal(whom.profile.pk, words, by=whom.role, at=timezone.now(), seen=form.seen, **form.behalf)
        return whom.go(whom.url("plan"), form)
    return render(request, "cooperation/goal.html", {**whom.frame(), "form": form}, status=form.status)


def new_step(request: RoleRequest, whom: Whom) -> HttpResponseBase:
    """One more step. The advisor writes the person's own on a page that asks how they were told."""
    for_person = whom.on_behalf and request.GET.get("choice") == OWN_STEP
    sides = () if for_person else (*ADVISORS, *OTHERS) if whom.on_behalf else (*OWN, *OTHERS)
    side = Side.PERSON if for_person else ""
    form = StepForm(posted(request), sides=sides, side=side, checks=whom.on_behalf, on_behalf=for_person, initial=told(request))
    if request.method == "POST" and form.is_valid():
        side = form.cleaned_data.get("side", side)
        actions.add_step(whom.profile.pk, side=side, **form.step, by=whom.role, at=timezone.now())
        return whom.go(whom.url("plan"), form if for_person else None)
    return render(request, "cooperation/step.html", {**whom.frame(), "form": form, "for_person": for_person})


def step(request: RoleRequest, whom: Whom, plan_step: UUID, *, overtaken: bool = False) -> HttpResponseBase:
    """Other words or another day, or the step taken away."""
    found, at = _step(whom, plan_step), timezone.now()
    about: dict[str, Any] = {"side": found.side, "checks": whom.on_behalf, "on_behalf": whom.on_behalf and found.persons}
    initial = {"words": found.words, "who": found.who, "due": found.due, **told(request)}
    form = StepForm(posted(request), **about, initial=initial, now=found.version, overtaken=overtaken)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.change_step(plan_step, **form.step, by=whom.role, at=at, seen=form.seen)
        return whom.go(whom.url("plan"), form if form.on_behalf else None)
    return render(request, "cooperation/step.html", {**whom.frame(), "form": form, "one": found}, status=form.status)


def step_done(request: RoleRequest, whom: Whom, plan_step: UUID) -> HttpResponseBase:
    """A step is done, or open again. The advisor says how the person told them where it is the person's."""
    return _confirmed(request, whom, plan_step, remove=False)


def step_removed(request: RoleRequest, whom: Whom, plan_step: UUID) -> HttpResponseBase:
    """A step is taken away: a page of its own, then the button."""
    return _confirmed(request, whom, plan_step, remove=True)


def _confirmed(request: RoleRequest, whom: Whom, plan_step: UUID, *, remove: bool) -> HttpResponseBase:
    found, at = _step(whom, plan_step), timezone.now()
    persons = found.persons if remove else found.side == Side.PERSON
    form = PersonForm(posted(request), on_behalf=whom.on_behalf and persons, initial=told(request))
    if request.method == "POST" and form.is_valid():
        if remove:
            actions.remove_step(plan_step, by=whom.role, at=at, **form.behalf)
        else:
            done = {"yes": True, "no": False}.get(request.POST.get("done", ""), found.done_at is None)
            actions.set_done(plan_step, done, by=whom.role, at=at, **form.behalf)
        return whom.go(whom.url("plan"), form)
    return render(request, "cooperation/step_confirm.html", {**whom.frame(), "form": form, "one": found, "remove": remove})


def _step(whom: Whom, plan_step: UUID) -> access.StepLine:
    found = access.step_of(whom.profile, plan_step, timezone.now(), on_behalf=whom.on_behalf)
    if found is None:
        raise Http404
    return found
