"""Reads about postings and offers that are not one model's business."""

from employers.queries.offers import Group, answered, common_needs, groups, is_answered
from employers.queries.steps import LABELS, LAST_STEP, STEP_OF, STEPS, missing, working_copy
from employers.queries.summary import Row, Section, summary

__all__ = [
    "LABELS",
    "LAST_STEP",
    "STEPS",
    "STEP_OF",
    "Group",
    "Row",
    "Section",
    "answered",
    "common_needs",
    "groups",
    "is_answered",
    "missing",
    "summary",
    "working_copy",
]
