"""Reads about plans that are not one model's business."""

from cooperation.queries.stages import StageClock, stage_clocks
from cooperation.queries.versions import goal_version, step_version

__all__ = ["StageClock", "goal_version", "stage_clocks", "step_version"]
