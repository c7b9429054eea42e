"""Reads about postings and offers that are not one model's business."""

from employers.queries.contact import contact_of, contacts_of
from employers.queries.offers import (
    WHO_PAYS_REVIEWED,
    Group,
    Said,
    answered,
    common_needs,
    groups,
    hints_of,
    is_answered,
    said_of,
    tidy_offer,
)
from employers.queries.steps import LABELS, LAST_STEP, STEP_OF, STEPS, missing, working_copy
from employers.queries.summary import Row, Section, summary
from employers.queries.versions import (
    SUPERVISOR_FIELDS,
    WORKPLACE_FIELDS,
    offers_version,
    step_version,
    supervisor_version,
    workplace_version,
)
from employers.queries.waiting import Waiting, waiting_for
from employers.queries.wording import PROSE, Checked, Finding, by_sentence, checked, findings, wording_rules

__all__ = [
    "LABELS",
    "LAST_STEP",
    "PROSE",
    "STEPS",
    "STEP_OF",
    "SUPERVISOR_FIELDS",
    "WHO_PAYS_REVIEWED",
    "WORKPLACE_FIELDS",
    "Checked",
    "Finding",
    "Group",
    "Row",
    "Said",
    "Section",
    "Waiting",
    "answered",
    "by_sentence",
    "checked",
    "common_needs",
    "contact_of",
    "contacts_of",
    "findings",
    "groups",
    "hints_of",
    "is_answered",
    "missing",
    "offers_version",
    "said_of",
    "step_version",
    "summary",
    "supervisor_version",
    "tidy_offer",
    "waiting_for",
    "wording_rules",
    "working_copy",
    "workplace_version",
]
