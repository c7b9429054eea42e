"""Reads about placements that are not one model's business."""

from placements.queries.drafts import (
    broken_limits,
    first_terms,
    is_full,
    is_own_address,
    is_own_supervisor,
    is_taken,
    missing,
    signers_of,
    usual_measure,
)
from placements.queries.due import due_today
from placements.queries.ends import agreed_on, goals_of, hires_of, outcomes_due, reports_of, words_of
from placements.queries.following import (
    Followed,
    Side,
    both_sides,
    call_by,
    followed,
    last_asked,
    overdue_in,
    proposals_to_read,
    shared_answers,
    shared_incidents,
)
from placements.queries.homes import Today, Todo, employer_todo, today_of
from placements.queries.measures import broken, choices_for, version_on
from placements.queries.pages import Choices, age_not_asked, by_group, choices_of, hindrances, newest, proposed
from placements.queries.said import in_words
from placements.queries.steps import Step, plan_beside, steps_of
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
    "age_not_asked",
    "agreed_on",
    "both_sides",
    "broken",
    "broken_limits",
    "by_group",
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
    "is_own_address",
    "is_own_supervisor",
    "is_taken",
    "last_asked",
    "missing",
    "newest",
    "outcomes_due",
    "overdue_in",
    "plan_beside",
    "proposals_to_read",
    "proposed",
    "reports_of",
    "shared_answers",
    "shared_incidents",
    "signers_of",
    "steps_of",
    "support_of",
    "timeline_of",
    "today_of",
    "usual_measure",
    "version_on",
    "words_of",
]
