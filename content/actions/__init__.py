"""Every change of rows that editors and readers make here."""

from content.actions.gatherings import (
    call_off_event,
    forget_sign_ups,
    give_back,
    note_who_came,
    remind_of_meetings,
    sign_up,
    tell_of_changes,
)
from content.actions.newsletter import (
    ask_for_letter,
    confirm,
    forget_unconfirmed,
    leave,
    note_bounce,
    ring,
    send_batch,
    start_mailing,
)
from content.actions.pages import do_what_is_planned, ensure_tree, let_editors_publish, note_published, note_taken_down, translate

__all__ = [
    "ask_for_letter",
    "call_off_event",
    "confirm",
    "do_what_is_planned",
    "ensure_tree",
    "forget_sign_ups",
    "forget_unconfirmed",
    "give_back",
    "leave",
    "let_editors_publish",
    "note_bounce",
    "note_published",
    "note_taken_down",
    "note_who_came",
    "remind_of_meetings",
    "ring",
    "send_batch",
    "sign_up",
    "start_mailing",
    "tell_of_changes",
    "translate",
]
