"""Postings on the shelf: published, and known to every index that answers in this test."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from employers.models import Posting
from search import index, queries
from search.forms import filters_of
from taxonomy.queries import folded
from tests.factories.employers import PlaceFactory, PostingFactory, WorkplaceFactory

DECLARED = {"answer": "yes", "lead": "", "how": "", "evidence": "declared", "at": "2026-11-01"}


def put(**fields: Any) -> Posting:
    """A published posting that both indexes hold."""
    posting: Posting = PostingFactory(published=True, **fields)
    tell(posting)
    return posting


def tell(posting: Posting) -> None:
    """As the receivers do."""
    index.put(posting.pk)
    if server := index.copy():
        document = index.current(posting.pk)
        if document:
            server.put(document)
        else:
            server.drop(posting.pk)


def published(posting: Posting, at: datetime) -> Posting:
    posting.status.published_at = at
    posting.status.save()
    tell(posting)
    return posting


def titles(address: str = "") -> list[str]:
    """Of the list at an address, in order."""
    return [one.title for one in queries.fetch(queries.ordered(filters_of(QueryDict(address)))[:100])]


def at(name: str, latitude: float, longitude: float) -> Any:
    place = PlaceFactory(name=name, folded=folded(name), municipality_code=name[:4], latitude=latitude, longitude=longitude)
    return WorkplaceFactory(place=place)
