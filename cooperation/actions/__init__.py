"""Every change of what agencies do together. Keyword-only `by` and `at`; one transaction, one event, one fact."""

from cooperation.actions.meetings import Terms, cancel_meeting, change_meeting, hold_meeting, plan_meeting, refuse_names, save_agenda
from cooperation.actions.minutes import add_note, add_task, finish_task, remove_note
from cooperation.actions.parties import add_agency, add_employer, answer_invitation, answer_party, ask_person, drop_party, invite
from cooperation.actions.timers import close_door, erase, follow_advisor, forget_left, remind

__all__ = [
    "Terms",
    "add_agency",
    "add_employer",
    "add_note",
    "add_task",
    "answer_invitation",
    "answer_party",
    "ask_person",
    "cancel_meeting",
    "change_meeting",
    "close_door",
    "drop_party",
    "erase",
    "finish_task",
    "follow_advisor",
    "forget_left",
    "hold_meeting",
    "invite",
    "plan_meeting",
    "refuse_names",
    "remind",
    "remove_note",
    "save_agenda",
]
