"""Words of a placement that leave: the agreement on paper, and what the person takes with them."""

from placements.exports.paper import as_pdf

__all__ = ["as_pdf"]
