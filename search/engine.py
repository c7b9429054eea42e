"""Which open postings fit a question in JobTech's words: those that the search finds, narrowed by what only such a question asks."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import make_aware

from employers.models import Posting
from search import queries
from search.queries import Filters
from taxonomy.models import Concept, Kind, Place

FIELD, GROUP, REGION = 2, 4, 2  # digits
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Row(NamedTuple):
    """What is needed of every posting that fits, to sort and to count."""

    pk: UUID
    places: int | None
    last_day: date | None
    published_at: datetime
    occupation: str | None
    isco: str | None
    municipality: str | None


COLUMNS = ("pk", "places", "last_day", "status__published_at", "occupation_id", "occupation__isco", "workplace__place__municipality_code")


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
    point: tuple[float, float] | None = None
    km: int = 5
    after: datetime | None = None
    before: datetime | None = None
    sort: str = "pubdate-desc"


def chosen(question: Question) -> list[Row]:
    """Rows of the postings that fit, in order."""
    place = Place(latitude=question.point[0], longitude=question.point[1]) if question.point else None
    ids = queries.ordered(Filters(q=question.words, kinds=tuple(question.kinds), place=place, km=question.km))
    rows = {row[0]: Row(*row) for row in Posting.objects.open().filter(_condition(question)).values_list(*COLUMNS)}
    found = [rows[pk] for pk in ids if pk in rows]
    key, reverse = SORTS.get(question.sort, (None, False))
    return sorted(found, key=key, reverse=reverse) if key else found


def _deadline(row: Row) -> tuple[date, str]:
    return row.last_day or date.max, str(row.pk)


SORTS: dict[str, tuple[Callable[[Row], Any], bool]] = {
    "pubdate-asc": (lambda row: (row.published_at, str(row.pk)), False),
    "applydate-asc": (_deadline, False),
    "applydate-desc": (_deadline, True),
}


def _condition(question: Question) -> Q:
    """Kinds of work widen each other, and so do kinds of place; a minus narrows whatever else was asked."""
    work = [
        *((code, Q(occupation__key=code) | Q(occupation__esco_uri=code)) for code in map(_bare, question.occupations)),
        *((code, Q(occupation__isco__startswith=code[:GROUP])) for code in map(_bare, question.groups)),
        *((code, Q(occupation__isco__startswith=code[:FIELD])) for code in map(_bare, question.fields)),
    ]
    where = [
        *((code, Q(workplace__place__municipality_code=code)) for code in map(_bare, question.municipalities)),
        *((code, Q(workplace__place__municipality_code__startswith=code[:REGION])) for code in map(_bare, question.regions)),
        *((code, Q(workplace__place__country=code)) for code in map(_bare, question.countries)),
    ]
    asked_work = [*question.occupations, *question.groups, *question.fields]
    asked_where = [*question.municipalities, *question.regions, *question.countries]
    found = _either(asked_work, [one for _, one in work]) & _either(asked_where, [one for _, one in where])
    if question.after:
        found &= Q(status__published_at__gte=aware(question.after))
    if question.before:
        found &= Q(status__published_at__lte=aware(question.before))
    return found


def _bare(code: str) -> str:
    return code.removeprefix("-")


def _either(asked: Sequence[str], conditions: Sequence[Q]) -> Q:
    """Any of those without a minus, and none of those with one."""
    wanted, refused = Q(), Q()
    for code, condition in zip(asked, conditions, strict=True):
        if code.startswith("-"):
            refused |= condition
        else:
            wanted |= condition
    return wanted & ~refused if refused else wanted


def aware(at: datetime) -> datetime:
    """A time without a zone is that of the portal's clock; one that no calendar of ours holds is the nearest that it does."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return datetime(FIRST_YEAR if at.year < FIRST_YEAR else LAST_YEAR, 1, 1, tzinfo=UTC)
    return at if at.tzinfo else make_aware(at)


def counted(rows: Sequence[Row], name: str, most: int) -> list[dict[str, Any]]:
    """How many of the rows have which code, the most frequent first."""
    codes = Counter(code for row in rows if (code := OF_A_ROW[name](row)))
    first = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    terms = _terms(name, [code for code, _ in first])
    return [{"term": terms.get(code, code), "concept_id": code, "code": code, "count": count} for code, count in first]


OF_A_ROW: dict[str, Callable[[Row], str]] = {
    "occupation-name": lambda row: row.occupation or "",
    "occupation-group": lambda row: row.isco or "",
    "occupation-field": lambda row: (row.isco or "")[:FIELD],
    "municipality": lambda row: row.municipality or "",
    "region": lambda row: (row.municipality or "")[:REGION],
}


def _terms(name: str, codes: Sequence[str]) -> dict[str, str]:
    """What the codes mean, in Swedish."""
    if name == "municipality":
        return dict(Place.objects.filter(municipality_code__in=codes).values_list("municipality_code", "municipality"))
    if name == "occupation-name":
        return {one.key: one.label_in("sv") for one in Concept.objects.filter(key__in=codes).with_labels()}
    groups = Concept.objects.filter(kind=Kind.GROUP, isco__in=codes).with_labels() if name.startswith("occupation") else []
    return {one.isco: one.label_in("sv") for one in groups}
