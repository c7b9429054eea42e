"""Postings as anyone sees them: in the index and in the log of changes, as the receivers put them there."""

from datetime import datetime
from typing import Any

from employers.models import Posting
from search import index
from search.models import PostingChange
from tests.factories.employers import PostingFactory

WHEN = datetime.fromisoformat("2026-11-24T09:30:00+00:00")


def open_posting(*, at: datetime = WHEN, **fields: Any) -> Posting:
    """A published posting that every machine has heard of."""
    posting: Posting = PostingFactory(published=True, **fields)
    heard(posting, at=at)
    return posting


def heard(posting: Posting, state: str = "", *, at: datetime = WHEN) -> None:
    """What the receivers do once the posting has changed, perhaps into another state."""
    if state:
        posting.status.state = state
        posting.status.save()
    index.put(posting.pk)
    PostingChange.objects.note(posting.pk, at=at)
