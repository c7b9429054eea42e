"""Feeds that are followed by themselves: on their interval, one run at a time, later while they fail, told to an editor."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from employers.models import Posting
from search import tasks
from search.actions import feeds, follow_feed, following, reader
from search.models import Feed, FeedCursor
from tests.factories.accounts import MembershipFactory
from tests.portal.canary import browser
from tests.search.board import Board, jobtech, said, titles

pytestmark = pytest.mark.django_db


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def feed(board: Board, paused: list[float], frozen: time_machine.Traveller, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Feed:
    """Switched on by the command, due now; words are not linked."""
    settings.ENCODER = "/nowhere/at/all"
    monkeypatch.setenv("FEED_TOKEN", "a secret word")
    board.pages["/snapshot"] = said([jobtech(1), jobtech(2)])
    out = io.StringIO()
    call_command("sync_feed", f"{board.url}/stream", form="jobtech", wanted="PUBLISHED", every=20, stdout=out)
    assert "every 20 minutes" in out.getvalue()
    return Feed.objects.get()


@pytest.mark.usefixtures("eager_tasks")
def test_a_feed_is_followed_on_its_interval(feed: Feed, board: Board, frozen: time_machine.Traveller) -> None:
    tasks.follow_feeds()
    assert titles() == {"Plats 1", "Plats 2"}
    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.held_until, feed.told) == (0, "", None, "2 created")
    assert feed.next_at - timezone.now() == timedelta(minutes=20)
    board.pages["/stream"] = said([{"id": "1", "removed": True}])
    frozen.shift(19 * 60)
    tasks.follow_feeds()
    assert board.asked == ["/snapshot"], "it is not due yet"
    frozen.shift(60)
    tasks.follow_feeds()
    assert titles() == {"Plats 2"}


def test_the_key_is_sealed_and_goes_to_its_host(feed: Feed, board: Board) -> None:
    seen: list[str] = []

    def snapshot(headers: dict[str, str]) -> Any:
        seen.append(headers.get("Authorization", ""))
        return said([])

    board.pages["/snapshot"] = snapshot
    follow_feed(feed.pk, at=timezone.now())
    assert seen == ["Bearer a secret word"]
    assert not [one for one in Feed.objects.defer("token").values_list("url", "told", "problem") if "secret" in str(one)]


def test_one_run_at_a_time(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is on its way another does nothing; one that was killed holds its feed for a quarter of an hour."""
    inner: list[bool] = []

    def meanwhile(run: following.Run) -> bool:
        inner.append(follow_feed(feed.pk, at=timezone.now()))
        return True

    with monkeypatch.context() as patched:
        patched.setattr(following.Run, "follow", meanwhile)
        assert follow_feed(feed.pk, at=timezone.now())
    assert inner == [False]
    now = timezone.now()
    Feed.objects.update(next_at=now, held_until=now + feeds.HELD)
    assert not follow_feed(feed.pk, at=now)
    assert follow_feed(feed.pk, at=now + feeds.HELD + timedelta(seconds=1))


