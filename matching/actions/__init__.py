"""Every change of a suggestion, a yes and an introduction. Each is one transaction, one event row, one fact."""

from matching.actions.answers import answer, close_introduction, say
from matching.actions.consents import consent, decline, leave_out, put_back, withdraw
from matching.actions.decisions import approve, ask, dismiss, hold, keep_on_card, wait
from matching.actions.suggestions import close_for_posting, close_for_profile, express_interest, lapse, store, void, wake

__all__ = [
    "answer",
    "approve",
    "ask",
    "close_for_posting",
    "close_for_profile",
    "close_introduction",
    "consent",
    "decline",
    "dismiss",
    "express_interest",
    "hold",
    "keep_on_card",
    "lapse",
    "leave_out",
    "put_back",
    "say",
    "store",
    "void",
    "wait",
    "wake",
    "withdraw",
]
