"""Open postings like one of them: in the same country, near it, of the same field, asking for the same skills."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from math import cos, hypot, radians

from employers.models import Posting
from search import index
from search.documents import Filters
from search.queries.browse import fetch
from taxonomy.models import Place

FEW, LOOKED_AT = 3, 24
FAR = 500  # km
BANDS = (30, 100)  # km: within one of them skills weigh more than the way
KM_PER_DEGREE = 111.2
UNIT = 4  # digits of ISCO-08


def similar(posting: Posting, n: int = FEW) -> list[Posting]:
    """Of the same field of occupation, else of the same kind; asks the database's index, which is always there."""
    found: list[Posting] = []
    for filters in _questions(posting):
        if len(found) < n:
            known = {posting.pk, *(one.pk for one in found)}
            ids = index.database().find(filters, start=0, size=LOOKED_AT, without=known).ids
            there = [one for one in fetch(ids) if one.employer.country == posting.employer.country]
            found += sorted(there, key=lambda one: _unlike(one, posting))[: n - len(found)]
    return found


def _questions(posting: Posting) -> Iterator[Filters]:
    """From the narrowest: each as the index is asked, nearest first where the posting has a place."""
    field, kind = _isco(posting)[:2], Filters(kinds=(posting.kind,))
    place = _place(posting)
    for filters in [Filters(field=field), kind] if field else [kind]:
        yield replace(filters, place=place, km=FAR, sort="nearest") if place else filters
    if place:
        yield kind


def _unlike(other: Posting, posting: Posting) -> tuple[int, int, bool]:
    """The less, the nearer it is to what somebody was looking at. Equals stay in the order of the index."""
    shared = {one["key"] for one in other.skills} & {one["key"] for one in posting.skills}
    return bisect(BANDS, _km(_place(other), _place(posting))), -len(shared), _isco(other)[:UNIT] != _isco(posting)[:UNIT]


def _isco(posting: Posting) -> str:
    return posting.occupation.isco if posting.occupation else ""


def _place(posting: Posting) -> Place | None:
    return posting.workplace.place if posting.workplace else None


def _km(one: Place | None, other: Place | None) -> float:
    """Near enough for a band; a place that is not known is far."""
    if one is None or other is None:
        return FAR
    east = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return KM_PER_DEGREE * hypot(one.latitude - other.latitude, east)
