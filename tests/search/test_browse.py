"""Browsing without an account: the list with its filters, one posting, the feed, and what never happens."""

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from employers.models import Employer, Posting
from employers.states import PostingState
from search import index, queries
from taxonomy.models import Concept, Need
from taxonomy.queries import folded
from tests.factories.employers import PlaceFactory, PostingFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
LIST = "/sv/postings/"
GIVEN = {"answer": "yes", "lead": "", "how": "", "evidence": "declared", "at": "2026-11-01"}


def open_posting(**fields: Any) -> Posting:
    """A published posting that is in the index."""
    posting: Posting = PostingFactory(published=True, **fields)
    index.put(posting.pk)
    return posting


@pytest.fixture
def quiet() -> Need:
    return Need.objects.create(
        code="sens.quiet",
        group="sens",
        position=1,
        label_sv="En tyst arbetsmiljö",
        label_nb="Et stille arbeidsmiljø",
        label_en="Quiet",
        common=1,
    )


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return [posting.title for posting in answer.context["found"]]


def at(name: str, latitude: float, longitude: float) -> Any:
    place = PlaceFactory(name=name, folded=folded(name), municipality_code=name[:4], latitude=latitude, longitude=longitude)
    return WorkplaceFactory(place=place)


def test_only_open_postings_are_listed(client: Client) -> None:
    open_posting(title="Öppen")
    PostingFactory(title="Utkast")
    closed = open_posting(title="Stängd")
    closed.status.state = PostingState.FILLED
    closed.status.save()
    assert titles(client) == ["Öppen"]


@pytest.mark.parametrize("words", ["växthus", "VAXTHUS", "växthusen", "odla växter", "odling"])
def test_words_are_found_in_their_forms(client: Client, words: str) -> None:
    open_posting(title="Odla växter i växthus", tasks="Vi odlar tomater.")
    open_posting(title="Diska på lunchen", tasks="Köket är litet.")
    assert titles(client, f"?q={words}") == ["Odla växter i växthus"]


def test_norwegian_and_english_words_are_found(client: Client) -> None:
    open_posting(title="Rydde i hyllene", tasks="Sette frem brød og grønnsaker.", language="nb")
    open_posting(title="Baking bread", tasks="Early mornings.", language="en")
    assert titles(client, "?q=gronnsak") == ["Rydde i hyllene"]
    assert titles(client, "?q=brød") == ["Rydde i hyllene"]
    assert titles(client, "?q=bake") == ["Baking bread"]


def test_all_words_are_asked_for(client: Client) -> None:
    open_posting(title="Köksbiträde", tasks="Lunch.")
    open_posting(title="Vaktmästare", tasks="Lunch i köket ibland.")
    assert titles(client, "?q=lunch+vaktmästare") == ["Vaktmästare"]


def test_filters_narrow_and_can_be_taken_away(client: Client, quiet: Need) -> None:
    open_posting(title="Tyst", offers={quiet.code: GIVEN}, kind="job")
    open_posting(title="Bullrig")
    answer = client.get(f"{LIST}?offer={quiet.code}&kind=job")
    assert [posting.title for posting in answer.context["found"]] == ["Tyst"]
    page = answer.content.decode()
    assert f'href="?offer={quiet.code}"' in page
    assert 'href="?kind=job"' in page
    assert "<title>1 plats – Ingång</title>" in " ".join(page.split())


def test_a_no_and_a_dont_know_are_no_offers(client: Client, quiet: Need) -> None:
    open_posting(offers={quiet.code: {**GIVEN, "answer": "no"}})
    open_posting(offers={quiet.code: {**GIVEN, "answer": "unknown"}})
    open_posting(title="Kan", offers={quiet.code: {**GIVEN, "answer": "can"}})
    assert titles(client, f"?offer={quiet.code}") == ["Kan"]


