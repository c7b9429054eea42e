"""Query strings, headers and languages that nobody means well with: a page, a redirect or a plain refusal, never a fault."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import index, queries
from search.queries import Filters
from tests.factories.employers import PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LIST = "/sv/postings/"
QUERIES = [
    *("page=0", "page=-1", "page=1000000000", "page=%D9%A3", "page=abc", "page=1&page=2&page=3"),
    *(
        "q=%22",
        "q=%27%3B%20DROP%20TABLE",
        "q=*",
        "q=%25",
        "q=NEAR(a%20b)",
        "q=AND%20OR%20NOT",
        "q=%00",
        "q=(((((",
        "q=a%3A*",
        "q=%EF%BF%BF",
    ),
    *("kind=job&kind=job&kind=nope", "offer=%00", "offer=nope", "offer=sens.quiet%27", "field=%00", "field=999999999999999", "level=Z9"),
    *("km=-5", "km=1e309", "km=NaN", "km=%D9%A3", "km=99999999999999999999", "hours_from=1e9", "hours_to=-1", "start=0001-01-01"),
    *("start=9999-12-31", "start=2026-02-30", "place=%00", "place=%25", "sort=email", "sort=-pk", "no_licence=yes", "unknown=1"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_case_67_query_strings(client: Client, query: str) -> None:
    posting = PostingFactory(published=True)
    index.put(posting.pk)
    for path in (LIST, f"{LIST}feed/"):
        assert client.get(f"{path}?{query}").status_code == 200, path


def test_case_67_five_thousand_parameters_are_refused_plainly(client: Client) -> None:
    assert client.get(LIST, {f"a{n}": "1" for n in range(5_000)}).status_code == 413


def test_case_67_a_very_long_question(client: Client) -> None:
    assert client.get(LIST, {"q": "växthus " * 500}).status_code == 200


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=60))
def test_case_67_any_text_may_be_asked_for(words: str) -> None:
    assert list(queries.ordered(Filters(q=words.replace("\0", "")))) == []


def test_case_68_a_spoofed_host_is_refused(client: Client) -> None:
    assert client.get(LIST, headers={"Host": "evil.example"}).status_code == 400
    told = client.get(f"{LIST}feed/", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in told.content


@pytest.mark.parametrize("wanted", ["", "*", "xx", "sv;q=abc", "nb-NO,nb;q=0.9", "a" * 5_000, "en\u00e9"])
def test_case_68_any_language_header_gives_a_page(client: Client, wanted: str) -> None:
    answer = client.get("/", headers={"Accept-Language": wanted.encode().decode("latin-1")})
    assert answer.status_code == 302
    assert answer.url in {"/sv/", "/nb/", "/en/"}  # type: ignore[attr-defined] # a redirect


def test_case_68_huge_and_broken_cookies(client: Client) -> None:
    answer = client.get(LIST, headers={"Cookie": "ingang_language=" + "x" * 8_000 + "; sessionid=../../etc; =;;"})
    assert answer.status_code == 200


def test_case_68_no_user_agent(client: Client) -> None:
    assert client.get(LIST).status_code == 200


def test_case_69_another_language_keeps_the_question(client: Client) -> None:
    page = client.get(f"{LIST}?q=bageri&kind=job").content.decode()
    assert 'href="/nb/postings/?q=bageri&amp;kind=job"' in page


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_case_69_every_public_page_in_every_language(client: Client, language: str) -> None:
    posting = PostingFactory(published=True, language="nb", title="Rydde i hyllene")
    index.put(posting.pk)
    for page in ("", "postings/", f"postings/{posting.pk}/", "help/", "help/matching/", "help/privacy/", "help/easy/"):
        answer = client.get(f"/{language}/{page}")
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in answer.content.decode()
    shown = client.get(f"/{language}/postings/{posting.pk}/").content.decode()
    assert '<h1 lang="nb">Rydde i hyllene</h1>' in shown
