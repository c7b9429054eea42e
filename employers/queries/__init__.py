"""Reads about postings and offers that are not one model's business."""

from employers.queries.offers import Group, answered, common_needs, groups, is_answered
from employers.queries.steps import LABELS, LAST_STEP, STEP_OF, STEPS, missing, working_copy
from employers.queries.summary import Row, Section, summary
from employers.queries.waiting import Waiting, waiting_for

__all__ = [
    "LABELS",
    "LAST_STEP",
    "STEPS",
    "STEP_OF",
    "Group",
    "Row",
    "Section",
    "Waiting",
    "answered",
    "common_needs",
    "groups",
    "is_answered",
    "missing",
    "summary",
    "waiting_for",
    "working_copy",
]
