"""Measures and what they allow; placements with their agreements and adaptations."""

from placements.models.adaptations import Adaptation, AgreementTemplate, Works
from placements.models.measures import Country, MeasureType, MeasureVersion, Party
from placements.models.placements import Doer, EndWhy, GoalKind, Payer, Placement, Safety, Signature, Version
from placements.models.tasks import Task, TaskKind

__all__ = [
    "Adaptation",
    "AgreementTemplate",
    "Country",
    "Doer",
    "EndWhy",
    "GoalKind",
    "MeasureType",
    "MeasureVersion",
    "Party",
    "Payer",
    "Placement",
    "Safety",
    "Signature",
    "Task",
    "TaskKind",
    "Version",
    "Works",
]
