"""Runs and suggestions, the two yeses, the introductions they open, and the rows of the engine's lists."""

from matching.models.introductions import Approval, Consent, Introduction, Message
from matching.models.listed import ListedPerson, ListedPosting, Turn
from matching.models.suggestions import DismissReason, Interest, Run, Suggestion

__all__ = [
    "Approval",
    "Consent",
    "DismissReason",
    "Interest",
    "Introduction",
    "ListedPerson",
    "ListedPosting",
    "Message",
    "Run",
    "Suggestion",
    "Turn",
]
