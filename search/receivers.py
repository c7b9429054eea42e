"""Facts that the index and the log of changes hear of. The server that may keep a copy of the index has receivers of its own, so that one
that is down holds up nothing else."""

from uuid import UUID

from django.utils import timezone

from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from outbox.signals import Effect, receives
from search import index
from search.index.base import moment
from search.models import PostingChange


@receives(POSTING_PUBLISHED)
def posting_published(posting_id: str) -> Effect:
    return lambda: index.put(UUID(posting_id))


@receives(POSTING_CLOSED)
def posting_closed(posting_id: str) -> Effect:
    """What is true now, not what the fact says: it may arrive after the posting was opened again (docs/decisions/late-facts.md)."""
    return lambda: index.put(UUID(posting_id))


@receives(POSTING_PUBLISHED)
def tell_server(posting_id: str) -> None:
    """Outside the transaction: a server is slow, and what it is told twice does no harm.

    The posting is put in the database first, whatever the receiver above has done by now: what fills the server anew reads it there.
    """
    if server := index.copy():
        index.put(UUID(posting_id))
        as_of = moment()
        if document := index.current(UUID(posting_id)):
            server.put(document, as_of)
        else:
            server.drop(UUID(posting_id), as_of)


@receives(POSTING_CLOSED)
def take_from_server(posting_id: str) -> None:
    tell_server(posting_id)


@receives(POSTING_CLOSED)
@receives(POSTING_PUBLISHED)
def posting_changed(posting_id: str) -> Effect:
    return lambda: PostingChange.objects.note(UUID(posting_id), at=timezone.now())
