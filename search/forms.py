"""The filters of the list, from the address to `Filters`: bad values are dropped, a filter never fails. And what is asked of somebody
who saves a search or reports a posting."""

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from employers.models import Kind
from search.documents import EVIDENCE, LEVELS, LICENCES, SORTS, Filters
from search.models import Often, Wrong
from taxonomy.forms import Words, one_of, tick
from taxonomy.models import Need, Place
from taxonomy.queries import places_like

RADIUS = (10, 15, 30, 50, 100)
TIMES = ("day", "evening", "night", "weekend")
LONGEST = 100
CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")  # of a need
FIELD = re.compile(r"[0-9]{2}")  # of ISCO-08
LONGEST_NUMBER = 5  # digits


def filters_of(given: QueryDict) -> Filters:
    offers = _offers(given.getlist("offer")[:60])
    q = given.get("q", "").replace("\0", "")[:LONGEST]
    return Filters(
        q=q,
        kinds=_some(given, "kind", Kind.values),
        field=field if FIELD.fullmatch(field := given.get("field", "")) else "",
        place=_place(given.get("place", "")),
        km=_number(given.get("km", ""), 1, 500) or 30,
        hours_from=_number(given.get("hours_from", ""), 1, 60),
        hours_to=_number(given.get("hours_to", ""), 1, 60),
        times=_some(given, "time", TIMES),
        level=_one(given, "level", LEVELS[1:]),
        licence="none" if given.get("no_licence") == "1" else _one(given, "licence", LICENCES[:2]),
        offers=offers,
        evidence=_one(given, "evidence", EVIDENCE[1:]) if offers else "",
        starts_by=_day(given.get("start", "")),
        for_anyone=given.get("anyone") == "1",
        sort=_one(given, "sort", SORTS) or ("best" if q.strip() else "newest"),
    )


def _one(given: QueryDict, name: str, allowed: tuple[str, ...]) -> str:
    value = given.get(name, "")
    return value if value in allowed else ""


def _some(given: QueryDict, name: str, allowed: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(given.getlist(name)) & set(allowed)))


def _number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        return None
    return min(max(int(text), least), most)


def _place(typed: str) -> Place | None:
    wanted = typed.replace("\0", "").strip()[:LONGEST]
    found = places_like(wanted, most=1) if wanted else []
    return next(iter(found), None)


def _offers(typed: list[str]) -> tuple[str, ...]:
    codes = [one for one in typed if CODE.fullmatch(one)]
    return tuple(Need.objects.filter(code__in=codes).order_by("position").values_list("code", flat=True)) if codes else ()


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


class OftenForm(forms.Form):
    often = one_of(_("When may a letter come?"), Often.choices, asks=_("Choose how often a letter may come"))


class SaveForm(OftenForm):
    """A search that says what a workplace offers is kept only when the box is ticked as well (`health`)."""

    yes = tick(_("Yes, keep it on my account"), asks=_("Tick the box, or leave the page without saving"))

    def __init__(self, *args: Any, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not health:
            del self.fields["yes"]


class ReportForm(forms.Form):
    """Nobody is asked who they are."""

    wrong = one_of(_("What is wrong?"), Wrong.choices, asks=_("Choose what is wrong"))
    words = Words(label=_("Do you want to say more?"), max_length=600, rows=4, required=False)