def test_hours_level_licence_start_and_field(client: Client) -> None:
    occupation = Concept.objects.create(key="gardener", kind="occupation", isco="6113")
    open_posting(
        title="A", hours_min=10, hours_max=20, language_level="B1", licences=["B"], starts_on=date(2027, 2, 1), occupation=occupation
    )
    open_posting(title="B", hours_min=30, hours_max=40, language_level="", starts_on=None)
    assert titles(client, "?hours_to=25") == ["A"]
    assert titles(client, "?hours_from=25") == ["B"]
    assert titles(client, "?level=A2") == ["B"]
    assert set(titles(client, "?level=B1")) == {"A", "B"}
    assert titles(client, "?no_licence=1") == ["B"]
    assert titles(client, "?start=2027-01-01") == ["B"]
    assert titles(client, "?field=61") == ["A"]


def test_place_and_distance(client: Client) -> None:
    open_posting(title="Borås", workplace=at("Borås", 57.721, 12.94))
    open_posting(title="Kinna", workplace=at("Kinna", 57.507, 12.694))  # 28 km
    open_posting(title="Oslo", workplace=at("Oslo", 59.913, 10.752))
    assert titles(client, "?place=boras&km=10") == ["Borås"]
    assert titles(client, "?place=Borås&km=30&sort=nearest") == ["Borås", "Kinna"]
    assert titles(client, "?place=Kinna&km=30&sort=nearest") == ["Kinna", "Borås"]


def test_an_unknown_place_is_said_at_the_field(client: Client) -> None:
    open_posting(title="Borås")
    page = client.get(f"{LIST}?place=Atlantis").content.decode()
    assert 'aria-describedby="f-place-e"' in page
    assert 'value="Atlantis"' in page


def test_a_hit_is_checked_against_the_database(client: Client) -> None:
    posting = open_posting(title="Nyss stängd")
    posting.status.state = PostingState.PAUSED
    posting.status.save()
    assert queries.fetch([posting.pk]) == []
    assert titles(client, "?q=stängd") == []


def test_htmx_gets_the_results_alone_and_a_whole_page_on_the_way_back(client: Client) -> None:
    open_posting()
    piece = client.get(LIST, headers={"HX-Request": "true"})
    assert b"<html" not in piece.content
    assert b'id="results"' in piece.content
    assert "HX-Request" in piece.headers["Vary"]
    back = client.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in back.content


