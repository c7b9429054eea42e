"""Measures and what they allow; what helps to pay; placements with their agreements and adaptations."""

from placements.models.adaptations import Adaptation, AgreementTemplate, Works
from placements.models.attendance import DropIn
from placements.models.check_ins import CheckIn, CheckInState, Decision, DoTheyWork, How, Incident, ToChange, Told
from placements.models.ends import (
    AT_WORK,
    Assessment,
    Attendance,
    Hire,
    HireForm,
    NextStep,
    Outcome,
    OutcomeConsent,
    Reached,
    Source,
    Where,
)
from placements.models.feedback import Again, Feedback
from placements.models.measures import MeasureType, MeasureVersion, Party
from placements.models.placements import Doer, EndWhy, GoalKind, Payer, Placement, Safety
from placements.models.reports import Report
from placements.models.schemes import Scheme
from placements.models.tasks import Task, TaskKind
from placements.models.texts import Country
from placements.models.versions import Signature, Version

__all__ = [
    "AT_WORK",
    "Adaptation",
    "Again",
    "AgreementTemplate",
    "Assessment",
    "Attendance",
    "CheckIn",
    "CheckInState",
    "Country",
    "Decision",
    "DoTheyWork",
    "Doer",
    "DropIn",
    "EndWhy",
    "Feedback",
    "GoalKind",
    "Hire",
    "HireForm",
    "How",
    "Incident",
    "MeasureType",
    "MeasureVersion",
    "NextStep",
    "Outcome",
    "OutcomeConsent",
    "Party",
    "Payer",
    "Placement",
    "Reached",
    "Report",
    "Safety",
    "Scheme",
    "Signature",
    "Source",
    "Task",
    "TaskKind",
    "ToChange",
    "Told",
    "Version",
    "Where",
    "Works",
]
