"""Announce a fact, post a letter, and carry each to its end exactly once."""

import logging
import traceback
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.letters import refused_for_good, send_out
from outbox.models import Fact, Letter, Waiting
from outbox.signals import ABOUT, RECEIVERS, WRITERS, Content, NotYet

W = TypeVar("W", bound=Waiting)
MOST_TRIES = 40  # of a letter, the last ones an hour apart: a day and a half
logger = logging.getLogger(__name__)


def announce(fact: str, *, at: datetime, not_before: datetime | None = None, **ids: str) -> None:
    """Write one row per receiver of `fact` in the caller's transaction and ring the bell after it commits.

    `ids` are identifiers as text. Raises RuntimeError outside a transaction: a fact must stand or fall with its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce() belongs in the transaction of the change it tells of")
    for receiver in RECEIVERS.get(fact, {}):
        row = Fact.objects.create(name=fact, receiver=receiver, ids=ids, created_at=at, not_before=not_before or at)
        if not_before is None:
            _ring("outbox.tasks.carry", row)


def post(kind: str, *, reader_id: int | None, at: datetime, about: uuid.UUID | None = None, not_before: datetime | None = None) -> None:
    """Put one letter in the outbox. The same letter (kind, reader, about) that still waits is not written twice. One that is on its
    way in this moment may hold old words: `created_at` tells `send` to post it again.

    `reader_id=None`: to somebody without an account, whom the writer of this kind finds by `about`.
    """
    same = {"kind": kind, "reader_id": reader_id, "about": about}
    # This write also holds the row until the caller's change is there: no worker takes it up before, and writes of the old.
    if Letter.objects.filter(**same, done_at=None).update(created_at=at):
        return
    letter, created = Letter.objects.get_or_create(**same, done_at=None, defaults={"created_at": at, "not_before": not_before or at})
    if created and not_before is None:
        _ring("outbox.tasks.send", letter)


def readdress(reader_id: int, to_id: int, *, leave: str) -> None:
    """Letters that wait go to another account of the same person; those of the kind `leave` stay where they are."""
    Letter.objects.filter(reader_id=reader_id, done_at=None).exclude(kind=leave).update(reader_id=to_id)


def call_off(kinds: Collection[str], *, about: uuid.UUID, at: datetime) -> None:
    """Letters of these kinds about something that still wait are not sent."""
    Letter.objects.filter(kind__in=kinds, about=about, done_at=None).update(done_at=at, outcome="dropped")


def forward(kind: str, about: uuid.UUID, *, to_id: int) -> None:
    """Whoever the waiting letter about something was for: it is for another account now."""
    Letter.objects.filter(kind=kind, about=about, done_at=None).update(reader_id=to_id)


def carry(fact_id: str, *, at: datetime) -> bool:
    """Bring one fact to its receiver. True when it was carried now, False when there was nothing to do.

    The receiver computes outside any transaction and returns the change; change and `done_at` commit together.
    An error leaves the row waiting, with a longer pause after every try. It is noted by its class and not raised: its text may hold
    what must not reach a log.
    """
    fact = _lease(Fact, fact_id, at)
    if fact is None:
        return False
    try:
        effect = RECEIVERS[fact.name][fact.receiver](**fact.ids)
        with transaction.atomic():
            held = Fact.objects.select_for_update().get(pk=fact.pk)
            if held.done_at is not None:
                return False
            if effect is not None:
                effect()
            held.done_at, held.leased_until, held.problem = timezone.now(), None, ""
            held.save(update_fields=["done_at", "leased_until", "problem"])
    except Exception as error:  # whatever a receiver raises
        _put_back(fact, error, at)
        return False
    return True


def send(letter_id: str, *, at: datetime) -> bool:
    """Send one letter. Its Message-ID is the row's id, so that a second sending after a kill is the same message.

    What its reader does not want at this moment (`User.quiet`) is dropped, like what may no longer be sent. A letter that the mail
    server refuses for good, or that has been tried for more than a day, is given up.
    """
    letter = _lease(Letter, letter_id, at)
    if letter is None:
        return False
    try:
        content = _written(letter)
        if content is not None:
            send_out(letter, content)
    except NotYet as wait:
        Letter.objects.filter(pk=letter.pk, done_at=None).update(leased_until=None, not_before=wait.until)
        return False
    except Exception as error:  # whatever a writer or the mail server raises
        if refused_for_good(error) or letter.tries >= MOST_TRIES:
            _give_up(letter, error, at)
        else:
            _put_back(letter, error, at)
        return False
    _close(letter, "sent" if content else "dropped")
    return content is not None


def _close(letter: Letter, outcome: str) -> None:
    """Done; and once more if it was posted again after it had been taken up."""
    done = {"done_at": timezone.now(), "leased_until": None, "problem": "", "outcome": outcome}
    if Letter.objects.filter(pk=letter.pk, created_at=letter.created_at).update(**done):
        return
    with transaction.atomic():
        if Letter.objects.filter(pk=letter.pk, done_at=None).update(**done):
            post(letter.kind, reader_id=letter.reader_id, about=letter.about, at=timezone.now())
        else:  # called off meanwhile; that it has left all the same is what counts
            Letter.objects.filter(pk=letter.pk).update(**done)


def forget(*, reader_id: int, about: Iterable[uuid.UUID]) -> None:
    """Take away somebody's letters about things that are no more: those that wait, and those that were sent."""
    Letter.objects.filter(reader_id=reader_id, about__in=list(about)).delete()


def _written(letter: Letter) -> Content | None:
    """The words of a letter; None without an address to send it to, and when its reader has turned its kind off."""
    reader = letter.reader
    if reader is None:
        content = WRITERS[letter.kind](letter)
        return content if content and content.to else None
    if not reader.email or ABOUT.get(letter.kind) in reader.quiet:
        return None
    return WRITERS[letter.kind](letter)


def waiting(model: type[W], *, at: datetime, most: int = 500) -> list[str]:
    """The ids of rows whose time has come, oldest first; `sweep` rings for each again."""
    return [str(pk) for pk in model._default_manager.due(at).order_by("not_before").values_list("pk", flat=True)[:most]]


def _ring(task: str, row: Waiting) -> None:
    """Ring the bell after the commit. The bell may fail: the row is the truth and `sweep` rings again."""
    transaction.on_commit(lambda: current_app.send_task(task, args=[str(row.pk)], retry=False), robust=True)


def _lease(model: type[W], row_id: str, at: datetime) -> W | None:
    """Hold the row for a while, so that a second bell finds nothing to do; None when it is done or held."""
    until = at + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    waiting = model._default_manager.filter(pk=row_id)
    if not waiting.due(at).update(leased_until=until, tries=F("tries") + 1):
        return None
    held: W = waiting.get()
    return held


def _give_up(letter: Letter, error: Exception, at: datetime) -> None:
    """`manage.py outbox` tells of it."""
    logger.error("letter %s is given up: %s", letter.pk, type(error).__name__)
    Letter.objects.filter(pk=letter.pk).update(done_at=at, leased_until=None, problem=type(error).__name__[:200], outcome="failed")


def _put_back(row: Waiting, error: Exception, at: datetime) -> None:
    logger.warning("%s %s waits: %s", row._meta.model_name, row.pk, _place_of(error))
    pause = timedelta(seconds=min(3600, 5 * 2 ** min(row.tries, 10)))
    type(row)._default_manager.filter(pk=row.pk, done_at=None).update(
        leased_until=None, not_before=at + pause, problem=type(error).__name__[:200]
    )


def _place_of(error: Exception) -> str:
    """The class of an error and the line it comes from. Never its text, which may hold an address or a name."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
