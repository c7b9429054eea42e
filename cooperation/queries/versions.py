"""Versions of what forms of the plan show (docs/decisions/overtaken.md)."""

from uuid import UUID

from audit.queries import version_of
from cooperation.models import PlanStep


def goal_version(profile_id: UUID, words: str) -> str:
    return version_of("goal", profile_id, words)


def step_version(step: PlanStep) -> str:
    """Of its words and its day."""
    return version_of("step", step.pk, step.sealed["words"], step.sealed["who"], step.due)
