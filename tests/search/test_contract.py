"""The contract of the index of postings: in the database and in Elasticsearch, on a real server. What both find is what the rules say."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client

from employers.states import PostingState
from search import index, queries
from search.documents import Filters
from search.forms import filters_of
from search.index import IndexUnavailable
from taxonomy.models import Concept
from tests.factories.employers import PostingFactory
from tests.search.shelf import DECLARED, at, published, put, tell, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept"), pytest.mark.xdist_group("elasticsearch")]
on_postgres = pytest.mark.postgres  # what asks for words, which PostgreSQL keeps in its own way


def test_newest_first_and_equals_by_the_posting(now: datetime) -> None:
    old = published(put(title="Gammal"), now - timedelta(days=30))
    same = [published(put(title=f"Ny {n}"), now) for n in range(4)]
    expected = [one.title for one in sorted(same, key=lambda one: one.pk.hex, reverse=True)]
    assert titles("sort=newest") == [*expected, old.title]


def test_nearest_first_and_what_is_nowhere_last() -> None:
    put(title="Kinna", workplace=at("Kinna", 57.507, 12.694))
    put(title="Borås", workplace=at("Borås", 57.721, 12.94))
    put(title="Göteborg", workplace=at("Göteborg", 57.707, 11.967))
    assert titles("place=Borås&km=100&sort=nearest") == ["Borås", "Kinna", "Göteborg"]
    assert titles("place=Borås&km=30&sort=nearest") == ["Borås", "Kinna"]


@on_postgres
@pytest.mark.usefixtures("needs")
def test_filters_one_by_one() -> None:
    gardener = Concept.objects.create(key="gardener-x", kind="occupation", isco="6113")
    sure = {"sens.quiet": {**DECLARED, "evidence": "visited"}, "time.reduced_hours": DECLARED}
    put(title="A", kind="job", hours_min=10, hours_max=20, language_level="B1", licences=["B"], starts_on=date(2027, 2, 1), times=["day"])
    put(title="B", kind="activity", hours_min=30, hours_max=40, licences=["B", "CE"], times=["night", "weekend"], occupation=gardener)
    put(title="C", hours_min=None, hours_max=None, offers=sure)
    found = {
        "kind=job": "A",
        "kind=job&kind=activity": "AB",
        "hours_to=25": "AC",
        "hours_from=25": "BC",
        "level=A2": "BC",
        "level=B1": "ABC",
        "licence=none": "C",
        "licence=B": "AC",
        "time=night": "BC",
        "time=day&time=night": "ABC",
        "start=2027-01-01": "BC",
        "field=61": "B",
        "anyone=1": "B",
        "offer=sens.quiet": "C",
        "offer=sens.quiet&evidence=visited": "C",
        "offer=sens.quiet&evidence=shown": "",
        "offer=time.reduced_hours&evidence=visited": "",
        "offer=sens.quiet&offer=time.reduced_hours": "C",
    }
    for address, expected in found.items():
        assert "".join(sorted(titles(address))) == expected, address


@pytest.mark.usefixtures("needs")
def test_counts_say_what_each_box_would_show() -> None:
    put(kind="job", offers={"sens.quiet": DECLARED}, times=["day"])
    put(kind="job", times=["night"])
    put(kind="trial", offers={"sens.quiet": DECLARED, "phys.no_heavy_lifting": {**DECLARED, "answer": "no"}})
    answer = queries.ordered(filters_of(QueryDict("kind=job"))).answer
    assert answer.total == 2
    assert answer.kinds == {"job": 2, "trial": 1}, "a kind counts whatever kinds are chosen"
    assert answer.offers == {"sens.quiet": 1}
    assert answer.times == {"day": 1, "night": 1}
    assert queries.ordered(filters_of(QueryDict("offer=sens.quiet"))).answer.kinds == {"job": 1, "trial": 1}


def test_what_is_closed_or_deleted_is_not_found(client: Client) -> None:
    kept, filled, deleted = put(title="Kvar"), put(title="Tillsatt"), put(title="Borta")
    filled.status.state = PostingState.FILLED
    filled.status.save()
    deleted.delete()
    page = client.get("/sv/postings/?q=")
    assert [one.title for one in page.context["found"]] == [kept.title], "before the index has heard of it"
    assert page.context["page"].paginator.count == 1
    tell(filled)
    assert titles() == [kept.title]


@on_postgres
def test_a_posting_that_comes_back_is_found_with_its_new_words() -> None:
    posting = put(title="Första")
    posting.status.state = PostingState.PAUSED
    posting.status.save()
    tell(posting)
    assert titles("q=första") == []
    posting.title = "Andra"
    posting.save()
    posting.status.state = PostingState.PUBLISHED
    posting.status.save()
    tell(posting)
    assert titles("q=första") == []
    assert titles("q=andra") == ["Andra"]


def test_an_empty_index_answers() -> None:
    put(title="Ett").delete()
    index.rebuild()
    assert titles() == []
    assert titles("q=ett&kind=job&place=Borås") == []


def test_deep_pages(client: Client) -> None:
    for n in range(30):
        put(title=f"Plats {n}")
    assert len(client.get("/sv/postings/?page=3").context["found"]) == 6
    for far in ("4", "99999", "-1", "0", "x", "9" * 40):
        page = client.get(f"/sv/postings/?page={far}")
        assert page.status_code == 200
        assert page.context["found"]
    every = [one for number in (1, 2, 3) for one in client.get(f"/sv/postings/?page={number}").context["found"]]
    assert len({one.pk for one in every}) == 30


@on_postgres
def test_rebuilding_finds_what_is_there_and_forgets_the_rest() -> None:
    stale = put(title="Stängd")
    stale.status.state = PostingState.EXPIRED
    stale.status.save()
    PostingFactory(title="Aldrig indexerad", published=True)
    said: list[str] = []
    assert index.rebuild(said.append) == 1
    assert titles() == ["Aldrig indexerad"]
    assert any("1 of 1 postings" in one for one in said)


def test_without_leaves_out() -> None:
    gone, kept = put(title="Borta"), put(title="Kvar")
    answer = index.chosen().find(Filters(), start=0, size=12, without=[gone.pk, uuid4()])
    assert answer.ids == (kept.pk,)
    assert answer.total == 1


def test_when_the_server_is_gone_the_page_says_so_and_the_database_answers(client: Client, kept: str, settings: Any) -> None:
    put(title="Kvar")
    if kept == "elastic":
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    answer = client.get("/sv/postings/?q=kvar")
    assert [one.title for one in answer.context["found"]] == ["Kvar"]
    assert answer.context["hits"].resting is (kept == "elastic")
    if kept == "elastic":
        assert "Sökningen vilar" in answer.content.decode()
        with pytest.raises(IndexUnavailable):
            index.rebuild()
