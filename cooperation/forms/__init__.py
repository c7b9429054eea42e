"""What is written in a plan and in the log of contacts, checked."""

from cooperation.forms.contacts import CorrectForm, EmployerContactForm, FindForm, PersonContactForm
from cooperation.forms.plans import ADVISORS, OTHERS, OWN, GoalForm, StepForm

__all__ = ["ADVISORS", "OTHERS", "OWN", "CorrectForm", "EmployerContactForm", "FindForm", "GoalForm", "PersonContactForm", "StepForm"]
