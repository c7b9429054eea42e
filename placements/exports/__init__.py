"""Words of a placement that leave: the agreement on paper, and what the person takes with them."""

from placements.exports.paper import as_pdf
from placements.exports.person import not_here, whole

__all__ = ["as_pdf", "not_here", "whole"]
