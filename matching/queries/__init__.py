"""Reads that are not one row's business: reasons in words, the advisor's day and the jobseeker's, days that are promised."""

from matching.queries.came import Came, InterestRow, came_of, door_of, interest_rows
from matching.queries.days import consent_until, is_working_day, working_days_after
from matching.queries.health import DAYS, Health, Never, health_of, is_compared_in, never_in
from matching.queries.outside import Knows, PairRow, beside_person, beside_posting, knows_of, look
from matching.queries.pace import stopped_in
from matching.queries.people import Waiting, of_person
from matching.queries.queue import TABS, Due, Late, Oldest, QueueRow, due_today, late_in, oldest_in, queue_rows, tab, tab_counts
from matching.queries.today import Waits, waits_for
from matching.queries.words import (
    NeedRow,
    Words,
    covered_by,
    gaps_of,
    labels_of,
    needs_against_offers,
    needs_of_pair,
    reasons_in_words,
    said,
    skills_of,
    wanted_by,
    wishes_of,
)

__all__ = [
    "DAYS",
    "TABS",
    "Came",
    "Due",
    "Health",
    "InterestRow",
    "Knows",
    "Late",
    "NeedRow",
    "Never",
    "Oldest",
    "PairRow",
    "QueueRow",
    "Waiting",
    "Waits",
    "Words",
    "beside_person",
    "beside_posting",
    "came_of",
    "consent_until",
    "covered_by",
    "door_of",
    "due_today",
    "gaps_of",
    "health_of",
    "interest_rows",
    "is_compared_in",
    "is_working_day",
    "knows_of",
    "labels_of",
    "late_in",
    "look",
    "needs_against_offers",
    "needs_of_pair",
    "never_in",
    "of_person",
    "oldest_in",
    "queue_rows",
    "reasons_in_words",
    "said",
    "skills_of",
    "stopped_in",
    "tab",
    "tab_counts",
    "waits_for",
    "wanted_by",
    "wishes_of",
    "working_days_after",
]
