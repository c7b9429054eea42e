"""Following the feeds of others: what changes, what is removed, and everything that may be wrong with a feed."""

import io
import json
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from audit.models import Event
from employers.models import Employer, Posting
from search.actions import following, reader
from search.models import FeedAd, FeedCursor
from tests.factories.accounts import UserFactory
from tests.factories.employers import employer_member
from tests.search.board import Board, Sync, jobtech, nav_ad, nav_item, nav_page, opened, said, titles

pytestmark = pytest.mark.django_db


def test_what_is_removed_is_forgotten_contact_details_first(
    board: Board, sync: Sync, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.pages["/snapshot"] = said([jobtech(1, salary_description="30 000")])
    sync()
    Posting.objects.update(contact_name="Anna Berg", contact_phone="070-174 06 05", contact_email="anna@example.org")
    posting = Posting.objects.get()
    posting.save_revision(clean=False)
    board.pages["/stream"] = said([{"id": "1", "removed": True}])

    def killed(*_: Any, **__: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("employers.actions.feeds.move", killed)
        with pytest.raises(SystemExit):
            sync()
    posting = Posting.objects.get()
    assert (posting.contact_name, posting.contact_phone, posting.contact_email, posting.revisions.count()) == ("", "", "", 0)
    assert "1 removed" in sync()
    posting = Posting.objects.get()
    assert (posting.status.state, posting.tasks, posting.pay) == ("expired", "", "")
    assert client.get(f"/sv/postings/{posting.pk}/").status_code == 410
    assert Event.objects.filter(what="posting_removed_by_source", why="jobtech").count() == 1


def test_what_is_removed_while_a_snapshot_is_read_is_removed_here(
    board: Board, sync: Sync, frozen: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot may take several runs, and what is missing from the last one only the stream from the time of the first tells."""
    board.pages["/snapshot"] = [said([jobtech(1), jobtech(2)]), said([jobtech(2)])]
    take_in = following.actions.take_in

    def killed(ad: Any, *given: Any, **named: Any) -> Any:
        if ad.source_id == "2":
            raise SystemExit
        return take_in(ad, *given, **named)

    began = timezone.localtime()
    with monkeypatch.context() as patched:
        patched.setattr(following.actions, "take_in", killed)
        with pytest.raises(SystemExit):
            sync()
    frozen.shift(5 * 3600)
    sync()
    assert titles() == {"Plats 1", "Plats 2"}
    board.pages["/stream"] = said([{"id": "1", "removed": True}])
    sync()
    assert board.asked[-1] < f"/stream?date={began:%Y-%m-%dT%H:%M:%S}"
    assert titles() == {"Plats 2"}


def test_who_begins_again_hears_of_what_was_removed_before(board: Board, sync: Sync, frozen: time_machine.Traveller) -> None:
    board.pages["/snapshot"] = [said([jobtech(1), jobtech(2)]), said([jobtech(2)])]
    sync()
    frozen.shift(5 * 3600)
    page = FeedCursor.objects.get().page
    board.pages["/stream"] = said([{"id": "1", "removed": True}])
    sync(again=True)
    sync()
    assert board.asked == ["/snapshot", "/snapshot", f"/stream?date={page}"]
    assert titles() == {"Plats 2"}


def test_a_draft_that_is_removed_is_gone(board: Board, sync: Sync) -> None:
    board.pages["/snapshot"] = said([jobtech(1)])
    sync(wanted="DRAFT")
    assert titles() == set()
    board.pages["/stream"] = said([{"id": "1", "removed": True}, {"id": "2", "removed": True}])
    assert sync().strip().splitlines()[-1] == "1 gone before they came, 1 removed"
    assert not Posting.objects.exists()


def test_an_ad_that_comes_back_is_open_again(board: Board, sync: Sync) -> None:
    board.pages["/snapshot"] = said([jobtech(1)])
    sync()
    board.pages["/stream"] = [said([{"id": "1", "removed": True}]), said([jobtech(1)])]
    sync()
    assert titles() == set()
    assert "1 changed" in sync()
    assert titles() == {"Plats 1"}
    assert Posting.objects.get().tasks == "Plocka varor."


def test_an_ad_whose_last_day_has_passed_does_not_stay(board: Board, sync: Sync) -> None:
    board.pages["/snapshot"] = said([jobtech(1)])
    sync()
    board.pages["/stream"] = said([jobtech(1, application_deadline="2020-01-01T00:00:00"), jobtech(2, application_deadline="2020-01-01")])
    assert sync().splitlines()[-1] == "1 gone before they came, 1 removed"
    assert titles() == set()


def test_a_second_run_changes_nothing(board: Board, sync: Sync) -> None:
    board.pages["/snapshot"] = said([jobtech(n) for n in range(5)])
    sync()
    before = list(Posting.objects.order_by("pk").values())
    assert sync(again=True).strip() == "nothing new"
    FeedAd.objects.all().delete()
    assert "5 unchanged" in sync(again=True)
    assert list(Posting.objects.order_by("pk").values()) == before
    assert Employer.objects.count() == 1


def test_broken_items_are_said_and_the_rest_goes_on(board: Board, sync: Sync) -> None:
    broken: list[Any] = [None, 7, "x", [], {}, {"id": "9"}, {"id": "8", "headline": ""}, jobtech(3, description=[1], employer="?")]
    board.pages["/snapshot"] = said([jobtech(1), *broken, jobtech(2)])
    out = sync()
    assert out.splitlines()[-1] == "3 created, 7 refused"
    assert titles() == {"Plats 1", "Plats 2", "Plats 3"}


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"7", b'{"hits": 1}', b"[" * 100_000])
def test_a_broken_delivery_stops_the_run_and_moves_nothing(board: Board, sync: Sync, body: bytes) -> None:
    board.pages["/snapshot"] = said([jobtech(1)])
    sync()
    page = FeedCursor.objects.get().page
    board.pages["/stream"] = [said(body), said([jobtech(2)])]
    assert "1 broken" in sync(whole=False)
    assert FeedCursor.objects.get().page == page
    assert "1 created" in sync()


def test_trouble_is_tried_again_with_longer_pauses(board: Board, sync: Sync, paused: list[float]) -> None:
    board.pages["/snapshot"] = [said({}, 503), said({}, 429, Retry_After="7"), said(b"", 500), said([jobtech(1)])]
    assert "1 created" in sync()
    assert paused == [0, 2, 7, 4, 0, 8]
    board.pages["/stream"] = said({}, 502)
    assert "tried 4 times: it answers 502" in sync(whole=False)


def test_an_answer_that_breaks_off_is_tried_again(board: Board, sync: Sync) -> None:
    whole = json.dumps([jobtech(1)]).encode()
    board.pages["/snapshot"] = [said(whole[:50], Content_Length=str(len(whole)), Connection="close"), said(whole)]
    assert "1 created" in sync()


def test_navs_ads_that_cannot_be_fetched_are_put_off(board: Board, sync: Sync) -> None:
    board.pages["/feed"] = said(nav_page(1, [nav_item("a"), nav_item("b"), nav_item("c"), nav_item("d")]))
    board.pages["/api/v1/feed/1"] = board.pages["/feed"]
    board.pages["/api/v1/feedentry/a"] = said(nav_ad("a", "A"))
    board.pages["/api/v1/feedentry/b"] = [*[said({}, 500)] * 4, said(nav_ad("b", "B"))]
    board.pages["/api/v1/feedentry/c"] = said(nav_ad("c", status="INACTIVE"))
    out = sync("/feed", "nav")
    assert out.splitlines()[-1] == "1 created, 2 gone before they came, 1 put off"
    assert FeedCursor.objects.get().owed == [["b", "2026-11-01T10:00:00.000000+00:00", "/api/v1/feedentry/b"]]
    assert sync("/feed", "nav").splitlines()[-1] == "1 created"
    assert FeedCursor.objects.get().owed == []
    assert titles() == {"A", "B"}


def test_a_host_that_is_down_is_left_in_peace(board: Board, sync: Sync) -> None:
    board.pages["/feed"] = said(nav_page(1, [nav_item(f"a{n}") for n in range(20)]))
    for n in range(20):
        board.pages[f"/api/v1/feedentry/a{n}"] = said({}, 500)
    assert "5 ads in a row" in sync("/feed", "nav", whole=False)
    assert len(board.asked) == 1 + 5 * reader.TRIES


def test_a_run_that_is_killed_goes_on_where_it_was(board: Board, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    board.pages["/feed"] = said(nav_page(1, [nav_item("a"), nav_item("b")], following=True))
    board.pages["/api/v1/feed/2"] = said(nav_page(2, [nav_item("c"), nav_item("d")]))
    for name in "abcd":
        board.pages[f"/api/v1/feedentry/{name}"] = said(nav_ad(name, name))
    real, left = following.actions.take_in, iter([1, 1, 1])

    def killed_after_three(*given: Any, **named: Any) -> Any:
        if next(left, None) is None:
            raise SystemExit
        return real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(following.actions, "take_in", killed_after_three)
        with pytest.raises(SystemExit):
            sync("/feed", "nav")
    assert titles() == {"a", "b", "c"}
    board.asked.clear()
    assert sync("/feed", "nav").splitlines()[-1] == "1 created"
    assert board.asked == ["/api/v1/feed/2", "/api/v1/feedentry/d"]


def test_what_stays_away_is_remembered_once(board: Board, sync: Sync) -> None:
    names = "abcdef"
    board.pages["/feed"] = board.pages["/api/v1/feed/1"] = said(nav_page(1, [nav_item(one) for one in names]))
    for one in names:
        board.pages[f"/api/v1/feedentry/{one}"] = said({}, 500)
    for _ in range(3):
        sync("/feed", "nav", whole=False)
    owed = [one[0] for one in FeedCursor.objects.get().owed]
    assert sorted(owed) == sorted(set(owed))


def test_more_than_can_be_remembered_is_read_again(board: Board, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_OWED", 1)
    board.pages["/feed"] = board.pages["/api/v1/feed/1"] = said(nav_page(1, [nav_item(one) for one in "ab"]))
    for one in "ab":
        board.pages[f"/api/v1/feedentry/{one}"] = [*[said({}, 500)] * 4, said(nav_ad(one, one))]
    assert "1 ads have been put off already" in sync("/feed", "nav", whole=False)
    sync("/feed", "nav")
    assert titles() == {"a", "b"}


def test_pages_that_lead_in_a_circle_end(board: Board, sync: Sync) -> None:
    board.pages["/feed"] = said({**nav_page(1, []), "next_url": "/feed/2"})
    board.pages["/feed/2"] = said({**nav_page(2, [None, {"id": 1}]), "next_url": "/feed"})
    out = sync("/feed", "nav", whole=False)
    assert "circle" in out
    assert "2 refused" in out


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/feed", "gopher://x", "//host/feed", "http://user:pass@host/", "feed"]
)
def test_case_57_only_http_is_read(url: str) -> None:
    with pytest.raises(CommandError, match="http"):
        call_command("sync_feed", url, form="nav", stdout=io.StringIO())
    assert not FeedCursor.objects.exists()


def test_case_57_no_address_in_a_feed_leads_elsewhere(board: Board, sync: Sync) -> None:
    with opened() as inside:
        inside.pages["/secret"] = said(nav_ad("x"))
        item = {**nav_item("a"), "url": f"{inside.url}/secret"}
        board.pages["/feed"] = said({**nav_page(1, [item]), "next_url": f"{inside.url}/secret"})
        assert "another host" in sync("/feed", "nav", whole=False)
        board.pages["/moved"] = said({}, 302, Location=f"{inside.url}/secret")
        assert "it answers 302" in sync("/moved", "nav", whole=False)
        assert inside.asked == []


def test_what_the_employer_has_taken_over_is_theirs(board: Board, sync: Sync) -> None:
    board.pages["/snapshot"] = said([jobtech(1), jobtech(2)])
    sync()
    posting = Posting.objects.get(source_id="1")
    posting.save_revision(user=employer_member(posting.employer).user, clean=False)
    Posting.objects.get(source_id="2").save_revision(user=UserFactory(), clean=False)  # an editor is not the employer
    board.pages["/stream"] = [said([jobtech(n, headline="Nytt") for n in (1, 2)]), said([{"id": str(n), "removed": True} for n in (1, 2)])]
    assert "1 changed, 1 left as it is" in sync()
    sync()
    assert titles() == {"Plats 1"}


def test_a_key_goes_to_the_feed_and_nowhere_else(board: Board, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEED_TOKEN", "a secret key")
    seen: list[str] = []
    board.pages["/feed"] = lambda headers: (seen.append(headers["Authorization"]), said(nav_page(1, [])))[1]
    assert "secret" not in sync("/feed", "nav")
    assert seen == ["Bearer a secret key"]
