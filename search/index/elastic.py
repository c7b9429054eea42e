"""Postings in Elasticsearch, for many visitors: the same answers as the database's index gives."""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from elasticsearch import Elasticsearch

from outbox.index import Copies
from search.documents import Document, Filters
from search.index.base import Answer, IndexUnavailable, moment
from search.index.elastic_query import DEEPEST, MAPPING, searches, stored

ALIAS = "ingang-postings"
PATIENCE = 3  # seconds that a visitor waits before the database answers instead
Since = Callable[[], Iterable[tuple[uuid.UUID, Document | None]]]


class Elastic:
    """`alias` names the index; the real one carries a hash of its mapping. See `base.PostingIndex`."""

    def __init__(self, alias: str = ALIAS) -> None:
        self._copies = Copies(alias, IndexUnavailable)

    def _server(self) -> AbstractContextManager[Elasticsearch]:
        return self._copies.server(PATIENCE)

    def find(self, filters: Filters, *, start: int, size: int, without: Collection[uuid.UUID] = ()) -> Answer:
        asked = searches(filters, start=min(start, DEEPEST - size), size=size, without=[one.hex for one in without])
        with self._server() as server:
            window, kinds, fields, times = self._copies.ask(server, asked)
        return Answer(
            ids=tuple(uuid.UUID(hit["_id"]) for hit in window["hits"]["hits"]),
            total=int(window["hits"]["total"]["value"]),
            kinds=_counts(kinds),
            fields=_counts(fields),
            times=_counts(times),
            offers=_counts(window),
        )

    def put(self, document: Document, as_of: int | None = None) -> None:
        """Can be found at once. Where there is no index nothing is kept: one posting alone would look like all, and `fill` brings it.

        `as_of`: `moment()` from before the posting was read. Of two that send it the later reading stays, whoever comes last.
        """
        self._send([_indexed(document, as_of or moment())])

    def drop(self, posting_id: uuid.UUID, as_of: int | None = None) -> None:
        """`as_of` as for `put`."""
        self._send([_dropped(posting_id, as_of or moment())])

    def _send(self, actions: Iterable[dict[str, Any]]) -> None:
        with self._server() as server:
            if self._copies.live(server):
                self._copies.send(server, actions)
                server.indices.refresh(index=self._copies.alias)

    def fill(self, documents: Iterable[Document], since: Since) -> int:
        """A new index beside the old one, then the alias moves. Returns how many were sent.

        `since` gives what was put or dropped while it was filled; it is sent once more after the move. Whoever tells the server of a
        posting has put it in the database before (`receivers.tell_server`), so it is either in here or told after the move.
        Of several that fill at once the one that began last stays: whoever finds its index taken away raises IndexUnavailable.
        """
        with self._server() as server:
            name = f"{self._copies.named(MAPPING)}{moment()}"
            began = _began(name)
            actions = (_indexed(document, began) for document in documents)
            count = self._copies.fill(server, name, MAPPING, actions, number_of_shards=1, max_result_window=DEEPEST)
            self._copies.move(server, name, [one for one in self._copies.every(server) if _began(one) < began])
        self._send(_changes(since))
        return count

    def ready(self) -> bool:
        """Whether there is an index of today's mapping."""
        with self._server() as server:
            return self._copies.live(server).startswith(self._copies.named(MAPPING))

    def remove(self) -> None:
        """Take the index away."""
        with self._server() as server:
            self._copies.remove(server)


def _changes(since: Since) -> Iterator[dict[str, Any]]:
    as_of = moment()
    for posting_id, document in since():
        yield _indexed(document, as_of) if document else _dropped(posting_id, as_of)


def _began(name: str) -> int:
    """When an index was begun: its name ends with it."""
    return int(name.rpartition("-")[2])


def _versioned(posting_id: uuid.UUID, as_of: int) -> dict[str, Any]:
    return {"_id": posting_id.hex, "version": as_of, "version_type": "external_gte"}


def _dropped(posting_id: uuid.UUID, as_of: int) -> dict[str, Any]:
    return {"_op_type": "delete", **_versioned(posting_id, as_of)}


def _indexed(document: Document, as_of: int) -> dict[str, Any]:
    return {"_op_type": "index", **_versioned(document.posting_id, as_of), "_source": stored(document)}


def _counts(answer: dict[str, Any]) -> dict[str, int]:
    return {str(one["key"]): int(one["doc_count"]) for one in answer["aggregations"]["n"]["buckets"] if one["key"]}
