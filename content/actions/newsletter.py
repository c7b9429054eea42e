"""The newsletter: asked for, confirmed, left, bounced; and an issue sent to each reader once."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.access import ActiveRole
from audit.actions import record
from content.letters import addressed, issue_in
from content.models import Delivery, IssuePage, Mailing, Sent, Subscriber
from content.states import Refused
from outbox.actions import MOST_TRIES, post
from outbox.letters import message_of, refused_for_good
from outbox.signals import Content

BATCH = 100
AT_ONCE = 1000  # rows of one INSERT
logger = logging.getLogger(__name__)


def ask_for_letter(*, email: str, audience: str, language: str, at: datetime) -> None:
    """A letter with a link goes to the address, known or not; nothing is sent to it before the link's button is pressed."""
    with transaction.atomic():
        reader, created = Subscriber.objects.get_or_create(
            email=email.lower(), defaults={"language": language, "audience": audience, "asked_at": at}
        )
        if not created and not reader.confirmed_at:
            reader.language, reader.audience, reader.asked_at = language, audience, at
            reader.save()
        post("newsletter_confirm", reader_id=None, about=reader.pk, at=at)


def confirm(subscriber_id: UUID, *, at: datetime) -> None:
    """The reader says yes, also again after a bounce."""
    with transaction.atomic():
        reader = Subscriber.objects.select_for_update().get(pk=subscriber_id)
        if reader.confirmed_at is None or reader.bounced_at is not None:
            reader.confirmed_at, reader.bounced_at = at, None
            reader.save()
            record("newsletter_confirmed", "subscriber", reader.pk, by=None, at=at)


def leave(subscriber_id: UUID, *, at: datetime) -> None:
    """The address is deleted, with every letter that waits for it. Twice changes nothing."""
    with transaction.atomic():
        gone, _each = Subscriber.objects.filter(pk=subscriber_id).delete()
        if gone:
            record("newsletter_left", "subscriber", subscriber_id, by=None, at=at)


def note_bounce(delivery_id: UUID, *, at: datetime) -> bool:
    """A mail server says for good that a letter of ours reached nobody: the address gets no more. True when that is new."""
    with transaction.atomic():
        readers = Subscriber.objects.filter(deliveries=delivery_id, bounced_at=None)
        found = readers.first()
        if found is None:
            return False
        found.bounced_at = at
        found.save()
        Delivery.objects.filter(pk=delivery_id).update(state=Sent.FAILED)
        record("newsletter_bounced", "subscriber", found.pk, by=None, at=at)
    return True


def forget_unconfirmed(*, at: datetime) -> int:
    gone, _each = Subscriber.objects.never_confirmed(at).delete()
    return gone


def start_mailing(issue_id: int, *, by: ActiveRole | None, at: datetime) -> Mailing:
    """One row for each reader, all or none, and the bell.

    Refused("not_public"), ("nobody") while it has no reader, or ("sent") the second time.
    """
    with transaction.atomic():
        issue = IssuePage.objects.select_for_update().get(pk=issue_id)
        if not issue.live:
            raise Refused("not_public")
        readers = list(Subscriber.objects.of(issue.audience).values_list("pk", flat=True))
        if not readers and not Mailing.objects.filter(issue_key=issue.translation_key).exists():
            raise Refused("nobody")  # it is sent once: those who come tomorrow would never get it
        mailing, created = Mailing.objects.get_or_create(
            issue_key=issue.translation_key, defaults={"started_at": at, "total": len(readers)}
        )
        if not created:
            raise Refused("sent")
        Delivery.objects.bulk_create((Delivery(mailing=mailing, subscriber_id=pk) for pk in readers), batch_size=AT_ONCE)
        record("newsletter_started", "mailing", mailing.pk, by=by, at=at)
        ring(mailing.pk)
    return mailing


def ring(mailing_id: UUID) -> None:
    """After the commit. The bell may fail: the rows are the truth, and `content.tasks.go_on` rings again."""
    transaction.on_commit(lambda: current_app.send_task("content.tasks.send_batch", args=[str(mailing_id)], retry=False), robust=True)


def send_batch(mailing_id: UUID, *, at: datetime) -> int:
    """Send the next letters of a mailing, each marked as soon as the mail server has it. Returns how many were taken; 0 ends it, and so
    does a mail server that is down: `content.tasks.go_on` tries again.

    A letter whose worker is killed between the server's answer and the mark is sent again when its lease is over, with the same
    Message-ID: the same message, not a second one (docs/decisions/newsletter.md).
    """
    taken = _take(mailing_id, at)
    if taken:
        connection = get_connection()
        try:
            connection.open()
        except (OSError, SMTPException) as error:
            for delivery in taken:
                _put_off(delivery, error)
            return 0
        issues = {language: issue_in(taken[0].mailing.issue_key, language) for language in {one.subscriber.language for one in taken}}
        try:
            for delivery in filter(_hold_on, taken):
                _send(delivery, issues[delivery.subscriber.language], connection)
        finally:
            connection.close()
    _finish(mailing_id)
    return len(taken)


def _take(mailing_id: UUID, at: datetime) -> list[Delivery]:
    """Hold some letters, so that another worker takes others."""
    until = at + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    with transaction.atomic():
        due = Delivery.objects.filter(mailing_id=mailing_id).due(at).select_for_update(skip_locked=True)
        ids = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=ids).update(leased_until=until, tries=F("tries") + 1)
    return list(Delivery.objects.filter(pk__in=ids).select_related("subscriber", "mailing"))


def _hold_on(delivery: Delivery) -> bool:
    """Hold it anew just before it is sent. False when the letters before it took so long that another worker has taken it."""
    held = Delivery.objects.filter(pk=delivery.pk, leased_until=delivery.leased_until).waiting()
    delivery.leased_until = timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    return bool(held.update(leased_until=delivery.leased_until))


def _send(delivery: Delivery, issue: Content | None, connection: BaseEmailBackend) -> None:
    """One letter. An error is noted by its class alone: its text may hold the address."""
    reader = Subscriber.objects.receiving().filter(pk=delivery.subscriber_id).first()
    if issue is None or reader is None:
        _mark(delivery, Sent.DROPPED)
        return
    try:
        message = message_of(str(delivery.pk), addressed(issue, reader), reader.email)
        message.connection = connection
        message.send()
    except Exception as error:  # whatever a mail server raises
        connection.close()  # it may be dead: the next letter opens it anew
        _put_off(delivery, error)
        return
    _mark(delivery, Sent.SENT)


def _put_off(delivery: Delivery, error: Exception) -> None:
    """It waits, longer after every try; what the server refuses for good, or after a day and a half, has failed."""
    logger.warning("delivery %s waits: %s", delivery.pk, type(error).__name__)
    if refused_for_good(error) or delivery.tries >= MOST_TRIES:
        _mark(delivery, Sent.FAILED)
    else:
        pause = timedelta(seconds=min(3600, 5 * 2**delivery.tries))
        Delivery.objects.filter(pk=delivery.pk).waiting().update(leased_until=timezone.now() + pause)


def _mark(delivery: Delivery, state: Sent) -> None:
    Delivery.objects.filter(pk=delivery.pk).waiting().update(state=state, leased_until=None, sent_at=timezone.now())


def _finish(mailing_id: UUID) -> None:
    if not Delivery.objects.filter(mailing_id=mailing_id).waiting().exists():
        Mailing.objects.filter(pk=mailing_id, done_at=None).update(done_at=timezone.now())
