"""Browsing without an account: the list, and what somebody may mean who is typing."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from accounts.access import anyone
from employers.models import Kind, Posting
from search import queries
from search.documents import LEVELS, Filters
from search.forms import LONGEST, RADIUS, filters_of
from search.index import Answer
from search.queries import Hits
from search.views.words import SURE, TIMES, address_with, chips, named, sorts, without
from taxonomy.models import Concept, Need, NeedGroup

PER_PAGE = 12


@anyone
def postings(request: HttpRequest) -> HttpResponse:
    """The list: results first, then the form; the address is the state."""
    filters = filters_of(request.GET)
    hits, page, found = _page(filters, request.GET.get("page", ""))
    context = {**_results(request.GET, hits, page, found), **_form(request.GET, filters, hits.answer)}
    answer = render(request, "search/_results.html" if piece_wanted(request) else "search/postings.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@anyone
def suggestions(request: HttpRequest) -> HttpResponse:
    """Words that begin with what is typed, as options of a list that the browser shows under the field."""
    words = queries.occupations_and_skills(request.GET.get("q", "")[:LONGEST], (get_language() or "sv")[:2])
    places = queries.places(request.GET.get("place", "")[:LONGEST])
    return render(request, "search/_suggestions.html", {"words": words or places})


def _page(filters: Filters, typed: str) -> tuple[Hits, Page[UUID], list[Posting]]:
    """One page, each hit checked against the database; the index is asked again where one turns out to be closed."""
    hits = Hits(filters, queries.window(typed, PER_PAGE))
    page = Paginator(hits, PER_PAGE).get_page(typed)
    found = queries.fetch(list(page.object_list))
    closed = set(page.object_list) - {one.pk for one in found}
    if closed:
        hits.leave_out(closed)
        page = Paginator(hits, PER_PAGE).get_page(typed)
        found = queries.fetch(list(page.object_list))
    return hits, page, found


def _results(given: QueryDict, hits: Hits, page: Page[UUID], found: list[Posting]) -> dict[str, object]:
    """What the list itself shows. Where it is empty: which filter to let go, and three postings after all."""
    filters, empty = hits.filters, not page.paginator.count
    needs = list(Need.objects.filter(code__in=filters.offers)) if filters.offers else []
    others = queries.alternatives(filters, hits.answer) if empty else []
    return {
        "filters": filters,
        "page": page,
        "found": found,
        "hits": hits,
        "chips": chips(given, filters, needs),
        "rest": without(given, "page"),
        "sorts": sorts(given, filters),
        "changes": [(one, named(one, filters, needs), address_with(given, one)) for one in others],
        "others": queries.instead(filters) if empty else [],
    }


def _form(given: QueryDict, filters: Filters, answer: Answer) -> dict[str, object]:
    """What the form shows: each box with how many postings it would leave."""
    needs, place = list(Need.objects.all()), given.get("place", "").strip()[:LONGEST]
    return {
        "typed": filters.q,
        "asked_sort": filters.sort if "sort" in given else "",
        "kinds": [(code, label, answer.kinds.get(code, 0)) for code, label in Kind.choices],
        "times": [(code, label, answer.times.get(code, 0)) for code, label in TIMES.items()],
        "fields": _fields(answer.fields, filters.field),
        "radius": RADIUS,
        "levels": LEVELS[1:],
        "sure": SURE.items(),
        "common": [(need, answer.offers.get(need.code, 0)) for need in sorted(needs, key=lambda one: one.common) if need.common],
        "groups": [(label, _of_group(needs, answer.offers, code)) for code, label in NeedGroup.choices],
        "asked_place": place,
        "unknown_place": bool(place) and filters.place is None,
    }


def _of_group(needs: list[Need], counts: dict[str, int], group: str) -> list[tuple[Need, int]]:
    """The needs of a group that are not among the most common, each with its count."""
    return [(need, counts.get(need.code, 0)) for need in needs if need.group == group and not need.common]


def _fields(counts: dict[str, int], chosen: str) -> list[tuple[str, str, int]]:
    """Occupation fields that would leave something, by name, and the chosen one."""
    groups = Concept.objects.filter(kind="group", isco__in={*counts, chosen} - {""}).with_labels()
    return sorted(((group.isco, group.label_in(), counts.get(group.isco, 0)) for group in groups), key=lambda one: one[1])


def piece_wanted(request: HttpRequest) -> bool:
    """htmx asks for the results alone, but for a whole page when it goes back in the history."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined] # put there by django-htmx
    return bool(htmx) and not htmx.history_restore_request
