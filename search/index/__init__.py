"""The index of postings: in the database and its columns in memory, or in Elasticsearch when ELASTICSEARCH_URL is set.

The database's is kept in either case: it answers when Elasticsearch does not.
"""

from uuid import UUID

from django.conf import settings

from employers.models import Posting
from search.documents import Document, document_of
from search.index.base import Answer, IndexUnavailable, PostingIndex
from search.index.database import Database

__all__ = ["Answer", "IndexUnavailable", "PostingIndex", "chosen", "database", "drop", "forget", "put"]

_database = Database()


def database() -> Database:
    return _database


def chosen() -> PostingIndex:
    return _database


def current(posting_id: UUID) -> Document | None:
    """A posting as it is public now; None when it is not open."""
    posting = Posting.objects.open().whole().select_related("occupation").filter(pk=posting_id).first()
    return document_of(posting) if posting else None


def put(posting_id: UUID) -> bool:
    """Index one posting in the database as it is public now; one that is not open is taken out. True when it is in the index."""
    document = current(posting_id)
    if document is None:
        _database.drop(posting_id)
        return False
    _database.put(document)
    return True


def drop(posting_id: UUID) -> None:
    _database.drop(posting_id)


def forget() -> None:
    """Read everything anew at the next question."""
    _database.forget()
