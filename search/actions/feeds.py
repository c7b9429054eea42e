"""Feeds that are followed by themselves: one run at a time for each, later and later while it fails."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from search.actions.following import Run
from search.actions.reader import Reader
from search.models import Feed, FeedCursor
from search.states import NotThere

LONGEST = 120  # seconds of one run over ads: other work waits in the same queue, and the next run goes on from there
HELD = timedelta(minutes=15)  # longer than one ad takes with every wait: a run that was killed holds its feed no longer
RENEWED = 30  # seconds
LONGEST_PAUSE = timedelta(hours=12)
MOST_DOUBLINGS = 10
log = logging.getLogger(__name__)


def follow_by_itself(url: str, form: str, *, minutes: int, publish: bool, token: str, by: ActiveRole | None, at: datetime) -> Feed:
    """From now on, every so many minutes. Raises NotAllowed for an address that is never opened."""
    Reader(url)
    with transaction.atomic():
        given = {"form": form, "minutes": minutes, "publish": publish, "token": token or None, "on": True, "next_at": at, "failures": 0}
        feed, _ = Feed.objects.update_or_create(url=url, defaults=given)
        record("feed_switched_on", "feed", feed.pk, by=by, at=at)
    return feed


def switch_feed(feed_id: int, *, on: bool, by: ActiveRole | None, at: datetime) -> None:
    """Raises NotThere. A run that goes on now stops before its next ad."""
    with transaction.atomic():
        feed = Feed.objects.select_for_update().filter(pk=feed_id).first()
        if feed is None or (by is not None and by.kind != RoleKind.EDITOR):
            raise NotThere
        if feed.on == on:
            return
        feed.on, feed.next_at, feed.failures = on, at, 0
        feed.save(update_fields=["on", "next_at", "failures"])
        record("feed_switched_on" if on else "feed_switched_off", "feed", feed.pk, by=by, at=at)


def follow_feed(feed_id: int, *, at: datetime) -> bool:
    """One run over a feed that is due; False when it is not, or when another run holds it."""
    if not Feed.objects.due(at).filter(pk=feed_id).update(held_until=at + HELD):
        return False
    feed = Feed.objects.get(pk=feed_id)
    try:
        run, whole = _run(feed)
    except Exception as error:
        _note(feed, problem=type(error).__name__, told="")
        raise
    told = ", ".join(f"{n} {what}" for what, n in sorted(run.counted.items()))
    if whole:
        now = timezone.now()
        _store(feed, failures=0, problem="", told=told, reached_at=now, next_at=now + timedelta(minutes=feed.minutes))
    elif run.problem:
        _note(feed, problem=run.problem, told=told)
    else:
        _store(feed, told=told)
    return True


def _run(feed: Feed) -> tuple[Run, bool]:
    """The run, and whether it reached the end."""
    cursor, _ = FeedCursor.objects.get_or_create(url=feed.url, defaults={"form": feed.form})
    run = Run(cursor, Reader(feed.url, token=feed.token or ""), feed.publish, log.info, goes_on=_goes_on(feed))
    return run, run.follow()


def _goes_on(feed: Feed) -> Callable[[], bool]:
    """Whether there is time for one more ad and nobody has switched the feed off. Says every half a minute that the run is alive.

    The time runs from the first ad on: a list that takes longer to come would otherwise be fetched for nothing, again and again.
    """
    began = heard = 0.0

    def goes_on() -> bool:
        nonlocal began, heard
        now = time.monotonic()
        began = began or now
        if now - heard > RENEWED:
            heard = now
            if not Feed.objects.filter(pk=feed.pk, on=True).update(held_until=timezone.now() + HELD):
                return False
        return now - began < LONGEST

    return goes_on


def _note(feed: Feed, *, problem: str, told: str) -> None:
    """A run that failed. The next one comes later each time."""
    failures = feed.failures + 1
    pause = min(LONGEST_PAUSE, timedelta(minutes=feed.minutes) * 2 ** min(failures, MOST_DOUBLINGS))
    log.warning("a feed could not be followed, %d times in a row: %s", failures, feed.url)
    _store(feed, failures=failures, problem=problem[:200], told=told, next_at=timezone.now() + pause)


def _store(feed: Feed, **values: object) -> None:
    """And let go of it."""
    Feed.objects.filter(pk=feed.pk).update(held_until=None, **values)
