"""Postings in Elasticsearch, for many visitors: the same answers as the database's index gives."""

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk

from search.documents import Document, Filters
from search.index.base import Answer, IndexUnavailable, moment
from search.index.elastic_query import DEEPEST, MAPPING, searches, stored

ALIAS = "ingang-postings"
AT_ONCE = 1000
PATIENCE = 3  # seconds that a visitor waits before the database answers instead
PASSED_BY = {404, 409}  # not there, or a newer state is
NO_INDEX = "index_not_found_exception"
Since = Callable[[], Iterable[tuple[uuid.UUID, Document | None]]]


class Elastic:
    """`alias` names the index; the real one carries a hash of its mapping. See `base.PostingIndex`."""

    def __init__(self, alias: str = ALIAS) -> None:
        self._alias = alias

    @contextmanager
    def _server(self) -> Iterator[Elasticsearch]:
        """Raises IndexUnavailable for whatever the server or the way to it does."""
        try:
            with Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=PATIENCE) as server:
                yield server
        except (ApiError, TransportError) as error:
            raise IndexUnavailable(type(error).__name__) from error

    def find(self, filters: Filters, *, start: int, size: int, without: Collection[uuid.UUID] = ()) -> Answer:
        asked = searches(filters, start=min(start, DEEPEST - size), size=size, without=[one.hex for one in without])
        with self._server() as server:
            answers = server.msearch(searches=[part for body in asked for part in ({"index": self._alias}, body)])["responses"]
        for answer in answers:
            if "error" in answer:
                raise IndexUnavailable(str(answer["error"].get("type", "error")))
        window, kinds, fields, times = answers
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
        self._send([{"_op_type": "delete", **_versioned(posting_id, as_of or moment())}])

    def _send(self, actions: Iterable[dict[str, Any]]) -> None:
        with self._server() as server:
            if self._live(server):
                _bulk(server, actions, self._alias)
                server.indices.refresh(index=self._alias)

    def _create(self, server: Elasticsearch) -> str:
        name = f"{self._named()}{moment()}"
        filling = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "max_result_window": DEEPEST}
        server.indices.create(index=name, mappings=MAPPING, settings=filling, aliases={_being_filled(name): {}})
        return name

    def fill(self, documents: Iterable[Document], since: Since) -> int:
        """A new index beside the old one, then the alias moves in one step: no question goes without an answer.

        `since` gives what was put or dropped while it was filled; it is sent once more after the move. Returns how many were sent.
        Of several that fill at once the one that began last stays: whoever finds its index taken away raises IndexUnavailable.
        """
        with self._server() as server:
            name = self._create(server)
            try:
                count = _bulk(server, (_indexed(document, _began(name)) for document in documents), _being_filled(name))
                server.indices.refresh(index=name)
            except BaseException:
                with suppress(ApiError, TransportError):
                    server.indices.delete(index=name)
                raise
            self._move(server, name)
        as_of = moment()
        for posting_id, document in since():
            if document:
                self.put(document, as_of)
            else:
                self.drop(posting_id, as_of)
        return count

    def _move(self, server: Elasticsearch, name: str) -> None:
        """The alias to an index that is full; older ones go, a younger one that is being filled does not."""
        began = _began(name)
        old = [{"remove_index": {"index": one}} for one in self._indices(server) if _began(one) < began]
        full = {"remove": {"index": name, "alias": _being_filled(name)}}
        server.indices.update_aliases(actions=[{"add": {"index": name, "alias": self._alias}}, full, *old])

    def ready(self) -> bool:
        """Whether there is an index of today's mapping."""
        with self._server() as server:
            return self._live(server).startswith(self._named())

    def _named(self) -> str:
        """How every index of today's mapping begins."""
        return f"{self._alias}-{hashlib.sha256(json.dumps(MAPPING, sort_keys=True).encode()).hexdigest()[:12]}-"

    def _live(self, server: Elasticsearch) -> str:
        with suppress(NotFoundError):
            return str(next(iter(server.indices.get_alias(name=self._alias))))
        return ""

    def _indices(self, server: Elasticsearch) -> list[str]:
        return [str(name) for name in server.indices.get(index=f"{self._alias}-*", ignore_unavailable=True)]

    def remove(self) -> None:
        """Take the index away."""
        with self._server() as server:
            for name in self._indices(server):
                server.indices.delete(index=name)


def _being_filled(name: str) -> str:
    """The alias that an index has until it is full: sent to this, documents never make an index of another's that was taken away."""
    return f"filling-{name}"


def _began(name: str) -> int:
    """When an index was begun: its name ends with it."""
    return int(name.rpartition("-")[2])


def _versioned(posting_id: uuid.UUID, as_of: int) -> dict[str, Any]:
    return {"_id": posting_id.hex, "version": as_of, "version_type": "external_gte"}


def _indexed(document: Document, as_of: int) -> dict[str, Any]:
    return {"_op_type": "index", **_versioned(document.posting_id, as_of), "_source": stored(document)}


def _bulk(server: Elasticsearch, actions: Iterable[dict[str, Any]], index: str) -> int:
    count = 0
    patient = server.options(request_timeout=60)
    for done, answer in streaming_bulk(patient, actions, index=index, chunk_size=AT_ONCE, raise_on_error=False, require_alias=True):
        told = next(iter(answer.values()))
        if not done and (told.get("status") not in PASSED_BY or ("error" in told and told["error"]["type"] == NO_INDEX)):
            raise IndexUnavailable("a document was refused")
        count += done
    return count


def _counts(answer: dict[str, Any]) -> dict[str, int]:
    return {str(one["key"]): int(one["doc_count"]) for one in answer["aggregations"]["n"]["buckets"] if one["key"]}
