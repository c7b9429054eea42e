"""The person's plan with its steps."""

from cooperation.models.plans import NAMED, Plan, PlanStep, Side

__all__ = ["NAMED", "Plan", "PlanStep", "Side"]
