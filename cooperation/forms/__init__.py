"""What is written in a plan, checked."""

from cooperation.forms.plans import ADVISORS, OTHERS, OWN, GoalForm, StepForm

__all__ = ["ADVISORS", "OTHERS", "OWN", "GoalForm", "StepForm"]
