"""Everyone and every open posting out of the database, in pieces, so that memory does not follow their number."""

import json
import logging
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import Aggregate, Max, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.fields import key_name, seal_bytes, unseal_bytes
from jobseekers.models import NeedsRecord, Profile, ProfileSkill, ProfileWish
from matching import documents
from matching.models import ListedPerson, ListedPosting, Suggestion
from matching.scoring import Job, People, Person, Postings
from matching.scoring.packed import FORM, Packed, pack

AT_ONCE = 20_000  # rows of the lists
MOST_BROUGHT = 5_000  # people, one by one
BREAK = "\n"  # between keys of concepts, which hold none
log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # rows read, rows in all


class Joined(Aggregate):
    """All values of a group as one text: one row to fetch instead of one for each value."""

    function = "STRING_AGG"
    output_field: ClassVar = TextField()

    def __init__(self, expression: str, **extra: Any) -> None:
        super().__init__(expression, Value(BREAK), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def say(done: int, total: int) -> None:
    log.info("%d of %d people listed", done, total)


def form() -> str:
    """Of the documents that are read and written now."""
    return f"{FORM}-{key_name()}"


def sealed(row: int, person: Person, country: str) -> bytes:
    """What a row of the lists keeps of its person."""
    return seal_bytes(pack(person, country), row)


def fill_people(lists: People, progress: Progress = say) -> None:
    """Everyone who can be matched, from their documents."""
    lists.read(_pieces(progress))


def _pieces(progress: Progress) -> Iterator[Packed]:
    last = ListedPerson.objects.aggregate(last=Max("row"))["last"] or 0
    for start in range(0, last + 1, AT_ONCE):
        yield _packed(row__gte=start, row__lt=start + AT_ONCE)[0]
        if last >= AT_ONCE:
            progress(min(start + AT_ONCE, last), last)


def bring_people(lists: People, since: int) -> bool:
    """Those who have changed after a turn; False, and nothing done, where they are so many that filling anew is faster."""
    rows = list(ListedPerson.objects.filter(changed__gt=since).values_list("row", flat=True)[: MOST_BROUGHT + 1])
    if len(rows) > MOST_BROUGHT:
        return False
    people, gone = _packed(row__in=rows)  # by rows: ordered by row, SQLite would read the whole table to find who has changed
    lists.put(people)
    for row in gone:
        lists.drop(row)
    return True


def people_of(rows: Collection[int]) -> Packed:
    """The people of some rows."""
    return _packed(row__in=rows)[0]


def _packed(**which: Any) -> tuple[Packed, list[int]]:
    """Of some rows the people, and the rows of nobody. Who has no document of today's form is read from the tables."""
    written: list[tuple[int, bytes]] = []
    stale: list[int] = []
    gone: list[int] = []
    now, rows = form(), ListedPerson.objects.filter(**which).order_by("row").values_list("row", "form", "document")
    for row, of, document in rows.iterator(chunk_size=5000):
        if of == now and document:
            written.append((row, bytes(document)))
        else:
            (gone if of == now else stale).append(row)
    documents = dict(zip((row for row, _ in written), unseal_bytes(written), strict=True))
    if stale:
        documents |= {row: pack(person, country) for row, person, country in these(stale)}
        gone += [row for row in stale if row not in documents]
    return Packed.read(list(documents), list(documents.values())), gone


def everyone(progress: Progress = say) -> Iterator[tuple[int, Person, str]]:
    """(row, person, country) of everyone who can be matched, in ascending rows."""
    last = ListedPerson.objects.aggregate(last=Max("row"))["last"] or 0
    for start in range(0, last + 1, AT_ONCE):
        yield from _piece(row__gte=start, row__lt=start + AT_ONCE)
        if last >= AT_ONCE:
            progress(min(start + AT_ONCE, last), last)


def these(rows: Collection[int]) -> Iterator[tuple[int, Person, str]]:
    """The same of some rows."""
    return _piece(row__in=rows)


FIELDS = ("listed__row", "index_id", "country", "place__latitude", "place__longitude", "travel_km")
HOURS = ("hours_now", "hours_goal", "available_from")
LISTS = ("times", "languages", "licences", "kinds")  # as text: few differ, and each is read once


def _piece(**which: Any) -> Iterator[tuple[int, Person, str]]:
    """`which` narrows down rows of the lists."""
    held = _Told({f"profile__listed__{name}": value for name, value in which.items()})
    found = Profile.objects.matchable().filter(**{f"listed__{name}": value for name, value in which.items()}).order_by("listed__row")
    texts = {f"{name}_text": Cast(name, TextField()) for name in LISTS}
    rows = found.annotate(**texts).values_list(*FIELDS, *HOURS, *texts)
    for row, index_id, country, lat, lon, travel, now, goal, available, times, languages, licences, kinds in rows.iterator(chunk_size=5000):
        person = Person(
            key=str(index_id),
            skills=held.skills.get(row, ()),
            wishes=held.wishes.get(row, ()),
            needs=documents.needs_of(held.needs[row]["needs"]) if row in held.needs else (),
            place=(lat, lon) if lat is not None else None,
            travel_km=travel,
            hours_now=now,
            hours_goal=goal,
            times=_names(times),
            available_from=available,
            languages=_levels(languages),
            licences=_names(licences),
            kinds=_names(kinds),
            not_again=frozenset(held.refused.get(row, ())),
        )
        yield row, person, country


class _Told:
    """What lies in tables of its own, by row of the lists; `theirs` narrows those tables down."""

    def __init__(self, theirs: dict[str, Any]) -> None:
        self.skills = _joined(ProfileSkill.objects.filter(**theirs), "concept_id")
        self.wishes = _joined(ProfileWish.objects.filter(**theirs), "concept_id")
        said_no = Suggestion.objects.filter(**theirs, no_similar=True).exclude(unwished=None)
        self.refused = _joined(said_no, "unwished_id")
        self.needs: dict[int, Any] = dict(NeedsRecord.objects.filter(**theirs).values_list("profile__listed__row", "sealed"))


def _joined(held: "QuerySet[Any]", what: str) -> dict[int, tuple[str, ...]]:
    """Each person's keys by row of the lists."""
    rows = held.order_by().values_list("profile__listed__row").annotate(all=Joined(what))
    return {row: tuple(text.split(BREAK)) for row, text in rows}


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=4096)
def _levels(text: str) -> dict[str, str]:
    return {one["code"]: one["level"] for one in json.loads(text)}


