"""Runs and suggestions, the two yeses, and the introductions they open."""

from matching.models.introductions import Approval, Consent, Introduction, Message
from matching.models.suggestions import DismissReason, Interest, Run, Suggestion

__all__ = ["Approval", "Consent", "DismissReason", "Interest", "Introduction", "Message", "Run", "Suggestion"]
