"""Copies on an Elasticsearch server: how any index there is filled beside the old one, takes its place in one step, and is kept current.

An alias names the copy. The index behind it is called after the alias, a digest of what its documents rest on, and a number of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk

AT_ONCE = 1000
LONGEST = 30  # seconds for one piece of a bulk: with its retries less than matching.index.lease.HELD
PASSED_BY = {404, 409}  # not there, or a newer state is
NO_INDEX = "index_not_found_exception"
REMEMBERED = "1h"  # how long a deletion keeps out what was read before it: longer than filling takes


@dataclass(frozen=True)
class Copies:
    """Every index under one alias. `unavailable` is raised for whatever the server, or the way to it, does."""

    alias: str
    unavailable: type[Exception]

    @contextmanager
    def server(self, patience: int, tries: int = 0) -> Iterator[Elasticsearch]:
        """`patience`: seconds for one request; `tries`: how often one that took longer is repeated."""
        again: dict[str, Any] = {"retry_on_timeout": True, "max_retries": tries} if tries else {}
        try:
            with Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=patience, **again) as server:
                yield server
        except (ApiError, TransportError) as error:
            raise self.unavailable(type(error).__name__) from error

    def named(self, *rests_on: Any) -> str:
        """How every index begins whose documents rest on the same."""
        return f"{self.alias}-{hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:12]}-"

    def live(self, server: Elasticsearch) -> str:
        """The index in use; nothing when there is none."""
        with suppress(NotFoundError):
            return str(next(iter(server.indices.get_alias(name=self.alias))))
        return ""

    def every(self, server: Elasticsearch) -> list[str]:
        return [str(name) for name in server.indices.get(index=f"{self.alias}-*", ignore_unavailable=True)]

    def fill(self, server: Elasticsearch, name: str, mapping: dict[str, Any], actions: Iterable[dict[str, Any]], **given: Any) -> int:
        """A new index that nobody asks yet; returns how many documents it holds. One that could not be filled is taken away."""
        filling = {"auto_expand_replicas": "0-1", "refresh_interval": "-1", "gc_deletes": REMEMBERED, **given}
        server.indices.create(index=name, mappings=mapping, settings=filling, aliases={_being_filled(name): {}})
        try:
            count = self.send(server, actions, _being_filled(name))
            server.indices.put_settings(index=name, settings={"refresh_interval": None})
            server.indices.refresh(index=name)
        except BaseException:
            with suppress(ApiError, TransportError):
                server.indices.delete(index=name)
            raise
        return count

    def move(self, server: Elasticsearch, name: str, old: Iterable[str]) -> None:
        """The alias to an index that is full, and the old ones away, in one step: no question goes without an answer."""
        full = {"remove": {"index": name, "alias": _being_filled(name)}}
        away = [{"remove_index": {"index": one}} for one in old]
        server.indices.update_aliases(actions=[{"add": {"index": name, "alias": self.alias}}, full, *away])

    def send(self, server: Elasticsearch, actions: Iterable[dict[str, Any]], alias: str = "") -> int:
        """In pieces, to the index in use. What was gone already is gone, and what is there in a newer state stays.

        Never makes an index: sent to the alias of one that was taken away, this raises `unavailable`.
        """
        count, patient = 0, server.options(request_timeout=LONGEST)
        pieces = streaming_bulk(patient, actions, index=alias or self.alias, chunk_size=AT_ONCE, raise_on_error=False, require_alias=True)
        for done, answer in pieces:
            told = next(iter(answer.values()))
            if not done and (told.get("status") not in PASSED_BY or ("error" in told and told["error"]["type"] == NO_INDEX)):
                raise self.unavailable("a document was refused")
            count += done
        return count

    def ask(self, server: Elasticsearch, bodies: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The answer to each search, in one request."""
        answers = server.msearch(searches=[part for body in bodies for part in ({"index": self.alias}, body)])["responses"]
        for answer in answers:
            if "error" in answer:
                raise self.unavailable(str(answer["error"].get("type", "error")))
        return list(answers)

    def remove(self, server: Elasticsearch) -> None:
        """Take every index away."""
        for name in self.every(server):
            server.indices.delete(index=name)


def _being_filled(name: str) -> str:
    """The alias that an index has until it is full."""
    return f"filling-{name}"
