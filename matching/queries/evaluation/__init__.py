"""How well, and how fairly, the engine ranks: people and postings made from ESCO's occupation-skill relations. Nobody real is read."""

from matching.queries.evaluation.fairness import Fairness, evaluate_fairness
from matching.queries.evaluation.made import Made, MissingRelationsError, made_from
from matching.queries.evaluation.ranking import evaluate_ranking

__all__ = ["Fairness", "Made", "MissingRelationsError", "evaluate_fairness", "evaluate_ranking", "made_from"]
