"""Work for the background."""

from celery import shared_task
from django.utils import timezone

from portal import actions


@shared_task
def forget() -> None:
    """Take away what is too old to be kept."""
    actions.forget(at=timezone.now())
