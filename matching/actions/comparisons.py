"""Keep what a comparison of models found, for the coordinators' page."""

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from matching.models import Comparison


def keep_comparison(figures: dict[str, Any], *, who: str, before: str, after: str, at: datetime) -> Comparison:
    """`figures` of `matching.queries.comparison`, without its examples; `who` as the person at the terminal calls themself."""
    with transaction.atomic():
        made = Comparison.objects.create(at=at, who=who[:100], before=before[:130], after=after[:130], figures=figures)
        record("models_compared", "comparison", made.pk, by=None, at=at)
    return made
