"""Browsing without an account: the list, one posting, the feed."""

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django_htmx.middleware import HtmxDetails

from accounts.access import RoleRequest, anyone, role_required
from employers.models import Answer, Kind, Posting
from employers.queries import hints_of, working_copy
from search import queries
from search.forms import LEVELS, LONGEST, RADIUS, filters_of
from search.models import PostingEntry
from search.queries import Filters
from taxonomy.models import Concept, Need, NeedGroup

PER_PAGE = 12
FAR = 500  # km


@anyone
def postings(request: HttpRequest) -> HttpResponse:
    """The list: results first, then the form; the address is the state."""
    filters = filters_of(request.GET)
    page = Paginator(queries.ordered(filters), PER_PAGE).get_page(request.GET.get("page"))
    needs = list(Need.objects.all())
    asked_place = request.GET.get("place", "").strip()[:LONGEST]
    by_kind, by_offer = queries.counts_beside(filters)
    context = {
        "filters": filters,
        "page": page,
        "found": queries.fetch(list(page.object_list)),
        "chips": _chips(request.GET, filters, needs),
        "rest": _without(request.GET, "page"),
        "kinds": [(code, label, by_kind.get(code, 0)) for code, label in Kind.choices],
        "radius": RADIUS,
        "levels": LEVELS,
        "fields": _fields(),
        "common": [(need, by_offer.get(need.code, 0)) for need in sorted(needs, key=lambda one: one.common) if need.common],
        "groups": [(label, _of_group(needs, by_offer, code)) for code, label in NeedGroup.choices],
        "unsorted": _without(request.GET, "page", "sort"),
        "asked_place": asked_place,
        "unknown_place": bool(asked_place) and filters.place is None,
        **(_instead(request.GET, filters) if not page.paginator.count else {"freed": [], "others": []}),
    }
    answer = render(request, "search/_results.html" if piece_wanted(request) else "search/postings.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _instead(given: QueryDict, filters: Filters) -> dict[str, object]:
    """For an empty list: which filter to let go, and three postings after all, the nearest where a place is known."""
    freed = [(name, n, _without(given, *PARAMETERS[name])) for name, n in queries.without_each(filters)]
    near = Filters(place=filters.place, km=FAR, sort="nearest")
    others = queries.fetch(queries.ordered(near)[:3]) if filters.place else queries.newest(3)
    return {"freed": freed, "others": others}


def piece_wanted(request: HttpRequest) -> bool:
    """htmx asks for the results alone, but for a whole page when it goes back in the history."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined] # put there by django-htmx
    return bool(htmx) and not htmx.history_restore_request


def _of_group(needs: list[Need], counts: dict[str, int], group: str) -> list[tuple[Need, int]]:
    """The needs of a group that are not among the most common, each with its count."""
    return [(need, counts.get(need.code, 0)) for need in needs if need.group == group and not need.common]


TIMES = {
    "day": pgettext_lazy("time of work", "daytime"),
    "evening": pgettext_lazy("time of work", "evenings"),
    "night": pgettext_lazy("time of work", "nights"),
    "weekend": pgettext_lazy("time of work", "weekends"),
}
PARAMETERS = {
    "q": ("q",),
    "kinds": ("kind",),
    "field": ("field",),
    "place": ("place", "km"),
    "hours_from": ("hours_from",),
    "hours_to": ("hours_to",),
    "level": ("level",),
    "offers": ("offer",),
    "no_licence": ("no_licence",),
    "starts_by": ("start",),
}


def _without(given: QueryDict, *names: str) -> str:
    left = given.copy()
    for name in (*names, "page"):
        left.pop(name, None)
    return left.urlencode()


def _chips(given: QueryDict, filters: Filters, needs: list[Need]) -> list[tuple[str, str]]:
    """Each chosen filter as words, with the address of the list without it."""
    labels = {need.code: need.label for need in needs}
    chips = [(gettext("“%(words)s”") % {"words": filters.q}, _without(given, "q"))] if filters.q else []
    if filters.place:
        words = gettext("%(place)s, at most %(km)s km") % {"place": filters.place.name, "km": filters.km}
        chips.append((words, _without(given, "place", "km")))
    chips += [(str(Kind(kind).label), _minus(given, "kind", kind)) for kind in filters.kinds]
    chips += [(labels[code], _minus(given, "offer", code)) for code in filters.offers]
    if filters.level:
        chips.append((gettext("Language at most %(level)s") % {"level": filters.level}, _without(given, "level")))
    if filters.hours_from or filters.hours_to:
        hours = f"{filters.hours_from or ''}–{filters.hours_to or ''}"
        chips.append((gettext("%(hours)s hours a week") % {"hours": hours}, _without(given, "hours_from", "hours_to")))
    if filters.field:
        group = Concept.objects.filter(kind="group", isco=filters.field).with_labels().first()
        chips.append((group.label_in() if group else filters.field, _without(given, "field")))
    if filters.starts_by:
        words = gettext("Start by %(date)s") % {"date": date_format(filters.starts_by, "j F")}
        chips.append((words, _without(given, "start")))
    return chips + ([(gettext("No licence needed"), _without(given, "no_licence"))] if filters.no_licence else [])


def _minus(given: QueryDict, name: str, value: str) -> str:
    left = given.copy()
    left.pop("page", None)
    left.setlist(name, [one for one in left.getlist(name) if one != value])
    return left.urlencode()


def _fields() -> list[tuple[str, str]]:
    used = set(PostingEntry.objects.values_list("field", flat=True).distinct())
    groups = Concept.objects.filter(kind="group", isco__in=used - {""}).with_labels()
    return sorted(((group.isco, group.label_in()) for group in groups), key=lambda one: one[1])


@anyone
def posting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One posting; 410 with similar ones when it is closed, 404 when it never was public."""
    found = Posting.objects.open().whole().select_related("occupation").filter(pk=pk).first()
    if found is None:
        closed = Posting.objects.was_public().whole().filter(pk=pk).first()
        if closed is None:
            raise Http404
        return render(request, "search/closed.html", {"similar": queries.similar(closed)}, status=410)
    return render(request, "search/posting.html", page_of(found))


@role_required("employer")
def preview(request: RoleRequest, pk: UUID) -> HttpResponse:
    """The newest words of an own posting, as the public page would show them."""
    own = Posting.objects.of(request.role.employer_id).whole().select_related("occupation").filter(pk=pk).first()
    if own is None:
        raise Http404
    return render(request, "search/posting.html", {**page_of(working_copy(own)), "preview": True, "similar": []})


def page_of(found: Posting) -> dict[str, object]:
    """Everything that the page of a posting shows; preview and public page share it."""
    needs = {need.code: need for need in Need.objects.filter(code__in=found.offers)}
    groups = [
        (
            label,
            [(needs[code], found.offers[code]) for code in sorted(needs, key=lambda c: needs[c].position) if needs[code].group == group],
        )
        for group, label in NeedGroup.choices
    ]
    known = [(label, [row for row in rows if row[1]["answer"] != Answer.UNKNOWN]) for label, rows in groups]
    wanted = {one["key"]: one["importance"] for one in found.skills}
    skills = [(concept.label_in(), wanted[concept.key]) for concept in Concept.objects.filter(key__in=wanted).with_labels()]
    return {
        "posting": found,
        "offer_groups": [(label, rows) for label, rows in known if rows],
        "answered": sum(len(rows) for _, rows in known),
        "said": hints_of(found, sorted(needs.values(), key=lambda need: need.position)),
        "asked": Need.objects.count(),
        "times": [TIMES[one] for one in found.times if one in TIMES],
        "musts": [label for label, importance in skills if importance == "must"],
        "goods": [label for label, importance in skills if importance != "must"],
        "similar": queries.similar(found) if found.live else [],
        "structured": _structured(found) if found.kind == Kind.JOB else "",
    }


def _structured(found: Posting) -> str:
    """schema.org JobPosting, for jobs only. Signs that could end the script element are escaped."""
    place = found.workplace.place if found.workplace else None
    published = found.status.published_at
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": found.title,
        "description": found.tasks,
        "datePosted": published.date().isoformat() if published else None,
        "validThrough": found.last_day.isoformat() if found.last_day else None,
        "hiringOrganization": {"@type": "Organization", "name": found.employer.name},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": place.name, "addressCountry": place.country},
        }
        if place
        else None,
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
