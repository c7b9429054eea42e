"""Facts that the index hears of."""

from uuid import UUID

from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from outbox.signals import Effect, receives
from search import index


@receives(POSTING_PUBLISHED)
def posting_published(posting_id: str) -> Effect:
    return lambda: index.put(UUID(posting_id))


@receives(POSTING_CLOSED)
def posting_closed(posting_id: str) -> Effect:
    return lambda: index.drop(UUID(posting_id))
