"""Work for the background."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from content import actions, queries


@shared_task
def forget() -> None:
    """Take away names and addresses whose event is long over, and addresses that never said yes."""
    actions.forget_sign_ups(at=timezone.now())
    actions.forget_unconfirmed(at=timezone.now())


@shared_task
def remind() -> None:
    """Tell those who come that a meeting of theirs is tomorrow."""
    actions.remind_of_meetings(at=timezone.now())


@shared_task
def plans() -> None:
    """Publish and take down what editors have planned for a day."""
    actions.do_what_is_planned(at=timezone.now())


@shared_task
def send_batch(mailing_id: str) -> None:
    """Send some letters of a mailing, and ring for the next."""
    if actions.send_batch(UUID(mailing_id), at=timezone.now()):
        actions.ring(UUID(mailing_id))


@shared_task
def go_on() -> None:
    """Ring again for every mailing with letters that nobody holds: a worker was killed, or a bell was lost."""
    for mailing_id in queries.unfinished_mailings(timezone.now()):
        send_batch.delay(str(mailing_id))
