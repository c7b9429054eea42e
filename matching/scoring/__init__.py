"""Scores and reasons, plain Python: what a pair is worth and why."""

from matching.scoring.parts import ASK, CAN, LEVELS, MET, NOT_MET, THRESHOLD, WEIGHTS_VERSION, Job, Need, Parts, Person, Space, distance_km, score
from matching.scoring.reasons import of as reasons_of

__all__ = [
    "ASK",
    "CAN",
    "LEVELS",
    "MET",
    "NOT_MET",
    "THRESHOLD",
    "WEIGHTS_VERSION",
    "Job",
    "Need",
    "Parts",
    "Person",
    "Space",
    "distance_km",
    "reasons_of",
    "score",
]
