"""What a cache between us and a reader may keep: the same bytes for everyone, no cookie in it, and a name for its version."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from content.models import NewsPage
from tests.factories.accounts import MembershipFactory
from tests.factories.content import write
from tests.factories.public import open_posting
from tests.portal.canary import browser

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADDRESSES = (
    *("/api/v1/postings", "/api/v1/postings/{id}", "/api/v1/needs", "/api/v1/places?q=bor", "/api/openapi.json"),
    *("/api/jobtech/search?stats=region", "/api/jobtech/ad/{id}", "/api/jobtech/snapshot", "/api/jobtech/stream?date=2026-01-01T00:00:00"),
    *("/api/nav/v1/feed/5f1d0c6e-9a37-4b52-8f00-000000000001", "/api/nav/v1/feedentry/{id}"),
    *("/sitemap.xml", "/sitemap-postings.xml", "/robots.txt", "/.well-known/security.txt"),
    *("/nb/postings/feed/", "/sv/news/feed/"),
)


TOOK = re.compile(rb'_in_millis": \d+')  # JobTech's form tells how long it took


def body(client: Client, address: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    answer = client.get(address, headers=headers)
    assert not answer.cookies
    return (
        answer.status_code,
        TOOK.sub(b"", b"".join(answer)),
        {name: answer.headers.get(name, "") for name in ("Cache-Control", "Vary", "ETag")},
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_everyone_gets_the_same(client: Client, address: str) -> None:
    posting = open_posting(title="Odla")
    write(NewsPage, "Nytt", slug="nytt")
    address = address.format(id=posting.pk)
    signed_in = browser(MembershipFactory(coordinator=True))
    before = Session.objects.get().expire_date
    first = body(client, address)
    status, _, headers = first
    assert status == 200
    assert headers["Cache-Control"].startswith("public, max-age=") or headers["Cache-Control"].endswith(", public")
    assert headers["Vary"] == ""
    assert body(signed_in, address, **{"Accept-Language": "en"}) == first
    assert body(signed_in, address, **{"Accept-Language": "nb", "If-None-Match": headers["ETag"]})[:2] == (304, b"")
    assert Session.objects.get().expire_date == before, "a program that reads is nobody at work"


@pytest.mark.parametrize("address", ["/sitemap.xml?p=x", "/sitemap-nothing.xml", "/.well-known/nothing"])
def test_what_is_not_there_is_the_same_for_everyone_too(client: Client, address: str) -> None:
    """A cache may keep a 404, and nothing tells it that the page has a language."""
    told = [body(client, address, **{"Accept-Language": language}) for language in ("nb", "en")]
    assert [status for status, _, _ in told] == [404, 404]
    assert told[0] == told[1]


def test_pages_for_people_are_their_own(client: Client) -> None:
    assert "Cookie" in client.get("/sv/").headers["Vary"]
    assert browser(MembershipFactory(coordinator=True)).get("/sv/postings/").headers["Cache-Control"] == "no-store"
    assert client.get("/api/", headers={"Accept-Language": "en"}).headers["Location"] == "/en/api/"


def test_where_a_header_names_the_beginning_nothing_is_kept(client: Client) -> None:
    open_posting()
    assert client.get("/api/nav/v1/feed").headers["Cache-Control"] == "no-store"


def test_a_feed_says_no_day_of_change(client: Client) -> None:
    """That of the newest posting says nothing of one that was closed since."""
    open_posting()
    answer = client.get("/sv/postings/feed/")
    assert "Last-Modified" not in answer.headers
