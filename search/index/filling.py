"""Everything anew: the entries from the postings, and Elasticsearch from the entries. No question goes without an answer meanwhile."""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

from employers.models import Posting
from search.documents import EVIDENCE, Document, Names, document_of
from search.index import text
from search.index.database import Database, columns_of, next_turn
from search.models import PostingEntry, Turn

AT_ONCE = 500
Progress = Callable[[str], None]


def entries(database: Database, progress: Progress) -> int:
    """Every open posting anew, piece by piece; what is no longer open goes. Returns how many are in the index."""
    began, count, names = time.monotonic(), 0, Names()
    total = Posting.objects.open().count()
    for pks in _pieces(Posting.objects.open().order_by("pk").values_list("pk", flat=True)):
        count += _write(pks, names)
        progress(f"{count} of {total} postings, {count / max(time.monotonic() - began, 0.001):.0f} a second")
    _close(database)
    return count


def _close(database: Database) -> None:
    """What is no longer open goes. Each is asked about once more in its own turn: it may have opened meanwhile."""
    open_now = Posting.objects.open().values("pk")
    for pk in list(PostingEntry.objects.filter(gone=False).exclude(posting__in=open_now).values_list("posting_id", flat=True)):
        with transaction.atomic():
            next_turn()
            if not Posting.objects.open().filter(pk=pk).exists():
                database.drop(pk)


def missing(database: Database) -> int:
    """Open postings without an entry, as after an import past the actions or a new form of the table; returns how many there were."""
    known = PostingEntry.objects.filter(gone=False).values("posting")
    pks = Posting.objects.open().exclude(pk__in=known).order_by("pk").values_list("pk", flat=True)
    names = Names()
    return sum(_write(piece, names) for piece in _pieces(pks))


def _pieces(pks: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    every = list(pks)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def _write(pks: list[uuid.UUID], names: Names) -> int:
    """The entries of some postings as they were when this began. Words are taken apart before the turn is ours, for that takes a while;
    whatever somebody else has put or dropped since then stays as it is."""
    began = last_turn()
    whole = Posting.objects.open().whole().select_related("occupation").filter(pk__in=pks)
    documents = {posting.pk: document_of(posting, names) for posting in whole}
    with transaction.atomic():
        turn = next_turn()
        newer = PostingEntry.objects.filter(posting__in=pks, changed__gt=began).values("posting")
        still = set(Posting.objects.open().filter(pk__in=pks).exclude(pk__in=newer).values_list("pk", flat=True))
        rows = [PostingEntry(posting_id=pk, changed=turn, **columns_of(document)) for pk, document in documents.items() if pk in still]
        fields = [*columns_of(next(iter(documents.values()))), "changed"] if documents else []
        if rows:
            PostingEntry.objects.bulk_create(rows, update_conflicts=True, update_fields=fields, unique_fields=["posting"])
        written = list(PostingEntry.objects.filter(posting__in=still))
        text.keep((one.pk, one.stems) for one in written)
    return len(documents)


def stored() -> Iterator[Document]:
    """Every entry as a document."""
    return (_document(entry) for entry in PostingEntry.objects.filter(gone=False).iterator(chunk_size=AT_ONCE))


def last_turn() -> int:
    return Turn.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def changed_since(turn: int) -> Iterator[tuple[uuid.UUID, Document | None]]:
    """What was put, as a document, or dropped after a turn."""
    for entry in PostingEntry.objects.filter(changed__gt=turn).iterator(chunk_size=AT_ONCE):
        yield entry.posting_id, None if entry.gone else _document(entry)


def _document(entry: PostingEntry) -> Document:
    offers = dict(one.split(":", 1) for one in entry.offers.split())
    return Document(
        posting_id=entry.posting_id,
        kind=entry.kind,
        field=entry.field,
        place=(entry.latitude, entry.longitude) if entry.latitude is not None and entry.longitude is not None else None,
        hours=(entry.hours_min, entry.hours_max),
        times=tuple(entry.times.split()),
        starts_on=entry.starts_on,
        level=entry.level,
        licence=entry.licence,
        for_anyone=entry.for_anyone,
        offers={code: evidence if evidence in EVIDENCE else EVIDENCE[0] for code, evidence in offers.items()},
        published_at=entry.published_at,
        words=tuple(entry.stems.split()),
    )
