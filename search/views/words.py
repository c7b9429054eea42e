"""The filters of the list in words: what is chosen, and the address of the list without it. And long words in sentences."""

import re

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy

from employers.models import Kind
from search.documents import Filters
from search.queries import Alternative
from taxonomy.models import Concept, Need

TIMES = {
    "day": pgettext_lazy("time of work", "daytime"),
    "evening": pgettext_lazy("time of work", "evenings"),
    "night": pgettext_lazy("time of work", "nights"),
    "weekend": pgettext_lazy("time of work", "weekends"),
}
SURE = {"visited": pgettext_lazy("evidence", "Seen at a visit"), "shown": pgettext_lazy("evidence", "Shown in a placement")}
PARAMETERS = {
    "q": ("q",),
    "kinds": ("kind",),
    "field": ("field",),
    "place": ("place", "km"),
    "hours_from": ("hours_from",),
    "hours_to": ("hours_to",),
    "times": ("time",),
    "level": ("level",),
    "licence": ("licence", "no_licence"),
    "offers": ("offer", "evidence"),
    "evidence": ("evidence",),
    "starts_by": ("start",),
    "for_anyone": ("anyone",),
}


SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ0-9])|\s*\n+\s*")  # where one ends: "kl. 8" does, and that does no harm


def sentences(text: str) -> list[str]:
    """A text cut where a sentence ends or a new line begins."""
    return [one for one in SENTENCE.split(text.strip()) if one]


MOST_VALUES, LONGEST_VALUE = 60, 100


def kept(given: QueryDict) -> str:
    """The address of a search as it is saved: its filters alone, without order and page, always in the same order."""
    wanted = QueryDict(mutable=True)
    for name in [one for names in PARAMETERS.values() for one in names]:
        values = sorted({one.replace("\0", "")[:LONGEST_VALUE] for one in given.getlist(name)[:MOST_VALUES]} - {""})
        if values and name not in wanted and (name != "km" or given.get("place", "").strip()):
            wanted.setlist(name, values)
    return wanted.urlencode()


def without(given: QueryDict, *names: str) -> str:
    """The address without these parameters, on its first page."""
    left = given.copy()
    for name in (*names, "page"):
        left.pop(name, None)
    return left.urlencode()


def minus(given: QueryDict, name: str, value: str) -> str:
    """The address without one of several values."""
    left = given.copy()
    left.pop("page", None)
    left.setlist(name, [one for one in left.getlist(name) if one != value])
    return left.urlencode()


# What a change of the question writes anew; where it has a value that goes to the last of them.
CHANGED = {
    **{"radius": ("km",), "kind": ("kind",), "near_field": ("field",), "same_field": ("q", "field")},
    "hours": ("hours_from", "hours_to"),
}


def address_with(given: QueryDict, other: Alternative) -> str:
    """The address of the list with one thing changed."""
    if other.name == "offer":
        return minus(given, "offer", other.value)
    if other.name == "alone":
        return without(given, *(one for name, names in PARAMETERS.items() if name != other.value for one in names))
    left = QueryDict(without(given, *CHANGED.get(other.name, PARAMETERS.get(other.name, ()))), mutable=True)
    if other.value:
        left[CHANGED[other.name][-1]] = other.value
    return left.urlencode()


def chips(given: QueryDict, filters: Filters, needs: list[Need]) -> list[tuple[str, str]]:
    """Each chosen filter as words, with the address of the list without it."""
    held = _several(filters, needs)
    several = [(words, minus(given, PARAMETERS[name][0], value)) for name in held for value, words in held[name].items()]
    single = [(words, without(given, *PARAMETERS[name])) for name, words in _single(filters).items() if words]
    return single[:2] + several + single[2:]


def _several(filters: Filters, needs: list[Need]) -> dict[str, dict[str, str]]:
    """Filters of several values in words, value by value."""
    labels = {need.code: need.label for need in needs}
    return {
        "kinds": {kind: str(Kind(kind).label) for kind in filters.kinds},
        "times": {time: str(TIMES[time]).capitalize() for time in filters.times},
        "offers": {code: labels[code] for code in filters.offers},
    }


def named(other: Alternative, filters: Filters, needs: list[Need]) -> str:
    """What stands in a change; of a filter that is kept alone what was chosen there."""
    if other.name != "alone":
        return other.label
    return ", ".join(_several(filters, needs).get(other.value, {}).values()) or _single(filters)[other.value]


def sorts(given: QueryDict, filters: Filters) -> list[tuple[str, str]]:
    """The other orders that make sense for these filters, with their addresses."""
    possible = {
        "newest": gettext("Sort by newest"),
        "nearest": gettext("Sort by nearest") if filters.place else "",
        "best": gettext("Sort by best fit") if filters.q.strip() else "",
    }
    left = without(given, "sort")
    return [
        (words, f"{left}&sort={sort}" if left else f"sort={sort}") for sort, words in possible.items() if words and sort != filters.sort
    ]


def _single(filters: Filters) -> dict[str, str]:
    """Filters of one value in words, nothing where they are not set; words and place first."""
    hours = f"{filters.hours_from or ''}–{filters.hours_to or ''}"
    return {
        "q": gettext("“%(words)s”") % {"words": filters.q} if filters.q else "",
        "place": gettext("%(place)s, at most %(km)s km") % {"place": filters.place.name, "km": filters.km} if filters.place else "",
        "evidence": str(SURE.get(filters.evidence, "")),
        "level": gettext("Language at most %(level)s") % {"level": filters.level} if filters.level else "",
        "hours_from": gettext("%(hours)s hours a week") % {"hours": hours} if hours != "–" else "",
        "field": _field(filters.field),
        "starts_by": gettext("Start by %(date)s") % {"date": date_format(filters.starts_by, "j F")} if filters.starts_by else "",
        "licence": {"none": gettext("No licence needed"), "B": gettext("At most a car licence")}.get(filters.licence, ""),
        "for_anyone": gettext("Open to you who have no advisor yet") if filters.for_anyone else "",
    }


def _field(isco: str) -> str:
    group = Concept.objects.filter(kind="group", isco=isco).with_labels().first() if isco else None
    return group.label_in() if group else isco
