"""The profile: its page, one question page per block, skills and wishes from the vocabulary."""

from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import RoleRequest
from jobseekers import access, actions, queries
from jobseekers.forms import BLOCK_FORMS, ConceptForm
from jobseekers.models import Profile, ProfileSkill, ProfileWish
from jobseekers.states import BLOCKS, ON_CARD
from jobseekers.views.whom import Whom, told
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.forms import plain, posted
from taxonomy.models import Concept

Which = Literal["skills", "wishes"]
LONGEST_WORDS, MOST_LINKS = 120, 6
CHANGES = {
    ("skills", "add"): actions.add_skill,
    ("skills", "remove"): actions.remove_skill,
    ("wishes", "add"): actions.add_wish,
    ("wishes", "remove"): actions.remove_wish,
}


def profile(request: RoleRequest, whom: Whom) -> HttpResponse:
    """Strengths first, then what is asked; what is missing is the one thing to do."""
    parts = parts_of(whom.profile)
    empty = {line.block for part in parts for line in part.lines if not line.words}
    missing = next((name for name in ("skills", "wishes", *BLOCKS) if name in empty), "")
    context = {"parts": parts, "begun": "skills" not in empty, "missing": missing, "done": access.done_for(whom.profile, most=3)}
    return render(request, "jobseekers/profile.html", {**whom.frame(), **context})


def parts_of(profile: Profile) -> list[queries.Part]:
    """The profile in words, for its owner's page and for the advisor's."""
    return queries.parts_of(profile, held(profile, "skills"), held(profile, "wishes"))


def block(request: RoleRequest, whom: Whom, name: str, *, overtaken: bool = False) -> HttpResponseBase:
    """One block as one question page; saving goes on to the next one."""
    if name not in BLOCK_FORMS:
        raise Http404
    about: dict[str, Any] = {"profile": whom.profile, "on_behalf": whom.on_behalf, "initial": told(request)}
    form = BLOCK_FORMS[name](posted(request), overtaken=overtaken, **about)
    if request.method == "POST" and not overtaken and form.is_valid():
        actions.save_profile(whom.profile.pk, name, form.values, by=whom.role, at=timezone.now(), seen=form.seen, **form.behalf)
        return whom.go(_after(whom, name, leave="leave" in request.POST), form)
    place = list(BLOCKS).index(name) + 1
    context = {"form": form, "name": name, "place": place, "places": len(BLOCKS), "last": place == len(BLOCKS), "on_card": name in ON_CARD}
    return render(request, "jobseekers/block.html", {**whom.frame(), **context}, status=form.status)


def _after(whom: Whom, name: str, *, leave: bool) -> str:
    names = list(BLOCKS)
    place = names.index(name) + 1
    return whom.home if leave or place == len(names) else whom.url("block", names[place])


def concepts(request: RoleRequest, whom: Whom, which: Which) -> HttpResponseBase:
    """Typed words, what they may mean, and a button for each.

    The words are sent by POST and not kept: people write about more than skills, and an address stays in logs and histories.
    """
    form = ConceptForm(posted(request), on_behalf=whom.on_behalf, initial=told(request))
    doing = next((name for name in ("add", "remove") if name in request.POST), "")
    if doing and form.is_valid():
        CHANGES[which, doing](whom.profile.pk, request.POST[doing], by=whom.role, at=timezone.now(), **form.behalf)
        return whom.go(whom.url(which), form)
    if not doing and form.is_bound:
        form = ConceptForm(on_behalf=whom.on_behalf, initial={**told(request), **request.POST.dict()})
    typed = plain(request.POST.get("q", ""))
    links, resting = _links(typed, which)
    context = {"which": which, "typed": typed, "long": len(typed) > LONGEST_WORDS, "links": links, "resting": resting, "form": form}
    context["on_card"] = which in ON_CARD
    return render(request, "jobseekers/concepts.html", {**whom.frame(), **context, "held": held(whom.profile, which)})


def held(profile: Profile, which: Which) -> QuerySet[ProfileSkill] | QuerySet[ProfileWish]:
    """Skills or wishes with their labels, in the order in which they came."""
    rows: QuerySet[ProfileSkill] | QuerySet[ProfileWish] = profile.skills.all() if which == "skills" else profile.wishes.all()
    return rows.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")


def _links(typed: str, which: Which) -> tuple[list[tuple[str, str]], bool]:
    """What typed words may mean: (key, label in the reader's language); True when the linker cannot serve."""
    if not typed or len(typed) > LONGEST_WORDS:
        return [], False
    try:
        links = linker.link(typed, kind="skill" if which == "skills" else "occupation", limit=MOST_LINKS)
    except EncoderUnavailable:
        return [], True
    named = {one.key: one.label_in() for one in Concept.objects.filter(key__in=[link.concept for link in links]).with_labels()}
    return [(link.concept, named[link.concept]) for link in links if link.concept in named], False
