"""A real Elasticsearch that comes empty, and several that fill it at once."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from django.test import Client

from employers.states import PostingState
from search import index, receivers
from search.documents import Document, Filters
from search.index import IndexUnavailable, filling
from search.index.base import moment
from search.index.elastic import Elastic
from search.index.elastic_query import MAPPING, stored
from tests.factories.employers import PostingFactory
from tests.search.shelf import put, tell, titles

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]


def test_one_posting_is_not_taken_for_all_on_a_server_that_came_empty(server: Elastic, client: Client) -> None:
    old, new = put(title="Gammal"), PostingFactory(title="Ny", published=True)
    server.remove()
    tell(new)
    answer = client.get("/sv/postings/")
    assert {one.pk for one in answer.context["found"]} == {old.pk, new.pk}
    assert answer.context["hits"].resting, "the database answers until the server is filled"
    index.put_missing()
    assert sorted(titles()) == ["Gammal", "Ny"]
    assert not client.get("/sv/postings/").context["hits"].resting


def test_case_46_of_two_that_send_a_posting_the_later_reading_stays(server: Elastic) -> None:
    posting = put(title="Först")
    read = moment()
    old = index.current(posting.pk)
    posting.title = "Sedan"
    posting.save()
    tell(posting)
    assert old
    server.put(old, read)
    assert (titles("q=först"), titles("q=sedan")) == ([], ["Sedan"])
    server.drop(posting.pk, read)
    assert titles("q=sedan") == ["Sedan"]


def test_case_17_the_server_is_told_no_contact_person(server: Elastic) -> None:
    posting = put(title="Hjälp i köket", contact_name="Zebastian Kanarie", contact_phone="070-123 45 67", contact_email="z@kanarie.example")
    document = index.current(posting.pk)
    assert document
    kept = json.dumps(stored(document), default=str).casefold()
    assert "hjalp" in kept
    assert not [one for one in ("kanarie", "zebastian", "123", "4567") if one in kept.replace(posting.pk.hex, "")]
    assert set(stored(document)) <= set(MAPPING["properties"])


def test_of_two_that_fill_at_once_the_later_stays_whole(server: Elastic) -> None:
    """As two workers that start together: the first one's index is taken away under it, and nothing is made in its place."""
    for n in range(3):
        put(title=f"Plats {n}")

    def meanwhile() -> Iterator[Document]:
        found = list(filling.stored())
        yield found[0]
        server.fill(filling.stored(), list)
        yield from found[1:]

    with pytest.raises(IndexUnavailable):
        server.fill(meanwhile(), list)
    assert len(titles()) == 3
    assert server.ready()
    put(title="Plats 3")
    assert len(titles("sort=newest")) == 4


def test_what_changes_between_its_copy_and_the_move_is_not_lost(server: Elastic) -> None:
    """The server hears of both before the database's own receiver does, and both are in the new index as they were before."""
    changed, closed = put(title="Först"), put(title="Stängs")
    turn = filling.last_turn()

    def meanwhile() -> Iterator[Document]:
        yield from list(filling.stored())
        changed.title = "Sedan"
        changed.save()
        receivers.tell_server(str(changed.pk))
        closed.status.state = PostingState.PAUSED
        closed.status.save()
        receivers.take_from_server(str(closed.pk))

    assert server.fill(meanwhile(), lambda: filling.changed_since(turn)) == 2
    assert titles() == ["Sedan"]
    assert (titles("q=först"), titles("q=sedan")) == ([], ["Sedan"])


def test_what_changes_right_after_the_move_stays(server: Elastic) -> None:
    """What is sent once more after the move was read before: it writes over nothing newer, and brings nothing back."""
    changed, closed = put(title="Först"), put(title="Stängs")
    turn = filling.last_turn() - 2

    def late() -> Iterator[tuple[UUID, Document | None]]:
        yield from list(filling.changed_since(turn))
        changed.title = "Sedan"
        changed.save()
        receivers.tell_server(str(changed.pk))
        closed.status.state = PostingState.PAUSED
        closed.status.save()
        receivers.take_from_server(str(closed.pk))

    server.fill(filling.stored(), late)
    assert (titles(), titles("q=först")) == (["Sedan"], [])


def test_a_filling_that_ends_leaves_a_younger_one_alone(server: Elastic) -> None:
    put(title="Plats")
    found, begun, on = list(filling.stored()), threading.Event(), threading.Event()

    def slowly() -> Iterator[Document]:
        begun.set()
        assert on.wait(30)
        yield from found

    with ThreadPoolExecutor(1) as other:

        def older() -> Iterator[Document]:
            yield from found
            counts.append(other.submit(server.fill, slowly(), list))
            assert begun.wait(30)

        counts: list[Future[int]] = []
        assert server.fill(older(), list) == 1
        on.set()
        assert counts[0].result(30) == 1
    assert server.find(Filters(), start=0, size=9).kinds == {"trial": 1}, "with the mapping that is meant, not one that was guessed"
