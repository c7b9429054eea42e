"""Our own form of the API: what it holds and what it never does, its errors, its limits, and what may be kept."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from employers.states import PostingState
from taxonomy.models import Need
from tests.factories.employers import PostingFactory
from tests.factories.public import heard, open_posting

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LIST = "/api/v1/postings"


def test_the_list_holds_what_the_public_page_shows_and_no_person(client: Client) -> None:
    need = Need.objects.create(code="sens.quiet", group="sens", position=1, label_sv="Tyst", label_nb="Stille", label_en="Quiet")
    given = {"answer": "yes", "lead": "", "how": "Eget rum", "evidence": "visited", "at": "2026-11-01"}
    posting = open_posting(title="Växthus", offers={need.code: given}, contact_phone="070-174 06 05", contact_email="anna@example.org")
    open_posting(title="Annan", kind="job")
    answer = client.get(f"{LIST}?q=växthus&offer=sens.quiet")
    (one,) = answer.json()["postings"]
    assert (one["id"], one["title"], one["url"]) == (str(posting.pk), "Växthus", f"http://testserver/sv/postings/{posting.pk}/")
    assert one["offers"] == [{"need": "sens.quiet", "answer": "yes", "how": "Eget rum", "evidence": "visited"}]
    for word in ("Anna Berg", "070-174", "anna@example.org", "Förnamn"):
        assert word not in answer.content.decode()


def test_pages_follow_each_other(client: Client) -> None:
    for n in range(5):
        open_posting(title=f"Plats {n}")
    seen, address = [], f"{LIST}?per_page=2&kind=trial"
    while address:
        body = client.get(address).json()
        seen += [one["title"] for one in body["postings"]]
        address = body["next"]
    assert sorted(seen) == [f"Plats {n}" for n in range(5)]
    assert "next" in client.get(f"{LIST}?per_page=2").headers["Link"]
    assert client.get(f"{LIST}?page=9").json()["postings"] == []


def test_a_closed_posting_answers_410_without_its_words(client: Client) -> None:
    posting = open_posting(title="Hemlig rubrik")
    assert client.get(f"{LIST}/{posting.pk}").json()["title"] == "Hemlig rubrik"
    heard(posting, PostingState.FILLED)
    answer = client.get(f"{LIST}/{posting.pk}")
    assert (answer.status_code, answer.json()["id"]) == (410, str(posting.pk))
    assert "Hemlig" not in answer.content.decode()


def test_a_draft_and_nothing_at_all_answer_alike(client: Client) -> None:
    answers = [client.get(f"{LIST}/{pk}") for pk in (PostingFactory().pk, uuid4())]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/nothing/at/all", 404),
        ("get", f"{LIST}/not-an-id", 404),
        *(("post", one, 405) for one in (LIST, "/api/", "/api/openapi.json", "/api/jobtech/search")),
        ("delete", f"{LIST}/96736aee-da48-4fb6-9e55-2f4a88ceec81", 405),
        ("get", f"{LIST}?hours_from=many", 422),
        ("get", f"{LIST}?kind=slavery", 422),
        ("get", f"{LIST}?place=Atlantis", 404),
        ("get", f"{LIST}?q=%00", 422),
        ("get", f"{LIST}?page=0", 422),
        ("get", "/api/v1/places", 422),
        ("get", f"{LIST}?" + "&".join(f"a{n}=1" for n in range(1_100)), 400),
    ],
)
def test_every_refusal_is_a_problem(method: str, address: str, status: int) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_is_a_problem_without_its_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("search.api.own.queries.ordered", breaks)
    answer = client.get(LIST)
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert "secret" not in answer.content.decode()


def test_case_80_whoever_asks_too_often_waits(client: Client, settings: Any, frozen: time_machine.Traveller) -> None:
    settings.READS_A_MINUTE = {"api": 2}
    assert [client.get("/api/v1/needs").status_code for _ in range(3)] == [200, 200, 429]
    frozen.shift(20)
    refused = client.get("/api/v1/needs")
    assert (refused.headers["Retry-After"], refused.headers["Content-Type"]) == ("40", "application/problem+json")
    assert client.get("/api/v1/needs", REMOTE_ADDR="192.0.2.7").status_code == 200
    frozen.shift(40)
    assert client.get("/api/v1/needs").status_code == 200


def test_case_80_a_household_of_addresses_counts_as_one(client: Client, settings: Any, frozen: time_machine.Traveller) -> None:
    settings.READS_A_MINUTE = {"api": 1}
    asked = [client.get("/api/v1/needs", REMOTE_ADDR=f"2001:db8:1:{home}::{n}").status_code for home, n in ((1, 1), (1, 2), (2, 1))]
    assert asked == [200, 429, 200]


def test_case_80_addresses_in_the_longer_form_are_no_household(client: Client, settings: Any, frozen: time_machine.Traveller) -> None:
    settings.READS_A_MINUTE = {"api": 1}
    asked = [client.get("/api/v1/needs", REMOTE_ADDR=one).status_code for one in ("::ffff:192.0.2.1", "::ffff:192.0.2.2", "192.0.2.1")]
    assert asked == [200, 200, 429]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    posting = open_posting(title="Ett")
    for address in (LIST, f"{LIST}/{posting.pk}", "/api/v1/needs", "/api/openapi.json"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers["Access-Control-Allow-Origin"]) == (304, b"", "*")
        assert first.headers["Cache-Control"] == "public, max-age=60"
    one = client.get(f"{LIST}/{posting.pk}")
    assert client.get(f"{LIST}/{posting.pk}", headers={"If-Modified-Since": one.headers["Last-Modified"]}).status_code == 304
    posting.title = "Två"
    posting.save()
    assert client.get(LIST, headers={"If-None-Match": client.get(LIST).headers["ETag"] + "x"}).status_code == 200
    assert client.get(f"{LIST}/{posting.pk}", headers={"If-None-Match": one.headers["ETag"]}).json()["title"] == "Två"


def test_pages_of_other_sites_may_read_and_nobody_gets_a_cookie(client: Client) -> None:
    asked = client.options(LIST, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    answer = client.get(LIST, headers={"Origin": "https://example.org"})
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    head = client.head(LIST)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


def test_places_are_found_as_on_the_page(client: Client) -> None:
    posting = open_posting()
    assert posting.workplace
    assert [one["name"] for one in client.get("/api/v1/places?q=borå").json()] == ["Borås"]
    assert client.get(f"{LIST}?place=boras&km=5").json()["total"] == 1


def test_the_contract_is_openapi_3_1_and_names_every_address(client: Client) -> None:
    contract = client.get("/api/openapi.json").json()
    assert contract["openapi"].startswith("3.1")
    assert {"/api/v1/postings", "/api/v1/postings/{posting_id}", "/api/v1/needs", "/api/v1/places"} <= set(contract["paths"])
    page = client.get("/api/", follow=True)
    assert page.redirect_chain == [("/sv/api/", 302)]
    assert all(where in page.content.decode() for where in contract["paths"])


def test_more_postings_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for more in (3, 20):
        for _ in range(more):
            open_posting()
        with django_assert_max_num_queries(20) as counted:
            client.get(f"{LIST}?per_page=100")
        counts.append(len(counted))
    assert counts[0] == counts[1]
