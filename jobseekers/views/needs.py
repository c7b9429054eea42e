"""Needs: the twelve groups, and one group as a page of questions."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.access import RoleRequest
from jobseekers import access, actions
from jobseekers.forms import NeedsForm
from jobseekers.views.whom import Whom, told
from taxonomy.forms import posted
from taxonomy.models import NeedGroup


def needs(request: RoleRequest, whom: Whom) -> HttpResponse:
    """The groups as a task list, and everything that is answered in words, to read and to print."""
    groups = access.needs_of(whom.profile, timezone.now())
    unanswered = next((group.code for group in groups if not group.answered), "")
    context = {"groups": groups, "next": unanswered, "any": any(group.wanted for group in groups)}
    return render(request, "jobseekers/needs.html", {**whom.frame(), **context})


def need_group(request: RoleRequest, whom: Whom, group: str, *, overtaken: bool = False) -> HttpResponseBase:
    """Must, helps or not for me; a number or a choice only beside the first two; when to look again."""
    if group not in NeedGroup.values:
        raise Http404
    groups = access.needs_of(whom.profile, timezone.now())
    place = NeedGroup.values.index(group)
    about: dict[str, Any] = {"group": groups[place], "on_behalf": whom.on_behalf, "initial": told(request)}
    form = NeedsForm(posted(request), overtaken=overtaken, **about)
    if request.method == "POST" and not overtaken and form.is_valid():
        said: dict[str, Any] = {"review_on": form.review_on(localdate()), "seen": form.seen, **form.behalf}
        actions.save_needs(whom.profile.pk, group, form.answers, by=whom.role, at=timezone.now(), **said)
        return whom.go(_after(whom, place, leave="leave" in request.POST), form)
    context = {"form": form, "group": groups[place], "groups": groups, "place": place + 1, "places": len(groups)}
    return render(request, "jobseekers/need_group.html", {**whom.frame(), **context}, status=form.status)


def _after(whom: Whom, place: int, *, leave: bool) -> str:
    if leave or place + 1 == len(NeedGroup.values):
        return whom.home if whom.on_behalf else reverse("my_needs")
    return whom.url("need_group", NeedGroup.values[place + 1])
