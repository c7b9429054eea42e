"""What waits in the outbox, what went wrong with it, and which letters were given up."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from outbox.models import Fact, Letter, Waiting

SHOWN = timedelta(days=30)


class Command(BaseCommand):
    help = "Says what waits in the outbox and which letters were given up in the last 30 days. It names errors by their class only."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        self.stdout.write(_line("facts that wait", list(Fact.objects.filter(done_at=None).order_by("created_at"))))
        self.stdout.write(_line("letters that wait", list(Letter.objects.filter(done_at=None, not_before__lte=at).order_by("created_at"))))
        given_up = Letter.objects.filter(outcome="failed", done_at__gt=at - SHOWN).order_by("created_at")
        self.stdout.write(_line("letters given up", list(given_up)))


def _line(title: str, rows: list[Waiting]) -> str:
    problems = ", ".join(f"{name} {n}" for name, n in Counter(row.problem for row in rows if row.problem).most_common())
    since = f", the oldest of {timezone.localtime(rows[0].created_at):%Y-%m-%d %H:%M}" if rows else ""
    return f"{title}: {len(rows)}{since}{f' ({problems})' if problems else ''}"
