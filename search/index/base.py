"""What every index of postings promises, what it answers, and the one error that it raises when it can't."""

import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document, Filters

Counts = dict[str, int]
EARTH_KM = 6371.0087714  # the sphere that Elasticsearch measures on


class IndexUnavailable(Exception):
    """Elasticsearch does not answer, or not as it should. Nothing is lost: the database answers instead."""


def moment() -> int:
    """Microseconds: the version of what is read from now on."""
    return time.time_ns() // 1000


@dataclass(frozen=True)
class Answer:
    """One window of what was found, and how many each box of the form would show.

    A box of a kind, a field or a time counts whatever else of the same sort is chosen; an offer counts beside those that are.
    """

    ids: tuple[uuid.UUID, ...]
    total: int
    kinds: Counts = field(default_factory=dict)
    fields: Counts = field(default_factory=dict)
    times: Counts = field(default_factory=dict)
    offers: Counts = field(default_factory=dict)


class PostingIndex(Protocol):
    """Order: "newest" by the day of publication, "nearest" by the great circle, places unknown last; "best" first those that hold all words
    in the title, then in title or occupation, then the rest. Equals by newest, then by the posting's id, last first.
    """

    def find(self, filters: Filters, *, start: int, size: int, without: Collection[uuid.UUID] = ()) -> Answer:
        """`without`: postings that turned out to be closed. Raises IndexUnavailable."""

    def put(self, document: Document) -> None:
        """Keep one posting, or its newer words."""

    def drop(self, posting_id: uuid.UUID) -> None:
        """Forget one posting; one that is not there is no error."""
