"""Every change of placements: one function each, with who and when, in one transaction."""

from placements.actions.adaptations import follow_up, move_adaptation, show_to_others, tell_incident
from placements.actions.check_ins import answer, review
from placements.actions.check_ins import tick as tick_check_ins
from placements.actions.drafting import Written, change_days, draft, send, show, write
from placements.actions.ending import cancel, door_closed, end_early
from placements.actions.measures import load_measures, load_schemes
from placements.actions.shipped import BadRulesError, Loaded
from placements.actions.signing import approve, not_yet, sign, sign_by_link
from placements.actions.tasks import finish_task
from placements.actions.timers import tick

__all__ = [
    "BadRulesError",
    "Loaded",
    "Written",
    "answer",
    "approve",
    "cancel",
    "change_days",
    "door_closed",
    "draft",
    "end_early",
    "finish_task",
    "follow_up",
    "load_measures",
    "load_schemes",
    "move_adaptation",
    "not_yet",
    "review",
    "send",
    "show",
    "show_to_others",
    "sign",
    "sign_by_link",
    "tell_incident",
    "tick",
    "tick_check_ins",
    "write",
]