def test_while_it_fails_it_is_tried_more_and_more_seldom(feed: Feed, board: Board) -> None:
    board.pages["/snapshot"] = said("no list", 503)
    pauses = []
    for _ in range(8):
        Feed.objects.update(next_at=timezone.now())
        follow_feed(feed.pk, at=timezone.now())
        feed.refresh_from_db()
        pauses.append((feed.next_at - timezone.now()) // timedelta(minutes=1))
    assert pauses[:4] == [40, 80, 160, 320]
    assert pauses[-1] == 12 * 60
    assert (feed.failures, feed.problem) == (8, "tried 4 times: it answers 503")
    page = browser(MembershipFactory(editor=True)).get(reverse("feeds")).content.decode()
    assert "De senaste 8 försöken misslyckades" in page
    assert "it answers 503" in page
    board.pages["/snapshot"] = said([jobtech(1)])
    Feed.objects.update(next_at=timezone.now())
    follow_feed(feed.pk, at=timezone.now())
    feed.refresh_from_db()
    assert (feed.failures, feed.problem, feed.next_at - timezone.now()) == (0, "", timedelta(minutes=20))


def test_a_fault_of_ours_lets_go_of_the_feed_too(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(following.Run, "follow", breaks)
    with pytest.raises(ZeroDivisionError):
        follow_feed(feed.pk, at=timezone.now())
    feed.refresh_from_db()
    assert (feed.held_until, feed.failures, feed.problem) == (None, 1, "ZeroDivisionError")


def test_a_long_feed_goes_on_with_the_next_run(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other work waits in the same queue: after a while a run ends, nothing is wrong, and the feed is due again."""
    monkeypatch.setattr(feeds, "LONGEST", 0)
    follow_feed(feed.pk, at=timezone.now())
    feed.refresh_from_db()
    assert (titles(), feed.failures, feed.reached_at) == (set(), 0, None)
    assert Feed.objects.due(timezone.now()).exists()
    monkeypatch.undo()
    follow_feed(feed.pk, at=timezone.now())
    assert Posting.objects.count() == 2


def test_a_list_that_takes_long_to_come_is_not_fetched_for_nothing(feed: Feed, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of a run is counted from its first ad: else a snapshot of a whole country would be fetched every minute, and no ad read."""
    clock = Clock()
    monkeypatch.setattr(feeds, "time", clock)

    def snapshot(_: dict[str, str]) -> Any:
        clock.now += feeds.LONGEST + 1
        return said([jobtech(1), jobtech(2)])

    board.pages["/snapshot"] = snapshot
    follow_feed(feed.pk, at=timezone.now())
    assert titles() == {"Plats 1", "Plats 2"}


def test_what_is_owed_ends_with_the_run_too(feed: Feed, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    owed = [[str(n), "1", f"/ad/{n}"] for n in range(3)]
    FeedCursor.objects.create(url=feed.url, form="jobtech", owed=owed)
    monkeypatch.setattr(feeds, "LONGEST", 0)
    follow_feed(feed.pk, at=timezone.now())
    assert (board.asked, FeedCursor.objects.get().owed) == ([], owed)


def test_every_try_of_one_address_ends_before_another_run_may_begin(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(reader, "time", clock)

    def wait(_: float) -> None:
        clock.now += reader.WHOLE + 1

    board.pages["/slow"] = said("", 503)
    with pytest.raises(reader.Unreachable, match="tried 1 times"):
        reader.Reader(f"{board.url}/slow", pause=wait).get("/slow")
    assert timedelta(seconds=reader.WHOLE + 2 * reader.LONGEST_PAUSE + 2 * reader.READ) < feeds.HELD


def test_an_editor_switches_it_off_and_on(feed: Feed, now: datetime) -> None:
    editor = browser(MembershipFactory(editor=True))
    assert editor.post(reverse("feeds"), {"asking": feed.pk, "answer": "off"}).status_code == 303
    assert not Feed.objects.due(timezone.now()).exists()
    assert not follow_feed(feed.pk, at=timezone.now())
    assert "Avstängt" in editor.get(reverse("feeds")).content.decode()
    editor.post(reverse("feeds"), {"asking": feed.pk, "answer": "on"})
    assert Feed.objects.due(timezone.now()).exists()
    assert list(Event.objects.filter(subject="feed").order_by("pk").values_list("what", flat=True)) == [
        "feed_switched_on",
        "feed_switched_off",
        "feed_switched_on",
    ]
    for wrong in ("999999", "x", "9" * 40, "²"):
        assert editor.post(reverse("feeds"), {"asking": wrong, "answer": "on"}).status_code == 404
    assert browser(MembershipFactory(coordinator=True)).get(reverse("feeds")).status_code in {403, 404}


def test_the_command_stops_it(feed: Feed) -> None:
    call_command("sync_feed", feed.url, form="jobtech", stop=True, stdout=io.StringIO())
    assert not Feed.objects.get().on
    with pytest.raises(CommandError, match="not followed by itself"):
        call_command("sync_feed", "http://127.0.0.1/another", form="jobtech", stop=True, stdout=io.StringIO())
    FeedCursor.objects.create(url=feed.url, form="jobtech")
    with pytest.raises(CommandError, match="in the form jobtech"):
        call_command("sync_feed", feed.url, form="nav", every=5, stdout=io.StringIO())
    for minutes in (0, -5, 2**31):
        with pytest.raises(CommandError, match="from 1 to 10080 minutes"):
            call_command("sync_feed", feed.url, form="jobtech", every=minutes, stdout=io.StringIO())
    with pytest.raises(CommandError, match="only an address"):
        call_command("sync_feed", "file:///etc/passwd", form="jobtech", every=5, stdout=io.StringIO())
