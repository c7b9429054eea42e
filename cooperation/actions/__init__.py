"""Every change of what agencies do together. Keyword-only `by` and `at`; one transaction, one event, one fact."""

from cooperation.actions.contacts import come_back, correct_contact, note_contact, remove_contact
from cooperation.actions.erasure import erase
from cooperation.actions.meetings import (
    Terms,
    cancel_meeting,
    change_meeting,
    hold_meeting,
    names_in,
    plan_meeting,
    refuse_names,
    save_agenda,
)
from cooperation.actions.minutes import add_note, add_task, finish_task, remove_note
from cooperation.actions.parties import add_agency, add_employer, answer_invitation, answer_party, ask_person, drop_party, invite, note_look
from cooperation.actions.plans import add_step, change_step, remove_step, save_goal, set_done
from cooperation.actions.timers import close_door, erase_meetings, follow_advisor, forget_left, remind

__all__ = [
    "Terms",
    "add_agency",
    "add_employer",
    "add_note",
    "add_step",
    "add_task",
    "answer_invitation",
    "answer_party",
    "ask_person",
    "cancel_meeting",
    "change_meeting",
    "change_step",
    "close_door",
    "come_back",
    "correct_contact",
    "drop_party",
    "erase",
    "erase_meetings",
    "finish_task",
    "follow_advisor",
    "forget_left",
    "hold_meeting",
    "invite",
    "names_in",
    "note_contact",
    "note_look",
    "plan_meeting",
    "refuse_names",
    "remind",
    "remove_contact",
    "remove_note",
    "remove_step",
    "save_agenda",
    "save_goal",
    "set_done",
]
