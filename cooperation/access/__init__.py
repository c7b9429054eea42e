"""Who may see what of a plan and of the log of contacts."""

from cooperation.access.contacts import EmployerContact, OwnContact, contacts_about, contacts_with, correctable
from cooperation.access.employers import EmployerCard, EmployerRow, employer_card, employers_named, portfolio
from cooperation.access.plans import PlanCard, StepLine, next_steps, plan_of, step_of

__all__ = [
    "EmployerCard",
    "EmployerContact",
    "EmployerRow",
    "OwnContact",
    "PlanCard",
    "StepLine",
    "contacts_about",
    "contacts_with",
    "correctable",
    "employer_card",
    "employers_named",
    "next_steps",
    "plan_of",
    "portfolio",
    "step_of",
]
