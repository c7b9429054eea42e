"""Every change of placements: one function each, with who and when, in one transaction."""

from placements.actions.adaptations import follow_up, move_adaptation, show_to_others, tell_incident
from placements.actions.assessments import assess, close_assessment, disagree, had_elsewhere
from placements.actions.assessments import tick as tick_assessments
from placements.actions.attendance import note_drop_ins
from placements.actions.check_ins import answer, review
from placements.actions.check_ins import tick as tick_check_ins
from placements.actions.drafting import Written, change_days, draft, send, show, write
from placements.actions.ending import cancel, door_closed, end_early
from placements.actions.erasure import erase, take_copy
from placements.actions.feedback import give_feedback
from placements.actions.measures import load_measures, load_schemes
from placements.actions.outcomes import Known, agree_to_be_asked, contacted, end_hire, enough, has_consent, hire, record_outcome
from placements.actions.outcomes import tick as tick_outcomes
from placements.actions.places import count_places
from placements.actions.proposals import propose
from placements.actions.reports import tick as tick_reports
from placements.actions.reports import write_report, write_report_by_link
from placements.actions.shipped import BadRulesError, Loaded
from placements.actions.signing import approve, not_yet, sign, sign_by_link
from placements.actions.tasks import finish_task
from placements.actions.templates import drop_template, save_template
from placements.actions.timers import tick

__all__ = [
    "BadRulesError",
    "Known",
    "Loaded",
    "Written",
    "agree_to_be_asked",
    "answer",
    "approve",
    "assess",
    "cancel",
    "change_days",
    "close_assessment",
    "contacted",
    "count_places",
    "disagree",
    "door_closed",
    "draft",
    "drop_template",
    "end_early",
    "end_hire",
    "enough",
    "erase",
    "finish_task",
    "follow_up",
    "give_feedback",
    "had_elsewhere",
    "has_consent",
    "hire",
    "load_measures",
    "load_schemes",
    "move_adaptation",
    "not_yet",
    "note_drop_ins",
    "propose",
    "record_outcome",
    "review",
    "save_template",
    "send",
    "show",
    "show_to_others",
    "sign",
    "sign_by_link",
    "take_copy",
    "tell_incident",
    "tick",
    "tick_assessments",
    "tick_check_ins",
    "tick_outcomes",
    "tick_reports",
    "write",
    "write_report",
    "write_report_by_link",
]
