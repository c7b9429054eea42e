"""The form of NAV's feed: a consumer that follows it sees every change once, and nothing of what is closed."""

import json
import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from employers.actions import fill, resume
from employers.documents import read
from employers.models import Posting
from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from employers.states import PostingState
from outbox.actions import announce
from search.api import nav
from search.models import PostingChange
from taxonomy.models import Concept
from tests.factories.accounts import role_of
from tests.factories.employers import PostingFactory, employer_member
from tests.factories.facts import bring
from tests.factories.public import heard, open_posting
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FEED = "/api/nav/v1/feed"
NAMES = {"version", "title", "home_page_url", "feed_url", "description", "next_url", "id", "next_id", "items"}


class Consumer:
    """A client as NAV describes it: from the first page along next_url, then the last page again and again with its ETag."""

    def __init__(self, client: Client) -> None:
        self.client, self.page, self.etag = client, FEED, ""
        self.items: list[dict[str, Any]] = []
        self.seen: set[str] = set()

    def follow(self) -> int:
        """Read to the end; returns how many pages were sent whole."""
        sent = 0
        while True:
            answer = self.client.get(self.page, headers={"If-None-Match": self.etag} if self.etag else {})
            if answer.status_code == 304:
                return sent
            body, sent = answer.json(), sent + 1
            assert set(body) == NAMES
            new = [one for one in body["items"] if one["id"] not in self.seen]
            self.items += new
            self.seen |= {one["id"] for one in new}
            if body["next_url"] is None:
                self.page, self.etag = body["feed_url"], answer.headers["ETag"]
                return sent
            self.page, self.etag = body["next_url"], ""


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "PER_PAGE", 4)


def test_a_consumer_sees_every_change_once_while_postings_change(client: Client, small_pages: None) -> None:
    chance = random.Random(7)
    postings = [open_posting() for _ in range(6)]
    consumer, at = Consumer(client), datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    for turn in range(12):
        consumer.follow()
        for one in chance.sample(postings, 3):
            closed = one.status.state == PostingState.FILLED
            heard(one, PostingState.PUBLISHED if closed else PostingState.FILLED, at=at + timedelta(seconds=turn))
    consumer.follow()
    logged = list(PostingChange.objects.order_by("number").values_list("posting_id", flat=True))
    assert [UUID(one["_feed_entry"]["uuid"]) for one in consumer.items] == logged
    assert len(consumer.seen) == len(logged) == 42
    assert consumer.follow() == 0, "nothing has changed, so nothing is sent"


def test_an_item_has_navs_names_and_leads_to_its_ad(client: Client) -> None:
    posting = open_posting(title="Rydde lageret", tasks="Sette frem <varer>.\nHolde orden.", places=2)
    (item,) = client.get(FEED).json()["items"]
    assert set(item) == {"id", "url", "title", "content_text", "date_modified", "_feed_entry"}
    assert set(item["_feed_entry"]) == {"uuid", "status", "title", "businessName", "municipal", "sistEndret"}
    assert (item["title"], item["date_modified"]) == ("Rydde lageret", "2026-11-24T09:30:00.000000Z")
    entry = client.get(item["url"]).json()
    assert (entry["uuid"], entry["status"], entry["sistEndret"]) == (str(posting.pk), "ACTIVE", item["date_modified"])
    assert entry["json"] == entry["ad_content"]
    assert entry["ad_content"]["description"] == "<p>Sette frem &lt;varer&gt;.</p><p>Holde orden.</p><p>Vi börjar klockan åtta.</p>"
    assert (entry["ad_content"]["positioncount"], entry["ad_content"]["contactList"]) == ("2", [])
    assert "Anna Berg" not in json.dumps(entry)


def test_our_own_reader_reads_an_entry(client: Client) -> None:
    waiter = Concept.objects.create(key="waiter", kind="occupation", isco="5131", esco_uri="http://data.europa.eu/esco/occupation/d5db")
    waiter.labels.create(language="nb", text="servitør", preferred=True)
    posting = open_posting(title="Servere", tasks="Ta imot gjester.", day="", occupation=waiter, kind="apprenticeship", language="nb")
    ad = read(client.get(f"/api/nav/v1/feedentry/{posting.pk}").json(), "nav")
    assert (ad.source_id, ad.title, ad.text, ad.kind) == (str(posting.pk), "Servere", "Ta imot gjester.", "apprenticeship")
    assert (ad.occupation, ad.esco_uri, ad.town, ad.taken_down) == (
        "servitør",
        "http://data.europa.eu/esco/occupation/d5db",
        "Borås",
        False,
    )


