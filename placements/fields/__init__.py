"""What rows of placements are made of: columns of codes, and the terms of an agreement."""

from placements.fields.codes import KindsField, NeedsField
from placements.fields.terms import DAYS, Agreed, Contact, Goal, Step, Terms

__all__ = ["DAYS", "Agreed", "Contact", "Goal", "KindsField", "NeedsField", "Step", "Terms"]
