"""What to do when nothing fits: one change of the question each, with how many postings it gives, the smallest change first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from employers.models import Kind as PostingKind
from search import index
from search.documents import Filters
from search.index import Answer
from taxonomy.models import Concept, Kind, Label, Need

NOTHING = Filters()
WIDER = (15, 30, 50, 100)  # km, as the form has them
MOST_OFFERS, MOST = 6, 8
ALONE = ("q", "field", "place", "kinds", "offers", "times", "for_anyone")
# How much of what somebody asked for is given up: a little farther or less sure is little, another kind of work or no words is much.
COST = {
    **{"evidence": 1, "radius": 2, "starts_by": 3, "offer": 4, "hours": 4, "times": 4, "for_anyone": 5, "level": 6, "licence": 6},
    **{"kind": 7, "near_field": 8, "same_field": 8, "offers": 9, "place": 10, "field": 11, "q": 12},
}


@dataclass(frozen=True)
class Alternative:
    """One change. `name` says which, `value` what to put in the place of what was chosen, `label` what that is called."""

    name: str
    count: int
    value: str = ""
    label: str = ""


def alternatives(filters: Filters, answer: Answer) -> list[Alternative]:
    """`answer` is the empty one: it counts other kinds, fields and times of day already."""
    found = [*_wider(filters), *_freed(filters), *_offers(filters), *_kinds(filters, answer), *_fields(filters, answer)]
    single = sorted((one for one in found if one.count), key=lambda one: (COST[one.name], -one.count, one.label))[:MOST]
    return single or [one for one in _alone(filters) if one.count]


def _count(filters: Filters, **changes: Any) -> int:
    """By the database's index: it counts as a server does, and one that does not answer would be waited for anew each time."""
    return index.database().find(replace(filters, **changes, sort="newest"), start=0, size=0).total


def _alone(filters: Filters) -> Iterator[Alternative]:
    """Where no single change helps: each thing that was asked for, alone."""
    chosen = [name for name in ALONE if getattr(filters, name) != getattr(NOTHING, name)]
    for name in chosen if len(chosen) > 1 else ():
        yield Alternative("alone", _count(NOTHING, **{name: getattr(filters, name)}, km=filters.km), name)


def _wider(filters: Filters) -> Iterator[Alternative]:
    """The first wider circle that holds something, and the next one that holds more."""
    before = 0
    for km in WIDER if filters.place else ():
        count = _count(filters, km=km) if km > filters.km else 0
        if count > before:
            yield Alternative("radius", count, str(km))
            if before:
                return
            before = count


def _freed(filters: Filters) -> Iterator[Alternative]:
    """Each filter without which there would be something. Other kinds and fields are named one by one instead where only they stand in the
    way."""
    names = ("evidence", "starts_by", "times", "for_anyone", "level", "licence", "place", "field", "q")
    for name in names:
        if getattr(filters, name) != getattr(NOTHING, name) and not (name == "evidence" and not filters.offers):
            yield Alternative(name, _count(filters, **{name: getattr(NOTHING, name)}))
    if filters.hours_from or filters.hours_to:
        yield Alternative("hours", _count(filters, hours_from=None, hours_to=None))


def _offers(filters: Filters) -> Iterator[Alternative]:
    """Without one of them, where there are several, and without them all."""
    if len(filters.offers) > 1:
        needs = {need.code: need.label for need in Need.objects.filter(code__in=filters.offers[:MOST_OFFERS])}
        for code, label in needs.items():
            yield Alternative("offer", _count(filters, offers=tuple(one for one in filters.offers if one != code)), code, label)
    if filters.offers:
        yield Alternative("offers", _count(filters, offers=(), evidence=""))


def _kinds(filters: Filters, answer: Answer) -> Iterator[Alternative]:
    others = {kind: count for kind, count in answer.kinds.items() if kind not in filters.kinds} if filters.kinds else {}
    yield from (Alternative("kind", count, kind, str(PostingKind(kind).label)) for kind, count in others.items())


def _fields(filters: Filters, answer: Answer) -> Iterator[Alternative]:
    """The fields beside the chosen one in ISCO's order (the same first digit); and where the words are an occupation, its whole field."""
    if filters.field:
        near = {isco: count for isco, count in answer.fields.items() if isco != filters.field and isco[:1] == filters.field[:1]}
        labels = _labels(near)
        yield from (Alternative("near_field", count, isco, labels.get(isco, isco)) for isco, count in near.items())
    elif filters.q.strip() and (isco := _field_of(filters.q)):
        yield Alternative("same_field", _count(filters, q="", field=isco), isco, _labels({isco: 0}).get(isco, isco))


def _field_of(words: str) -> str:
    """ISCO's two digits of the occupation that the words name, or nothing."""
    named = Label.objects.filter(concept__kind=Kind.OCCUPATION, concept__active=True, text__iexact=" ".join(words.split()))
    return (named.exclude(concept__isco="").values_list("concept__isco", flat=True).first() or "")[:2]


def _labels(fields: dict[str, int]) -> dict[str, str]:
    groups = Concept.objects.filter(kind=Kind.GROUP, isco__in=fields).with_labels() if fields else []
    return {group.isco: group.label_in() for group in groups}
