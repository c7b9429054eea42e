"""Work for the background."""

from celery import shared_task
from django.utils import timezone

from employers import actions


@shared_task
def expire() -> None:
    """End postings whose last day has passed or whose employer is silent, and ask those that have been silent for some time."""
    now = timezone.now()
    actions.expire(at=now)
    actions.ask_if_valid(at=now)
