"""The person's plan with its steps, and the log of contacts."""

from cooperation.models.contacts import MEANS, OUTSIDE, Contact, ContactWith, How, Way, Where
from cooperation.models.plans import NAMED, Plan, PlanStep, Side

__all__ = ["MEANS", "NAMED", "OUTSIDE", "Contact", "ContactWith", "How", "Plan", "PlanStep", "Side", "Way", "Where"]
