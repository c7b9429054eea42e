"""Reads about placements that are not one model's business."""

from placements.queries.drafts import broken_limits, first_terms, is_full, missing, signers_of, usual_measure
from placements.queries.measures import broken, choices_for, version_on

__all__ = [
    "broken",
    "broken_limits",
    "choices_for",
    "first_terms",
    "is_full",
    "missing",
    "signers_of",
    "usual_measure",
    "version_on",
]
