"""The index of postings: in the database and its columns in memory, or in Elasticsearch when ELASTICSEARCH_URL is set.

The database's is kept in either case: it answers when Elasticsearch does not.
"""

import importlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction

from employers.models import Posting
from search.documents import Document, Names, document_of
from search.index import filling
from search.index.base import Answer, IndexUnavailable, PostingIndex
from search.index.database import Database, next_turn

if TYPE_CHECKING:
    from search.index.elastic import Elastic

__all__ = [
    "Answer",
    "IndexUnavailable",
    "PostingIndex",
    "chosen",
    "copy",
    "current",
    "database",
    "drop",
    "forget",
    "put",
    "put_missing",
    "read_ahead",
    "rebuild",
]

_database = Database()


def database() -> Database:
    return _database


def copy() -> "Elastic | None":
    """The index on the server, when there is one. The client takes 30 MB: it is loaded only then."""
    return importlib.import_module("search.index.elastic").Elastic() if settings.ELASTICSEARCH_URL else None


def chosen() -> PostingIndex:
    return copy() or _database


def current(posting_id: UUID) -> Document | None:
    """A posting as it is public now; None when it is not open."""
    posting = Posting.objects.open().whole().select_related("occupation").filter(pk=posting_id).first()
    return document_of(posting, Names()) if posting else None


def put(posting_id: UUID) -> bool:
    """Index one posting in the database as it is public now; one that is not open is taken out. True when it is in the index.

    It is read when the turn is ours: of two that put the same posting, the later one has the newer words.
    """
    with transaction.atomic():
        next_turn()
        document = current(posting_id)
        if document is None:
            _database.drop(posting_id)
        else:
            _database.put(document)
    return document is not None


def drop(posting_id: UUID) -> None:
    _database.drop(posting_id)


def rebuild(progress: filling.Progress = lambda _: None) -> int:
    """Every open posting anew, here and on the server, and nothing else; returns how many. Raises IndexUnavailable when the server's
    could not be filled: its old one goes on."""
    turn, count = filling.last_turn(), filling.entries(_database, progress)
    if server := copy():
        progress("Filling Elasticsearch")
        server.fill(filling.stored(), lambda: filling.changed_since(turn))
    return count


def put_missing() -> int:
    """What has no entry yet gets one, and a server without an index of today's form is filled. Returns how many there were."""
    count = filling.missing(_database)
    if (server := copy()) and (count or not server.ready()):
        turn = filling.last_turn()
        server.fill(filling.stored(), lambda: filling.changed_since(turn))
    return count


def read_ahead() -> None:
    """The columns of this process, which the first question would wait for."""
    _database.read_ahead()


def forget() -> None:
    """Read everything anew at the next question."""
    _database.forget()
