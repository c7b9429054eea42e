"""Work for the background."""

from celery import shared_task
from django.utils import timezone

from cooperation import actions


@shared_task
def remind_of_meetings() -> None:
    """Tell those who are invited that a meeting is tomorrow; and let the meetings of people who have left go."""
    actions.remind(at=timezone.now())
    actions.forget_left(at=timezone.now())
