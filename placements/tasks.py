"""What the schedule wakes up: every task may run twice."""

from celery import shared_task
from django.utils import timezone

from placements import actions


@shared_task
def tick() -> None:
    """Begin, rest, end: whatever the day says."""
    actions.tick(at=timezone.now())


@shared_task
def check_in() -> None:
    """Ask, remind, and note who has not answered."""
    actions.tick_check_ins(at=timezone.now())


@shared_task
def look_back() -> None:
    """Remind of what is to be said at the end, ask where people are later, and ask for the reports of apprentices."""
    at = timezone.now()
    actions.tick_assessments(at=at)
    actions.tick_outcomes(at=at)
    actions.tick_reports(at=at)
