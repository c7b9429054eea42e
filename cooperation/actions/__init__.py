"""Every change of a plan and of the log of contacts."""

from cooperation.actions.contacts import come_back, correct_contact, note_contact, remove_contact
from cooperation.actions.erasure import erase
from cooperation.actions.plans import add_step, change_step, remove_step, save_goal, set_done

__all__ = [
    "add_step",
    "change_step",
    "come_back",
    "correct_contact",
    "erase",
    "note_contact",
    "remove_contact",
    "remove_step",
    "save_goal",
    "set_done",
]
