"""Facts that the index and the log of changes hear of."""

from uuid import UUID

from django.utils import timezone

from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from outbox.signals import Effect, receives
from search import index
from search.models import PostingChange


@receives(POSTING_PUBLISHED)
def posting_published(posting_id: str) -> Effect:
    return lambda: index.put(UUID(posting_id))


@receives(POSTING_CLOSED)
def posting_closed(posting_id: str) -> Effect:
    return lambda: index.drop(UUID(posting_id))


@receives(POSTING_CLOSED)
@receives(POSTING_PUBLISHED)
def posting_changed(posting_id: str) -> Effect:
    return lambda: PostingChange.objects.note(UUID(posting_id), at=timezone.now())
