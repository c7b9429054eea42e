"""Reads that are not one row's business: reasons in words, the advisor's day and the jobseeker's, days that are promised."""

from matching.queries.came import Came, InterestRow, came_of, door_of, interest_rows
from matching.queries.days import consent_until, working_days_after
from matching.queries.people import Waiting, of_person
from matching.queries.queue import TABS, Due, Late, Oldest, QueueRow, due_today, late_in, oldest_in, queue_rows, tab, tab_counts
from matching.queries.today import Step, Today, today_of
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
    "Came",
    "Due",
    "InterestRow",
    "Late",
    "NeedRow",
    "Oldest",
    "QueueRow",
    "Step",
    "Today",
    "Waiting",
    "Words",
    "came_of",
    "consent_until",
    "door_of",
    "due_today",
    "gaps_of",
    "interest_rows",
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
    "today_of",
    "wanted_by",
    "wishes_of",
    "working_days_after",
]
