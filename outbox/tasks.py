"""The bells: carry one fact, send one letter, and look again for those that wait."""

from celery import shared_task
from django.utils import timezone

from outbox import actions
from outbox.models import Fact, Letter


@shared_task
def carry(fact_id: str) -> None:
    actions.carry(fact_id, at=timezone.now())


@shared_task
def send(letter_id: str) -> None:
    actions.send(letter_id, at=timezone.now())


@shared_task
def sweep() -> None:
    """Ring again for every row that waits: a dead broker, a killed worker and a lost message are the same case."""
    at = timezone.now()
    for fact_id in actions.waiting(Fact, at=at):
        carry.delay(fact_id)
    for letter_id in actions.waiting(Letter, at=at):
        send.delay(letter_id)
