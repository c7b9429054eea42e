"""Reads that are not one row's business: reasons in words, the advisor's day, days that are promised."""

from matching.queries.days import consent_until, working_days_after
from matching.queries.people import Waiting, of_person
from matching.queries.queue import TABS, Due, Late, Oldest, QueueRow, due_today, late_in, oldest_in, queue_rows, tab, tab_counts
from matching.queries.words import (
    NeedRow,
    Words,
    gaps_of,
    labels_of,
    needs_against_offers,
    reasons_in_words,
    said,
    skills_of,
    wanted_by,
    wishes_of,
)

__all__ = [
    "TABS",
    "Due",
    "Late",
    "NeedRow",
    "Oldest",
    "QueueRow",
    "Waiting",
    "Words",
    "consent_until",
    "due_today",
    "gaps_of",
    "labels_of",
    "late_in",
    "needs_against_offers",
    "of_person",
    "oldest_in",
    "queue_rows",
    "reasons_in_words",
    "said",
    "skills_of",
    "tab",
    "tab_counts",
    "wanted_by",
    "wishes_of",
    "working_days_after",
]
