"""Reads about plans and contacts that are not one model's business."""

from cooperation.queries.counts import Counts, SearchClock, counts_of, search_clock, visits_before
from cooperation.queries.missed import Missed, missed_of
from cooperation.queries.stages import StageClock, stage_clocks
from cooperation.queries.timeline import Happening, timeline
from cooperation.queries.versions import goal_version, step_version

__all__ = [
    "Counts",
    "Happening",
    "Missed",
    "SearchClock",
    "StageClock",
    "counts_of",
    "goal_version",
    "missed_of",
    "search_clock",
    "stage_clocks",
    "step_version",
    "timeline",
    "visits_before",
]
