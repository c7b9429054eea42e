"""Reads about placements that are not one model's business."""

from placements.queries.drafts import broken_limits, first_terms, is_full, is_own_supervisor, missing, signers_of, usual_measure
from placements.queries.due import due_today
from placements.queries.ends import agreed_on, goals_of, hires_of, outcomes_due, reports_of, words_of
from placements.queries.following import Followed, Side, both_sides, call_by, followed, last_asked, overdue_in, shared_answers, told_to
from placements.queries.homes import Today, Todo, employer_todo, today_of
from placements.queries.measures import broken, choices_for, version_on
from placements.queries.pages import Choices, choices_of, hindrances, newest
from placements.queries.said import in_words
from placements.queries.steps import Step, steps_of
from placements.queries.support import Support, support_of
from placements.queries.timeline import Happened, timeline_of

__all__ = [
    "Choices",
    "Followed",
    "Happened",
    "Side",
    "Step",
    "Support",
    "Today",
    "Todo",
    "agreed_on",
    "both_sides",
    "broken",
    "broken_limits",
    "call_by",
    "choices_for",
    "choices_of",
    "due_today",
    "employer_todo",
    "first_terms",
    "followed",
    "goals_of",
    "hindrances",
    "hires_of",
    "in_words",
    "is_full",
    "is_own_supervisor",
    "last_asked",
    "missing",
    "newest",
    "outcomes_due",
    "overdue_in",
    "reports_of",
    "shared_answers",
    "signers_of",
    "steps_of",
    "support_of",
    "timeline_of",
    "today_of",
    "told_to",
    "usual_measure",
    "version_on",
    "words_of",
]
