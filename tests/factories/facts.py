"""The worker of tests that say themselves when it hears of something."""

from django.utils import timezone

from outbox.actions import carry
from outbox.models import Fact


def bring(*facts: str) -> None:
    """Carry the waiting facts of these names, in this order."""
    for name in facts:
        for fact in Fact.objects.filter(name=name, done_at=None).order_by("created_at", "receiver"):
            assert carry(str(fact.pk), at=timezone.now()), fact.problem
