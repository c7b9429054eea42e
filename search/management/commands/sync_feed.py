"""Follow a feed of job ads: `manage.py sync_feed URL --form jobtech|nav --as DRAFT|PUBLISHED`. Run it as often as you like."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import actions
from search.actions.following import Run
from search.actions.reader import NotAllowed, Reader
from search.models import Feed, FeedCursor

A_WEEK = 7 * 24 * 60  # minutes


class Command(BaseCommand):
    help = (
        "Take in the ads of a JobTech stream or a NAV feed, and take away what was removed there. The next run goes on where this one "
        "ended. A key, where the feed wants one, is read from FEED_TOKEN."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--form", choices=["jobtech", "nav"], required=True)
        parser.add_argument("--as", dest="wanted", default="DRAFT", choices=["DRAFT", "PUBLISHED"])
        parser.add_argument("--every", type=int, metavar="MINUTES", help="from now on by itself, as often as this; the worker does it")
        parser.add_argument("--stop", action="store_true", help="no longer by itself")
        parser.add_argument("--again", action="store_true", help="from the beginning; what has not changed since costs nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stop"] or options["every"] is not None:
            self.stdout.write(self._by_itself(**options))
            return
        try:
            reader = Reader(options["url"], token=os.environ.get("FEED_TOKEN", ""))
        except NotAllowed as reason:
            raise CommandError(f"{reason}.") from reason
        _same_form(options["url"], options["form"])
        cursor, _ = FeedCursor.objects.get_or_create(url=options["url"], defaults={"form": options["form"]})
        if options["again"]:
            cursor.begin_again()
        run = Run(cursor, reader, options["wanted"] == "PUBLISHED", self.stdout.write)
        whole = run.follow()
        self.stdout.write(", ".join(f"{n} {what}" for what, n in sorted(run.counted.items())) or "nothing new")
        if not whole:
            raise CommandError("The end of the feed was not reached. The next run goes on from here.")

    def _by_itself(self, url: str, form: str, wanted: str, every: int, **options: Any) -> str:
        token, at = os.environ.get("FEED_TOKEN", ""), timezone.now()
        if options["stop"]:
            feed = Feed.objects.filter(url=url).first()
            if feed is None:
                raise CommandError("This feed is not followed by itself.")
            actions.switch_feed(feed.pk, on=False, by=None, at=at)
            return "This feed is no longer followed by itself. What came stays."
        if not 1 <= every <= A_WEEK:
            raise CommandError(f"--every takes from 1 to {A_WEEK} minutes.")
        _same_form(url, form)
        try:
            actions.follow_by_itself(url, form, minutes=every, publish=wanted == "PUBLISHED", token=token, by=None, at=at)
        except NotAllowed as reason:
            raise CommandError(f"{reason}.") from reason
        return f"This feed is followed every {every} minutes from now on. How it goes is told on /editor/feeds/."


def _same_form(url: str, form: str) -> None:
    """A cursor says where to go on in one form."""
    held = FeedCursor.objects.filter(url=url).exclude(form=form).first()
    if held:
        raise CommandError(f"This feed has been followed in the form {held.form}.")
