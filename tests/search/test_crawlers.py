"""What crawlers look for: the sitemap with its languages, robots.txt, security.txt."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from content import actions
from content.letters import LEAVE, link
from content.models import GuidancePage, NewsPage
from employers.states import PostingState
from search.api import crawlers
from tests.factories.content import write
from tests.factories.employers import PostingFactory
from tests.factories.public import heard, open_posting
from tests.portal.test_access import addresses

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">')
LINK = "{http://www.w3.org/1999/xhtml}link"


def entries(client: Client, address: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """Each address with its alternates by language."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
    return {
        str(one.findtext(f"{MAP}loc")): {link.attrib["hreflang"]: link.attrib["href"] for link in one.iter(LINK)}
        for one in tree.iter(f"{MAP}url")
    }


def test_open_postings_and_public_pages_stand_there_in_every_language(client: Client) -> None:
    posting, closed, draft = open_posting(), open_posting(), PostingFactory()
    heard(closed, PostingState.EXPIRED)
    found = entries(client)
    address = f"http://testserver/{{}}/postings/{posting.pk}/"
    own = {code: address.format(code) for code, _ in configured.LANGUAGES}
    for one in own.values():
        assert found[one] == own
    assert "http://testserver/nb/help/privacy/" in found
    assert str(closed.pk) not in str(found)
    assert str(draft.pk) not in str(found)
    assert "<lastmod>2026-11-24T" in client.get("/sitemap.xml").content.decode()


def test_what_editors_have_published_stands_there_in_the_languages_that_it_has(client: Client) -> None:
    news = write(NewsPage, "Växthuset öppnar", slug="vaxthuset")
    twin = actions.translate(news, "nb", values={"slug": "drivhuset"})
    twin.publish(twin.save_revision())
    write(GuidancePage, "Utkast", slug="utkast", live=False)
    found = entries(client)
    own = {"sv": "http://testserver/sv/news/vaxthuset/", "nb": "http://testserver/nb/news/drivhuset/"}
    assert found[own["sv"]] == found[own["nb"]] == own
    assert found["http://testserver/sv/news/"].keys() == {"sv", "nb"}, "in English there is nothing in it"
    assert not any("guidance" in address for address in found)


def test_every_public_page_names_itself_in_the_other_languages(client: Client) -> None:
    posting, news = open_posting(), write(NewsPage, "Växthuset öppnar", slug="vaxthuset")
    twin = actions.translate(news, "nb", values={"slug": "drivhuset"})
    twin.publish(twin.save_revision())
    found = entries(client)
    for address in ("/sv/", f"/nb/postings/{posting.pk}/", "/sv/news/vaxthuset/", "/nb/news/drivhuset/", "/en/help/privacy/"):
        page = client.get(address).content.decode()
        assert dict(ALTERNATE.findall(page)) == found[f"http://testserver{address}"], address
    secret = link("newsletter_leave", "sv", LEAVE.sign(str(uuid4()))).removeprefix("http://testserver")
    for address in ("/sv/postings/?q=lager", "/sv/news/nothing/", secret):
        assert ALTERNATE.findall(client.get(address).content.decode()) == [], address


def test_every_address_in_it_answers_and_needs_no_account(client: Client) -> None:
    open_posting()
    write(NewsPage, "Växthuset öppnar", slug="vaxthuset")
    for address in entries(client):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_long_one_is_an_index_of_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "MOST", 10)
    for one in (crawlers.Pages, crawlers.Postings):  # ten is no whole number of postings in three languages
        monkeypatch.setattr(one, "limit", 10)
    postings = [open_posting() for _ in range(4)]
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own)
    files = [str(one.text).removeprefix("http://testserver") for one in tree.iter(f"{MAP}loc")]
    assert {"/sitemap-pages.xml", "/sitemap-postings.xml", "/sitemap-postings.xml?p=2"} <= set(files)
    found = {address for file in files for address in entries(client, file)}
    assert len([one for one in found if re.search("postings/.", one)]) == 3 * len(postings)
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_more_postings_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for more in (2, 10):
        for _ in range(more):
            open_posting()
        with django_assert_max_num_queries(8) as counted:
            client.get("/sitemap.xml")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_robots_keep_out_of_every_page_that_wants_an_account(client: Client, settings: Any) -> None:
    text = client.get("/robots.txt").content.decode()
    rules = [re.compile(one.replace("*", "[^?]*").replace("?", r"\?")) for one in re.findall(r"Disallow: (\S+)", text)]
    wanted = [route for route, one in addresses() if not {"anyone"} & set(one.callback.roles)]
    assert len(wanted) > 50
    assert [route for route in wanted if not any(rule.match(f"/{route.replace('^', '')}") for rule in rules)] == []
    for page in crawlers.PAGES:
        assert not any(rule.match(reverse(page)) for rule in rules), page
    assert "Sitemap: http://testserver/sitemap.xml" in text
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_security_txt_names_a_contact_and_ends_within_a_year(client: Client, settings: Any, frozen: time_machine.Traveller) -> None:
    def read() -> dict[str, str]:
        answer = client.get("/.well-known/security.txt")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    fields = read()
    assert fields["Contact"] == "http://testserver/en/help/contact/"
    assert datetime.fromisoformat(fields["Expires"]) == datetime.fromisoformat("2027-05-23T00:00:00Z")
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    assert read()["Contact"] == "mailto:security@example.org"
    settings.SECURITY_CONTACT = "security@example.org"
    assert read()["Contact"] == "mailto:security@example.org", "a contact has to be a URI"
