"""Which open postings fit a question in JobTech's words: those that the search finds, narrowed by what only such a question asks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Value
from django.utils.timezone import make_aware

from employers.models import Posting
from search import index
from search.documents import Filters
from search.exports.codes import FIELD, GROUP, KINDS, REGION, REGIONS, WHERE, Codes, either, full_time
from taxonomy.models import Concept, Kind, Place

FIRST_YEAR, LAST_YEAR = 1900, 2200
EVERY = 1_000_000  # postings


@dataclass(frozen=True)
class Question:
    """Codes may begin with a minus: all but these."""

    words: str = ""
    kinds: Sequence[str] = ()
    occupations: Sequence[str] = ()
    groups: Sequence[str] = ()
    fields: Sequence[str] = ()
    municipalities: Sequence[str] = ()
    regions: Sequence[str] = ()
    countries: Sequence[str] = ()
    extents: Sequence[str] = ()
    point: tuple[float, float] | None = None
    km: int = 5
    after: datetime | None = None
    before: datetime | None = None
    sort: str = "pubdate-desc"


def chosen(question: Question) -> list[UUID]:
    """Ids of the postings that fit, in order. Beside the search itself it reads no more columns than the question needs."""
    place = Place(latitude=question.point[0], longitude=question.point[1]) if question.point else None
    asked = Filters(q=question.words, kinds=tuple(KINDS.get(kind, kind) for kind in question.kinds), place=place, km=question.km)
    ids = list(index.database().find(asked, start=0, size=EVERY).ids)  # all of them: what a server of indexes is not made for
    condition = _condition(question)
    if condition:
        fit = set(Posting.objects.open().filter(condition).values_list("pk", flat=True))
        ids = [pk for pk in ids if pk in fit]
    if question.sort == "pubdate-asc":
        return ids[::-1]
    if question.sort.startswith("applydate"):
        last = dict(Posting.objects.open().exclude(last_day=None).values_list("pk", "last_day"))
        return sorted(ids, key=lambda pk: last.get(pk) or date.max, reverse=question.sort == "applydate-desc")
    return ids


def positions(ids: Sequence[UUID]) -> int:
    """How many people there is room for; a posting that does not say has room for one."""
    several = dict(Posting.objects.open().filter(places__gt=1).values_list("pk", "places"))
    return sum(several.get(pk) or 1 for pk in ids)


def _condition(question: Question) -> Q:
    """Kinds of work widen each other, and so do kinds of place; a minus narrows whatever else was asked."""
    work = [
        *((("occupation-name",), code) for code in question.occupations),
        *((("occupation-group",), code) for code in question.groups),
        *((("occupation-field",), code) for code in question.fields),
    ]
    where = [
        *((("municipality",), code) for code in question.municipalities),
        *((("region",), code) for code in question.regions),
        *((("country",), code) for code in question.countries),
    ]
    codes = Codes(code for _, code in [*work, *where])
    found = either(codes, work) & either(codes, where)
    if question.extents:
        found &= reduce(or_, map(full_time, question.extents))
    if question.after:
        found &= Q(status__published_at__gte=aware(question.after))
    if question.before:
        found &= Q(status__published_at__lte=aware(question.before))
    return found


def aware(at: datetime) -> datetime:
    """A time without a zone is that of the portal's clock; one that no calendar of ours holds is the nearest that it does."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return datetime(FIRST_YEAR if at.year < FIRST_YEAR else LAST_YEAR, 1, 1, tzinfo=UTC)
    return at if at.tzinfo else make_aware(at)


def counted(ids: Sequence[UUID], name: str, most: int) -> list[dict[str, Any]]:
    """How many of the postings have which code, the most frequent first."""
    column, digits = CODES[name]
    country = F("workplace__place__country") if name in WHERE else Value("")  # both countries have a 18, and it is not the same place
    rows = Posting.objects.open().exclude(**{column: None}).values_list("pk", column, country)
    held = {pk: (code[:digits], where) for pk, code, where in rows if code}
    codes = Counter(held[pk] for pk in ids if pk in held)
    first = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    terms = _terms(name, [code for (code, _), _ in first])
    return [{"term": terms.get(one, one[0]), "concept_id": one[0], "code": one[0], "count": count} for one, count in first]


CODES: dict[str, tuple[str, int | None]] = {
    "occupation-name": ("occupation_id", None),
    "occupation-group": ("occupation__isco", GROUP),
    "occupation-field": ("occupation__isco", FIELD),
    "municipality": ("workplace__place__municipality_code", None),
    "region": ("workplace__place__municipality_code", REGION),
}


def _terms(name: str, codes: Sequence[str]) -> dict[tuple[str, str], str]:
    """What the codes mean, in Swedish; those of places in each country."""
    if name == "municipality":
        found = Place.objects.filter(municipality_code__in=codes).values_list("municipality_code", "country", "municipality")
        return {(code, country): label for code, country, label in found}
    if name == "region":
        return {(code, "SE"): label for code, (_, label) in REGIONS.items()}
    if name == "occupation-name":
        return {(one.key, ""): one.label_in("sv") for one in Concept.objects.filter(key__in=codes).with_labels()}
    groups = Concept.objects.filter(kind=Kind.GROUP, isco__in=codes).with_labels()
    return {(one.isco, ""): one.label_in("sv") for one in groups}
