"""Needs: the twelve groups, one group as a page of questions, and own words that are read for needs and forgotten."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from accounts.access import RoleRequest
from jobseekers import access, actions
from jobseekers.access import GroupOfNeeds
from jobseekers.forms import NeedsForm
from jobseekers.forms.behalf import PersonForm
from jobseekers.views.whom import Whom, told
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.forms import plain, posted
from taxonomy.models import NeedGroup

LONGEST_WORDS = 1_000  # letters of own words


@sensitive_variables()
@sensitive_post_parameters("own_words")
def needs(request: RoleRequest, whom: Whom) -> HttpResponse:
    """The groups as a task list, and everything that is answered in words, to read and to print.

    Own words come by POST and are answered in the same response: they are in no row, no session, no address and no log. Only the
    codes that are picked are kept.
    """
    said, keep, picked = told(request), request.POST.get("keep"), request.POST.getlist("pick")
    if keep is not None and not picked:
        return whom.go(whom.url("needs"))
    form = PersonForm(None if keep is None else request.POST, on_behalf=whom.on_behalf, initial=said)
    if keep is not None and form.is_valid():
        actions.add_needs(whom.profile.pk, picked, keep, by=whom.role, at=timezone.now(), **form.behalf)
        return whom.go(whom.url("needs"), form)
    groups = access.needs_of(whom.profile, timezone.now())
    unanswered = next((group.code for group in groups if not group.answered), "")
    context = {"groups": groups, "next": unanswered, "any": any(group.wanted for group in groups), "form": form}
    context["query"] = f"?{urlencode(said)}" if said else ""
    return render(request, "jobseekers/needs.html", {**whom.frame(), **context, **_meant(request, groups)})


@sensitive_variables()
def _meant(request: RoleRequest, groups: list[GroupOfNeeds]) -> dict[str, Any]:
    """What own words may mean: lines of the catalogue, best first. `resting` says that they cannot be read now.

    A choice that comes back, because it was not said how the person told it, shows what was picked: the words are forgotten by then.
    """
    typed, picked = plain(request.POST.get("own_words", ""), lines=True), request.POST.getlist("pick")
    lines = {line.code: line for group in groups for line in group.lines}
    found: dict[str, Any] = {"typed": typed, "long": len(typed) > LONGEST_WORDS, "resting": False, "picked": picked}
    found["meant"] = [lines[code] for code in picked if code in lines]
    if typed and not found["long"]:
        try:
            found["meant"] = [lines[link.code] for link in linker.link_need(typed) if link.code in lines]
        except EncoderUnavailable:
            found["resting"] = True
    return found


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
