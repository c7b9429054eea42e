"""Words of an employer that stand for concepts: the occupation of step 3, the skills of step 5. Sure ones are taken, others asked about."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from employers.forms import SKILL
from employers.models import Posting
from employers.queries import STEPS
from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.forms import plain
from taxonomy.models import Concept

LONGEST = 120
KNOWLEDGE, TASKS = 5, 3


@dataclass(frozen=True)
class Choice:
    """A concept that may be meant, or that is already chosen with its importance (must, good; out: it was just taken away)."""

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
    """The concepts that the page of a step shows: those chosen, and those that the words in the address may mean.

    A page that comes back to be corrected shows what was chosen on it.
    """
    if step not in {KNOWLEDGE, TASKS}:
        return {}
    sent = request.POST
    if step == TASKS:
        picked = sent.get("occupation", "")
        typed = plain(sent.get("words", "") if picked else request.GET.get("words", ""))[:LONGEST]
        return {"typed": typed, "picked": picked, "found": _found(request, typed, "occupation")}
    typed = plain(request.GET.get("words", ""))[:LONGEST]
    held = {one["key"]: one["importance"] for one in posting.skills}
    held |= {name.removeprefix(SKILL): value for name, value in sent.items() if name.startswith(SKILL)}
    chosen = [Choice(one.key, one.label_in(), held[one.key]) for one in Concept.objects.filter(key__in=held).with_labels()]
    found = [one for one in _found(request, typed, "skill") if one.key not in held]
    return {"typed": typed, "found": found, "chosen": chosen, "asked": sent.get("words", "")}


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
    if step == KNOWLEDGE:  # the form has read the skills
        typed = plain(request.POST.get("words", ""))[:LONGEST]
        return f"?{urlencode({'words': typed})}#found" if typed else ""
    return _occupation(request, posting, answers) if step == TASKS else ""


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
