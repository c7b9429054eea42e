"""Scores and reasons, plain Python: what a pair is worth and why."""

from matching.scoring.parts import (
    ASK,
    CAN,
    LEVELS,
    MET,
    NOT_MET,
    WEIGHTS_VERSION,
    Job,
    Need,
    Parts,
    Person,
    distance_km,
    need_result,
    score,
)
from matching.scoring.parts import FIT as _FIT
from matching.scoring.parts import NEEDS as _NEEDS
from matching.scoring.parts import OCCUPATION as _OCCUPATION
from matching.scoring.people import People
from matching.scoring.picking import Best
from matching.scoring.postings import Postings
from matching.scoring.reasons import from_stored as reasons_from
from matching.scoring.reasons import of as reasons_of
from matching.scoring.space import THRESHOLD, Space

WEIGHTS = {"fit": _FIT, "occupation": _OCCUPATION, "needs": _NEEDS}

__all__ = [
    "ASK",
    "CAN",
    "LEVELS",
    "MET",
    "NOT_MET",
    "THRESHOLD",
    "WEIGHTS",
    "WEIGHTS_VERSION",
    "Best",
    "Job",
    "Need",
    "Parts",
    "People",
    "Person",
    "Postings",
    "Space",
    "distance_km",
    "need_result",
    "reasons_from",
    "reasons_of",
    "score",
]
