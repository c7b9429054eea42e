"""Who may see what of a plan."""

from cooperation.access.plans import PlanCard, StepLine, next_steps, plan_of, step_of

__all__ = ["PlanCard", "StepLine", "next_steps", "plan_of", "step_of"]