def fill_postings(lists: Postings) -> None:
    """Every open one."""
    lists.load(every_posting())


def bring_postings(lists: Postings, since: int) -> bool:
    """Those that have changed after a turn."""
    for row, job, country in changed_postings(since):
        if job is None:
            lists.drop(row)
        else:
            lists.put(row, job, country)
    return True


def every_posting() -> Iterator[tuple[int, Job, str]]:
    """(row, posting, country of its employer) of every open one."""
    for posting in documents.postings().exclude(listed=None).order_by("listed__row").iterator(chunk_size=2000):
        yield posting.listed.row, documents.job_of(posting), posting.employer.country


def changed_people(since: int) -> Iterator[tuple[int, Person | None, str]]:
    """Those who have changed after a turn; None for who cannot be matched any more."""
    gone = set(ListedPerson.objects.filter(changed__gt=since).values_list("row", flat=True))
    for profile in documents.people().filter(listed__changed__gt=since).iterator(chunk_size=2000):
        gone.discard(profile.listed.row)
        yield profile.listed.row, documents.person_of(profile), profile.country
    yield from ((row, None, "") for row in sorted(gone))


def changed_postings(since: int) -> Iterator[tuple[int, Job | None, str]]:
    """Those that have changed after a turn; None for what is not open any more."""
    gone = set(ListedPosting.objects.filter(changed__gt=since).values_list("row", flat=True))
    for posting in documents.postings().filter(listed__changed__gt=since).iterator(chunk_size=2000):
        gone.discard(posting.listed.row)
        yield posting.listed.row, documents.job_of(posting), posting.employer.country
    yield from ((row, None, "") for row in sorted(gone))
