"""Measures and what they allow; what helps to pay; placements with their agreements and adaptations."""

from placements.models.adaptations import Adaptation, AgreementTemplate, Works
from placements.models.check_ins import CheckIn, CheckInState, Decision, DoTheyWork, How, Incident, ToChange, Told
from placements.models.measures import MeasureType, MeasureVersion, Party
from placements.models.placements import Doer, EndWhy, GoalKind, Payer, Placement, Safety
from placements.models.schemes import Scheme
from placements.models.tasks import Task, TaskKind
from placements.models.texts import Country
from placements.models.versions import Signature, Version

__all__ = [
    "Adaptation",
    "AgreementTemplate",
    "CheckIn",
    "CheckInState",
    "Country",
    "Decision",
    "DoTheyWork",
    "Doer",
    "EndWhy",
    "GoalKind",
    "How",
    "Incident",
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
    "ToChange",
    "Told",
    "Version",
    "Works",
]
