"""Words of an employer that stand for concepts: the occupation of step 3, the skills of step 5. Sure ones are taken, others asked about."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from employers.models import Posting
from employers.queries import STEPS
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.forms import plain
from taxonomy.models import Concept

SKILL = "skill:"
IMPORTANCE = {"must", "good"}
LONGEST = 120
KNOWLEDGE, TASKS = 5, 3
MOST_SKILLS = 30


@dataclass(frozen=True)
class Choice:
    """A concept that may be meant, or that is already chosen with its importance."""

    key: str
    label: str
    importance: str = ""


def initial(posting: Posting, step: int) -> dict[str, Any]:
    """What the step's form begins with."""
    values = {name: getattr(posting, name) for name in STEPS[step]}
    for name in ("workplace", "supervisor"):
        if name in values:
            values[name] = str(getattr(posting, f"{name}_id") or "")
    if step == TASKS:
        values["words"] = posting.occupation.label_in() if posting.occupation else ""
    return values


def choices(request: HttpRequest, posting: Posting, step: int) -> dict[str, Any]:
    """The concepts that the page of a step shows: those chosen, and those that the words in the address may mean."""
    if step not in {KNOWLEDGE, TASKS}:
        return {}
    typed = plain(request.GET.get("words", ""))[:LONGEST]
    if step == TASKS:
        return {"typed": typed, "found": _found(request, typed, "occupation")}
    held = {one["key"]: one["importance"] for one in posting.skills}
    chosen = [Choice(one.key, one.label_in(), held[one.key]) for one in Concept.objects.filter(key__in=held).with_labels()]
    found = [one for one in _found(request, typed, "skill") if one.key not in held]
    return {"typed": typed, "found": found, "chosen": chosen}


def _found(request: HttpRequest, typed: str, kind: Literal["skill", "occupation"]) -> list[Choice]:
    if not typed:
        return []
    try:
        links = linker.link(typed, kind=kind, limit=6)
    except EncoderUnavailable:
        messages.info(request, gettext("We cannot look words up right now. The rest is saved."))
        return []
    named = {one.key: one.label_in() for one in Concept.objects.filter(key__in=[one.concept for one in links]).with_labels()}
    return [Choice(one.concept, named[one.concept]) for one in links if one.concept in named]


def resolve(request: HttpRequest, posting: Posting, step: int, answers: dict[str, Any]) -> str:
    """Put concepts into `answers`. Returns what to add to the address when the member has to choose, else nothing."""
    if step == KNOWLEDGE:
        return _skills(request, answers)
    return _occupation(request, posting, answers) if step == TASKS else ""


def _skills(request: HttpRequest, answers: dict[str, Any]) -> str:
    given = {name.removeprefix(SKILL): value for name, value in request.POST.items() if name.startswith(SKILL) and value in IMPORTANCE}
    known = set(Concept.objects.skills().filter(key__in=given).values_list("key", flat=True))
    answers["skills"] = [{"key": key, "importance": value} for key, value in given.items() if key in known][:MOST_SKILLS]
    typed = plain(str(request.POST.get("words", "")))[:LONGEST]
    return f"?{urlencode({'words': typed})}#found" if typed else ""


def _occupation(request: HttpRequest, posting: Posting, answers: dict[str, Any]) -> str:
    typed, picked = answers.pop("words", ""), request.POST.get("occupation", "")
    if picked:
        answers["occupation"] = Concept.objects.occupations().filter(key=picked).first()
        return ""
    if not typed:
        answers["occupation"] = None
        return ""
    if posting.occupation and typed.casefold() == posting.occupation.label_in().casefold():
        return ""
    try:
        links = linker.link(typed, kind="occupation", limit=1)
    except EncoderUnavailable:
        links = []
    if links and links[0].sure:
        answers["occupation"] = Concept.objects.get(key=links[0].concept)
        return ""
    return f"?{urlencode({'words': typed})}#found"
