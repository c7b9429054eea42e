"""Every change of placements: one function each, with who and when, in one transaction."""

from placements.actions.drafting import Written, change_days, draft, send, show, write
from placements.actions.ending import cancel, door_closed, end_early
from placements.actions.following import finish_task
from placements.actions.measures import load_measures
from placements.actions.shipped import BadRulesError, Loaded
from placements.actions.signing import approve, not_yet, sign, sign_by_link
from placements.actions.timers import tick

__all__ = [
    "BadRulesError",
    "Loaded",
    "Written",
    "approve",
    "cancel",
    "change_days",
    "door_closed",
    "draft",
    "end_early",
    "finish_task",
    "load_measures",
    "not_yet",
    "send",
    "show",
    "sign",
    "sign_by_link",
    "tick",
    "write",
]
