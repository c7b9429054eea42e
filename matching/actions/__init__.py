"""Every change of a suggestion, a yes and an introduction. Each is one transaction, one event row, one fact."""

from matching.actions.answers import agree, answer, close_introduction, say
from matching.actions.by_hand import choose, unread_pair
from matching.actions.closing import close_for_posting, close_for_profile, lapse, new_advisor, void, wake
from matching.actions.consents import (
    TEXT_VERSION,
    THEMSELVES,
    Behalf,
    consent,
    decline,
    leave_out,
    put_back,
    show_similar,
    talk_first,
    withdraw,
)
from matching.actions.decisions import approve, ask, dismiss, hold, keep_on_card, wait
from matching.actions.erasure import erase, take_copy
from matching.actions.interests import express_interest
from matching.actions.listing import list_anew, list_missing, relist
from matching.actions.pace import is_too_fast, report_pace
from matching.actions.reminders import remind
from matching.actions.suggestions import store

__all__ = [
    "TEXT_VERSION",
    "THEMSELVES",
    "Behalf",
    "agree",
    "answer",
    "approve",
    "ask",
    "choose",
    "close_for_posting",
    "close_for_profile",
    "close_introduction",
    "consent",
    "decline",
    "dismiss",
    "erase",
    "express_interest",
    "hold",
    "is_too_fast",
    "keep_on_card",
    "lapse",
    "leave_out",
    "list_anew",
    "list_missing",
    "new_advisor",
    "put_back",
    "relist",
    "remind",
    "report_pace",
    "say",
    "show_similar",
    "store",
    "take_copy",
    "talk_first",
    "unread_pair",
    "void",
    "wait",
    "wake",
    "withdraw",
]