def test_nothing_of_a_visitor_is_kept(client: Client, quiet: Need) -> None:
    posting = open_posting()
    for path in (f"{LIST}?q=hemligt&offer={quiet.code}", f"{LIST}{posting.pk}/", "/sv/", f"{LIST}feed/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path


def test_a_posting_says_what_the_workplace_answered(client: Client, quiet: Need) -> None:
    posting = open_posting(title="Växthus", offers={quiet.code: {**GIVEN, "how": "Inte i hus tre", "evidence": "visited"}})
    page = client.get(f"{LIST}{posting.pk}/").content.decode()
    for words in ("En tyst arbetsmiljö", "Ordnat", "Inte i hus tre", "svarat på 1 av 1 frågor", f"/sv/postings/{posting.pk}/interest/"):
        assert words in page
    assert "ld+json" not in page


def test_case_55_a_job_carries_data_that_cannot_leave_its_element(client: Client) -> None:
    evil = "</script><script>alert(1)</script>"
    posting = open_posting(kind="job", title=f"Kock {evil}", tasks=evil)
    page = client.get(f"{LIST}{posting.pk}/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    assert json.loads(found.group(1))["title"] == f"Kock {evil}"
    assert "<script>alert" not in page


def test_a_closed_posting_answers_410_with_others_like_it(client: Client) -> None:
    other = open_posting(title="Liknande")
    gone = open_posting(title="Borta")
    gone.status.state = PostingState.FILLED
    gone.status.save()
    answer = client.get(f"{LIST}{gone.pk}/")
    assert answer.status_code == 410
    assert [one.pk for one in answer.context["similar"]] == [other.pk]
    assert "Borta" not in answer.content.decode()


def test_like_it_are_near_ones_in_the_same_country_that_ask_for_the_same(client: Client) -> None:
    gardener = Concept.objects.create(key="g", kind="occupation", isco="6113")
    asks: Any = {"occupation": gardener, "skills": [{"key": "dig", "importance": "must"}]}
    shown = open_posting(title="Denna", workplace=at("Borås", 57.721, 12.94), **asks)
    open_posting(title="Långt", workplace=at("Malmö", 55.6, 13.0), **asks)
    open_posting(title="Nära", workplace=at("Kinna", 57.507, 12.694), occupation=gardener)
    open_posting(title="Nära och lik", workplace=at("Fritsla", 57.556, 12.78), **asks)
    open_posting(title="Annan sak", workplace=at("Viskafors", 57.63, 12.85))
    abroad = open_posting(title="Utomlands", workplace=at("Halden", 59.12, 11.39), **asks)
    Employer.objects.filter(pk=abroad.employer_id).update(country="NO")
    similar = client.get(f"{LIST}{shown.pk}/").context["similar"]
    assert [one.title for one in similar] == ["Nära och lik", "Nära", "Långt"]


def test_a_button_that_needs_the_script_is_hidden_until_it_runs(client: Client) -> None:
    page = client.get(f"{LIST}{open_posting().pk}/").content.decode()
    assert re.search(r"<button[^>]* data-print hidden>", page)
    assert "print.js" in page
    assert "print.js" not in client.get(LIST).content.decode()


def test_a_draft_and_nothing_at_all_are_the_same_404(client: Client) -> None:
    draft = PostingFactory(title="Utkast")
    answers = [client.get(f"{LIST}{pk}/") for pk in (draft.pk, uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    bodies = [one.content.decode().replace(str(pk), "ID") for one, pk in zip(answers, (draft.pk, uuid4()), strict=True)]
    assert re.sub(r"[0-9a-f-]{36}", "ID", bodies[0]) == re.sub(r"[0-9a-f-]{36}", "ID", bodies[1])


def test_case_55_the_feed_is_text_and_forgets_what_is_closed(client: Client) -> None:
    kept = open_posting(title="Kvar \x0b", tasks="<script>alert(1)</script>")
    gone = open_posting(title="Borta")
    gone.status.state = PostingState.EXPIRED
    gone.status.save()
    answer = client.get(f"{LIST}feed/?q=kvar")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = answer.content.decode()
    assert f"/sv/postings/{kept.pk}/" in feed
    assert "Borta" not in feed
    assert "&amp;lt;script&amp;gt;" in feed


@pytest.mark.parametrize("page", ["/sv/", LIST, f"{LIST}?q=praktik&place=Borås&sort=nearest", f"{LIST}feed/"])
def test_queries_do_not_grow_with_rows(client: Client, page: str, django_assert_max_num_queries: Any) -> None:
    counts = []
    for more in (10, 190):
        workplaces = [WorkplaceFactory() for _ in range(3)]
        for n in range(more):
            open_posting(workplace=workplaces[n % 3])
        client.get(page)  # fills the cache of labels
        with django_assert_max_num_queries(40) as counted:
            client.get(page)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_posting_with_every_answer_costs_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    for n in range(60):
        Need.objects.create(code=f"time.n{n}", group="time", position=n, label_sv="x", label_nb="x", label_en="x")
    full = open_posting(offers={f"time.n{n}": GIVEN for n in range(60)})
    bare = open_posting(offers={"time.n1": GIVEN})
    client.get(f"{LIST}{bare.pk}/")
    counts = []
    for posting in (full, bare):
        with django_assert_max_num_queries(30) as counted:
            client.get(f"{LIST}{posting.pk}/")
        counts.append(len(counted))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("language", "chip"), [("sv", "”odla”"), ("nb", "«odla»"), ("en", "“odla”")])
def test_the_chip_of_the_words_stands_in_the_signs_of_the_language(client: Client, language: str, chip: str) -> None:
    assert f">{chip}</a>" in client.get(f"/{language}/postings/?q=odla").content.decode()
