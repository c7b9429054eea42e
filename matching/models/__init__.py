"""Runs and suggestions, the two yeses, and the introductions they open."""

from matching.models.introductions import Approval, Consent, Introduction, Message
from matching.models.runs import Comparison, Run, RunPerson, Stop, StopReason
from matching.models.suggestions import DismissReason, Interest, Suggestion

__all__ = [
    "Approval",
    "Comparison",
    "Consent",
    "DismissReason",
    "Interest",
    "Introduction",
    "Message",
    "Run",
    "RunPerson",
    "Stop",
    "StopReason",
    "Suggestion",
]
