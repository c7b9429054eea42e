"""Every change of placements."""

from placements.actions.measures import load_measures
from placements.actions.shipped import BadRulesError, Loaded

__all__ = ["BadRulesError", "Loaded", "load_measures"]
