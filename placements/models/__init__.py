"""Measures and what they allow; what helps to pay; placements with their agreements and adaptations."""

from placements.models.adaptations import Adaptation, AgreementTemplate, Works
from placements.models.measures import MeasureType, MeasureVersion, Party
from placements.models.placements import Doer, EndWhy, GoalKind, Payer, Placement, Safety, Signature, Version
from placements.models.schemes import Scheme
from placements.models.tasks import Task, TaskKind
from placements.models.texts import Country

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
    "Scheme",
    "Signature",
    "Task",
    "TaskKind",
    "Version",
    "Works",
]
