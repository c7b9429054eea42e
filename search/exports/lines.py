"""Open postings as columns, and the names of their concepts in one language: for lists of a hundred thousand, where rows of models take
three times as long."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from employers.models import Posting
from search.exports.codes import FIELD, GROUP, municipalities
from taxonomy.models import Concept, Kind, Label, Place

AT_ONCE = 1000
FALLBACK = ("any", "nb", "sv", "en")  # of a name: each is taken before the one to its left


class Line(NamedTuple):
    """What is told of one posting, in the order of COLUMNS."""

    pk: UUID
    language: str
    title: str
    tasks: str
    day: str
    kind: str
    pay: str
    agreement: str
    starts_on: date | None
    places: int | None
    last_day: date | None
    licences: list[str]
    occupation_id: str | None
    skills: list[dict[str, str]]
    hours_min: int | None
    hours_max: int | None
    language_level: str
    employer_id: UUID
    employer: str
    workplace: str | None
    street: str | None
    postal_code: str | None
    place_id: int | None
    published_at: datetime | None


ELSEWHERE = {
    "employer": "employer__name",
    "workplace": "workplace__name",
    "street": "workplace__street",
    "postal_code": "workplace__postal_code",
    "place_id": "workplace__place_id",
    "published_at": "status__published_at",
}
COLUMNS = tuple(ELSEWHERE.get(name, name) for name in Line._fields)


def every(condition: Any) -> Iterator[list[Line]]:
    """Every open posting that fits, in pieces and in the order of their ids. Nothing is held open while a slow reader reads."""
    found: Any = Posting.objects.open().filter(condition).order_by("pk").values_list(*COLUMNS)
    piece = [Line(*row) for row in found[:AT_ONCE]]
    while piece:
        yield piece
        piece = [Line(*row) for row in found.filter(pk__gt=piece[-1].pk)[:AT_ONCE]]


def these(ids: Sequence[UUID]) -> list[Line]:
    """Those of some postings that are open, in the given order."""
    found = {row[0]: Line(*row) for row in Posting.objects.open().filter(pk__in=ids).values_list(*COLUMNS)}
    return [found[pk] for pk in ids if pk in found]


class Known(NamedTuple):
    """A concept: `code` is ESCO's address or our key."""

    code: str
    isco: str
    label: str


class Names:
    """Concepts, groups and places of the lines that were told so far. Each is read once: there are never more than the vocabulary has."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._asked: set[tuple[str, str]] = set()  # also of what is not there
        self.concepts: dict[str, Known] = {}
        self.groups: dict[str, Known] = {}
        self.places: dict[int, Place] = {}
        self.municipalities: dict[str, str] = {}  # JobTech's concept by the code

    def learn(self, lines: Sequence[Line]) -> None:
        """What these lines name and is not known yet: six queries at most."""
        keys = {skill["key"] for line in lines for skill in line.skills} | {line.occupation_id for line in lines if line.occupation_id}
        self.concepts |= self._read(keys, "key")
        codes = {known.isco[:size] for key in keys if (known := self.concepts.get(key)) for size in (FIELD, GROUP) if known.isco}
        self.groups |= self._read(codes, "isco", kind=Kind.GROUP)
        new = Place.objects.in_bulk({line.place_id for line in lines if line.place_id} - set(self.places))
        self.places |= new
        self.municipalities |= municipalities(place.municipality_code for place in new.values()) if new else {}

    def _read(self, names: set[str], by: str, **which: Any) -> dict[str, Known]:
        wanted = {name for name in names if (by, name) not in self._asked}
        self._asked |= {(by, name) for name in wanted}
        if not wanted:
            return {}
        rows = Concept.objects.filter(**{f"{by}__in": wanted}, **which).values_list("key", "esco_uri", "isco")
        labels = _labels((key for key, _, _ in rows), self._language)
        return {isco if by == "isco" else key: Known(uri or key, isco, labels.get(key, key)) for key, uri, isco in rows}

    def group(self, line: Line, digits: int) -> Known | None:
        occupation = self.concepts.get(line.occupation_id or "")
        return self.groups.get(occupation.isco[:digits]) if occupation else None

    def skills(self, line: Line, importance: str) -> list[Known]:
        wanted = [one["key"] for one in line.skills if (one["importance"] == "must") == (importance == "must")]
        return [self.concepts[key] for key in wanted if key in self.concepts]


def _labels(keys: Iterable[str], language: str) -> dict[str, str]:
    """The preferred names as `Concept.label_in` chooses them."""
    best: dict[str, tuple[int, str]] = {}
    order = (*(one for one in FALLBACK if one != language), language)
    for key, of, text in (
        Label.objects.filter(concept__in=list(keys), preferred=True).order_by("pk").values_list("concept_id", "language", "text")
    ):
        rank = order.index(of) if of in order else 0
        if key not in best or rank > best[key][0]:
            best[key] = (rank, text)
    return {key: text for key, (_, text) in best.items()}
