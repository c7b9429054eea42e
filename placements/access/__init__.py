"""Who may see what of a placement: frozen sheets for each party."""

from placements.access.parties import parties_of, placement_for, placements_of
from placements.access.sheets import Line, Sheet, Signer, day_name, sheet_for, sheet_in_force, sheet_of_version

__all__ = [
    "Line",
    "Sheet",
    "Signer",
    "day_name",
    "parties_of",
    "placement_for",
    "placements_of",
    "sheet_for",
    "sheet_in_force",
    "sheet_of_version",
]
