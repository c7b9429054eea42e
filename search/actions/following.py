"""Follows a feed of JobTech's or NAV's form. What is done is noted ad by ad, so a run that is killed goes on where it was."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from employers import actions, documents
from employers.documents import feeds
from employers.documents.feeds import Line, Page
from employers.linker import linked_if_possible
from search.actions.reader import NotAllowed, Reader, Unreachable
from search.models import FeedAd, FeedCursor

# JobTech's stream is asked in local time without a zone: when clocks go back an hour is told twice rather than not at all.
OVERLAP = timedelta(minutes=65)
MOST_OWED = 1_000
ENOUGH = 5  # ads in a row that could not be fetched or stored
REFUSED, OWED, REMOVED, GONE, BROKEN = "refused", "put off", "removed", "gone before they came", "broken"


class Paused(Exception):  # noqa: N818 (it says what the run is)
    """Nothing is wrong: the next run goes on from here."""


@dataclass
class Run:
    """One run over one feed. `say` takes a sentence for the operator."""

    cursor: FeedCursor
    reader: Reader
    publish: bool
    say: Callable[[str], object]
    counted: Counter[str] = field(default_factory=Counter)
    bare: bool = False  # it has been said that words are not linked
    in_a_row: int = 0  # of ads that had to be put off
    goes_on: Callable[[], bool] = lambda: True  # asked before each ad
    problem: str = ""  # why the end was not reached

    def follow(self) -> bool:
        """True when the end of the feed was reached; otherwise the next run goes on from here."""
        try:
            self._owed()
            (self._nav if self.cursor.form == "nav" else self._jobtech)()
        except (Unreachable, NotAllowed, documents.Unreadable) as reason:
            self.counted[BROKEN] += 1
            self.problem = str(reason)
            self.say(f"the feed cannot be followed further now: {reason}")
            return False
        except Paused:
            return False
        self.cursor.at = timezone.now()
        self.cursor.save()
        return True

    def _jobtech(self) -> None:
        """The snapshot first, and from then on what has changed since the last run began. A snapshot may take several runs, and what is
        removed meanwhile is missing from the last one: the stream is asked from the time of the first."""
        base = self.cursor.url.rstrip("/").removesuffix("/stream").removesuffix("/snapshot")
        since = self.cursor.page
        answer = self.reader.get(f"{base}/stream?date={since}" if since else f"{base}/snapshot")
        reached = timezone.localtime(_time(answer.date) - OVERLAP).strftime("%Y-%m-%dT%H:%M:%S")
        if not since:
            self.cursor.modified = reached = self.cursor.modified or reached
            self.cursor.save(update_fields=["modified"])
        self._lines(feeds.stream(answer.body))
        if not self.counted[OWED]:  # what could not be stored now is told again the next time
            self.cursor.page, self.cursor.modified = reached, ""

    def _nav(self) -> None:
        """Page by page to the newest, which the next run asks for again."""
        address = self.cursor.page or self.cursor.url
        seen: set[str] = set()
        while True:
            seen.add(address)
            answer = self.reader.get(address, etag=self.cursor.etag, modified=self.cursor.modified)
            if answer.body is None:
                return
            page = feeds.nav_page(answer.body)
            self._lines(page)
            if page.following in seen:
                raise Unreachable("its pages lead in a circle")
            self.cursor.page = address = page.following or page.own or address
            self.cursor.etag, self.cursor.modified = ("", "") if page.following else (answer.etag, answer.modified)
            self.cursor.save()
            if not page.following:
                return

    def _lines(self, page: Page) -> None:
        known = dict(self.cursor.ads.values_list("source_id", "version"))
        for line in page.lines:
            if not self.goes_on():
                raise Paused
            if line is None:
                self.counted[REFUSED] += 1
                self.say("an item is left out: it has no id, no time or no address")
            elif not self._has(known.get(line.source_id, ""), line):
                self._line(line)

    def _has(self, version: str, line: Line) -> bool:
        """Whether this version is here, or in NAV's feed, where versions are times, a newer one."""
        return version >= line.version if self.cursor.form == "nav" else version == line.version

    def _line(self, line: Line) -> bool:
        """False when it was put off."""
        try:
            self._done_with(line)
        except (documents.Unreadable, NotAllowed) as reason:
            self._refuse(line, str(reason))
        except (OperationalError, InterfaceError) as error:
            self._put_off(line, type(error).__name__)
            return False
        except DatabaseError as error:
            self._refuse(line, f"the database refused it ({type(error).__name__})")
        except Unreachable as reason:
            self._put_off(line, str(reason))
            return False
        self.in_a_row = 0
        FeedAd.objects.update_or_create(feed=self.cursor, source_id=line.source_id, defaults={"version": line.version})
        return True

    def _done_with(self, line: Line) -> None:
        """Take it in or take it away, as its source has it now."""
        raw = line.raw if line.raw is not None or line.removed else self._fetched(line.address)
        if line.removed or not _is_open(raw):
            self._take_away(line.source_id)
            return
        ad = documents.read(raw, self.cursor.form)
        if ad.taken_down or (ad.last_day and ad.last_day < timezone.localdate()):
            self._take_away(ad.source_id)
            return
        self._take_in(ad)

    def _fetched(self, address: str) -> Any:
        """None when it is gone since its line was written."""
        try:
            return self.reader.get(address).body
        except Unreachable as reason:
            if reason.gone:
                return None
            raise

    def _refuse(self, line: Line, reason: str) -> None:
        self.counted[REFUSED] += 1
        self.say(f"{line.source_id}: left out, {reason}")

    def _take_away(self, source_id: str) -> None:
        there = actions.take_away(self.cursor.form, source_id, by=None, at=timezone.now())
        self.counted[REMOVED if there else GONE] += 1

    def _take_in(self, ad: documents.Ad) -> None:
        found, bare = linked_if_possible(ad)
        if bare and not self.bare:
            self.bare = True
            self.say(f"words are not linked to skills and occupations: {bare}")
        outcome, problems = actions.take_in(ad, found, by=None, at=timezone.now(), publish=self.publish)
        self.counted[outcome] += 1
        for problem in problems:
            self.say(f"{ad.source_id}: {problem}")

    def _put_off(self, line: Line, reason: str) -> None:
        """The next run begins with it. After several in a row nothing more is tried in this one, nor when no more can be remembered:
        what is not remembered stays on a page that is read again."""
        self.counted[OWED] += 1
        self.in_a_row += 1
        self.say(f"{line.source_id}: put off, {reason}")
        one = [line.source_id, line.version, line.address]
        if line.address and one not in self.cursor.owed:
            if len(self.cursor.owed) >= MOST_OWED:
                raise Unreachable(f"{MOST_OWED} ads have been put off already")
            self.cursor.owed = [*self.cursor.owed, one]
            self.cursor.save(update_fields=["owed"])
        if self.in_a_row >= ENOUGH:
            raise Unreachable(f"{self.in_a_row} ads in a row could not be read")

    def _owed(self) -> None:
        for one in list(self.cursor.owed):
            if not self.goes_on():
                raise Paused
            source_id, version, address = one
            if self._line(Line(source_id, version, address=address)):
                self.cursor.owed.remove(one)
                self.cursor.save(update_fields=["owed"])


def _is_open(raw: Any) -> bool:
    return isinstance(raw, dict) and raw.get("status") in {None, "ACTIVE"} and raw.get("removed") is not True


def _time(date: str) -> datetime:
    """The host's clock where it tells it, else ours."""
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return timezone.now()
    return told if told.tzinfo else told.replace(tzinfo=UTC)
