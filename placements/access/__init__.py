"""Who may see what of a placement: frozen sheets for each party."""

from placements.access.links import CHECK_IN, REPORTS, address_in, check_in_by_link, report_by_link, token_of, version_by_link
from placements.access.parties import asked_to_assess, parties_of, placement_for, placements_of, readers_of_check_in, within
from placements.access.sheets import Line, Sheet, Signer, day_name, sheet_for, sheet_in_force, sheet_of_version

__all__ = [
    "CHECK_IN",
    "REPORTS",
    "Line",
    "Sheet",
    "Signer",
    "address_in",
    "asked_to_assess",
    "check_in_by_link",
    "day_name",
    "parties_of",
    "placement_for",
    "placements_of",
    "readers_of_check_in",
    "report_by_link",
    "sheet_for",
    "sheet_in_force",
    "sheet_of_version",
    "token_of",
    "version_by_link",
    "within",
]
