"""Work for the background."""

from celery import shared_task
from django.utils import timezone

from employers import actions


@shared_task
def expire() -> None:
    """End postings whose last day has passed."""
    actions.expire(at=timezone.now())