def test_what_is_closed_is_masked_everywhere(client: Client) -> None:
    posting = open_posting(title="Hemlig rubrik")
    heard(posting, PostingState.WITHDRAWN)
    answers = [client.get(FEED), client.get(f"/api/nav/v1/feedentry/{posting.pk}")]
    for answer in answers:
        assert "Hemlig" not in answer.content.decode()
        assert posting.employer.name not in answer.content.decode()
    assert [one["_feed_entry"]["status"] for one in answers[0].json()["items"]] == ["INACTIVE", "INACTIVE"]
    assert (answers[1].json()["status"], answers[1].json()["ad_content"]) == ("INACTIVE", None)


def test_where_to_begin(client: Client, small_pages: None, frozen: time_machine.Traveller) -> None:
    frozen.shift(86_400)
    for hour in range(10):
        open_posting(at=datetime.fromisoformat(f"2026-11-24T{hour + 10}:00:00+00:00"))
    pages = [client.get(FEED).json()]
    while pages[-1]["next_url"]:
        pages.append(client.get(pages[-1]["next_url"]).json())
    assert [len(one["items"]) for one in pages] == [4, 4, 2]
    assert [one["next_id"] for one in pages] == [pages[1]["id"], pages[2]["id"], None]
    assert client.get(f"{FEED}?last=true").json() == pages[2]
    assert client.get(FEED, headers={"If-Modified-Since": "Tue, 24 Nov 2026 15:00:00 GMT"}).json() == pages[1]
    assert client.get(FEED, headers={"If-Modified-Since": "Wed, 25 Nov 2026 15:00:00 GMT"}).json() == pages[2]
    page = client.get(pages[1]["feed_url"])
    assert client.get(pages[1]["feed_url"], headers={"If-Modified-Since": page.headers["Last-Modified"]}).status_code == 304
    assert client.get(f"{FEED}/{uuid4()}").status_code == 404
    assert client.get(f"/api/nav/v1/feedentry/{PostingFactory().pk}").status_code == 404


def test_facts_write_the_log_and_may_come_twice(now: datetime) -> None:
    posting = PostingFactory(published=True)
    by = role_of(employer_member(posting.employer, manages=True))
    for _ in range(2):
        with transaction.atomic():
            announce(POSTING_PUBLISHED, at=now, posting_id=str(posting.pk))
        bring(POSTING_PUBLISHED)
    fill(posting.pk, by=by, at=now)
    bring(POSTING_CLOSED)
    resume(posting.pk, by=by, at=now)
    fill(posting.pk, by=by, at=now)
    bring(POSTING_PUBLISHED, POSTING_CLOSED)
    logged = PostingChange.objects.order_by("number").values_list("number", "active")
    assert list(logged) == [(1, True), (2, False)], "what came late is what is true now"


def test_changed_words_are_a_change(client: Client) -> None:
    posting = open_posting(title="Förr")
    posting.title = "Nu"
    posting.save()
    heard(posting)
    heard(posting)
    workplace = posting.workplace
    assert workplace
    workplace.directions = "Bakom kyrkan"
    workplace.save()
    heard(Posting.objects.get(pk=posting.pk))
    assert len(client.get(FEED).json()["items"]) == 3


@pytest.mark.postgres(only=True)
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_two_numbers(now: datetime) -> None:
    postings = [PostingFactory(published=True) for _ in range(2)]
    assert at_once(*(lambda pk=one.pk: PostingChange.objects.note(pk, at=now) for one in postings)) == [True, True]  # type: ignore[misc]
    assert list(PostingChange.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_empty_log_is_a_page_too(client: Client) -> None:
    body = client.get(FEED).json()
    assert (body["items"], body["next_url"]) == ([], None)
    assert client.get(body["feed_url"]).json() == body


def test_more_items_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for more in (3, 20):
        for _ in range(more):
            open_posting()
        with django_assert_max_num_queries(15) as counted:
            client.get(FEED)
        counts.append(len(counted))
    assert counts[0] == counts[1]
