"""Pure reads of what anyone may browse: filters in, open postings out. Nothing about the visitor is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import cos, hypot, radians
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from modelsearch.backends import get_search_backend
from modelsearch.query import And, PlainText

from employers.models import Kind, Posting
from search.documents import LEVELS, asked, stems
from search.models import EntryOffer, PostingEntry
from taxonomy.models import Place

KM_PER_DEGREE = 111.2
MOST_HITS = 5_000


@dataclass(frozen=True)
class Filters:
    """What a visitor asks for. Empty means anything."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    field: str = ""
    place: Place | None = None
    km: int = 30
    hours_from: int | None = None
    hours_to: int | None = None
    level: str = ""  # the highest level of the working language the visitor has
    offers: tuple[str, ...] = ()
    no_licence: bool = False
    starts_by: date | None = None
    sort: str = "newest"


def entries(filters: Filters) -> QuerySet[PostingEntry]:
    """Entries that fit, unordered. Each condition narrows; the text goes through the search backend."""
    found = PostingEntry.objects.filter(posting__live=True, posting__status__state="published")
    for condition in _conditions(filters):
        found = found.filter(condition)
    for code in filters.offers:
        found = found.filter(offers__need_id=code)
    if filters.place:
        found = found.filter(pk__in=_within(found, filters.place, filters.km))
    return found.filter(pk__in=_matching(filters.q)) if filters.q.strip() else found


def _conditions(filters: Filters) -> Iterator[Q]:
    """The plain conditions on one entry's own columns. Hours and levels that a posting does not tell never exclude it."""
    if filters.kinds:
        yield Q(kind__in=filters.kinds)
    if filters.field:
        yield Q(field=filters.field)
    if filters.hours_from is not None:
        yield Q(hours_max=None) | Q(hours_max__gte=filters.hours_from)
    if filters.hours_to is not None:
        yield Q(hours_min=None) | Q(hours_min__lte=filters.hours_to)
    if filters.level:
        yield Q(level__lte=LEVELS.index(filters.level))
    if filters.no_licence:
        yield Q(needs_licence=False)
    if filters.starts_by:
        yield Q(starts_on=None) | Q(starts_on__lte=filters.starts_by)


def _within(found: QuerySet[PostingEntry], place: Place, km: int) -> list[int]:
    """A box in the database, the circle in Python."""
    box = km / KM_PER_DEGREE
    near = found.filter(latitude__range=(place.latitude - box, place.latitude + box)).values_list("pk", "latitude", "longitude")
    return [pk for pk, lat, lon in near if _km(place, lat, lon) <= km]


def _km(place: Place, latitude: float | None, longitude: float | None) -> float:
    """Equirectangular distance: right to a percent at these sizes, which is what a circle on a list needs."""
    if latitude is None or longitude is None:
        return float("inf")
    x = (longitude - place.longitude) * cos(radians((latitude + place.latitude) / 2))
    return hypot(x, latitude - place.latitude) * KM_PER_DEGREE


def _matching(q: str) -> list[int]:
    """Ids of entries that hold every word of the question, as it stands or as its stem in any of the three languages."""
    words = [PlainText(" ".join(stems(word)), operator="or") for word in asked(q)]
    if not words:
        return []
    hits = get_search_backend().search(And(words), PostingEntry.objects.all())
    return [hit.pk for hit in hits[:MOST_HITS]]


def ordered(filters: Filters) -> list[UUID]:
    """Ids of open postings in order: newest first, or nearest when a place is given and asked for."""
    rows = list(entries(filters).values_list("posting_id", "published_at", "latitude", "longitude"))
    place = filters.place
    if filters.sort == "nearest" and place:
        rows.sort(key=lambda row: (_km(place, row[2], row[3]), str(row[0])))
    else:
        rows.sort(key=lambda row: (row[1], str(row[0])), reverse=True)
    return [row[0] for row in rows]


def fetch(ids: Sequence[UUID]) -> list[Posting]:
    """The postings of one page in the given order; what is no longer open is left out."""
    found = {one.pk: one for one in Posting.objects.open().whole().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def counts_by_kind() -> dict[str, int]:
    counted = dict(Posting.objects.open().values_list("kind").annotate(n=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in Kind.values}


def counts_beside(filters: Filters) -> tuple[dict[str, int], dict[str, int]]:
    """How many postings each box of the form would show: by kind (whatever kinds are chosen) and by offer (besides those chosen)."""
    kinds = dict(entries(replace(filters, kinds=())).values_list("kind").annotate(n=Count("pk", distinct=True)))
    found = entries(filters).values("pk")
    offers = dict(EntryOffer.objects.filter(entry__in=found).values_list("need_id").annotate(n=Count("pk")))
    return kinds, offers


def newest(n: int) -> list[Posting]:
    return list(Posting.objects.open().whole().order_by("-status__published_at", "pk")[:n])


def similar(posting: Posting, n: int = 3) -> list[Posting]:
    """Open postings of the same occupation field, else of the same kind."""
    others = Posting.objects.open().whole().exclude(pk=posting.pk).order_by("-status__published_at", "pk")
    isco = posting.occupation.isco[:2] if posting.occupation else ""
    near = list(others.filter(occupation__isco__startswith=isco)[:n]) if isco else []
    return (near + [one for one in others.filter(kind=posting.kind)[: 2 * n] if one not in near])[:n]


NOTHING = Filters()
NAMES = ("q", "kinds", "field", "place", "hours_from", "hours_to", "level", "offers", "no_licence", "starts_by")


def without_each(filters: Filters) -> list[tuple[str, int]]:
    """For an empty result: which single filter, taken away, frees how many."""
    chosen = [name for name in NAMES if getattr(filters, name) != getattr(NOTHING, name)]
    freed = [(name, entries(_without(filters, name)).count()) for name in chosen]
    return [(name, count) for name, count in freed if count]


def _without(filters: Filters, name: str) -> Filters:
    taken_away: dict[str, Any] = {name: getattr(NOTHING, name)}
    return replace(filters, **taken_away)
