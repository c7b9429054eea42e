"""Runs and suggestions, the two yeses, the introductions they open, and the rows of the engine's lists."""

from matching.models.introductions import Approval, Consent, Introduction, Message
from matching.models.listed import ListedPerson, ListedPosting, Turn
from matching.models.runs import Comparison, Run, RunPerson, Stop, StopReason
from matching.models.suggestions import DismissReason, Interest, Suggestion

__all__ = [
    "Approval",
    "Comparison",
    "Consent",
    "DismissReason",
    "Interest",
    "Introduction",
    "ListedPerson",
    "ListedPosting",
    "Message",
    "Run",
    "RunPerson",
    "Stop",
    "StopReason",
    "Suggestion",
    "Turn",
]
