"""Reads that are not one model's business: caseloads, and a profile in words."""

from jobseekers.queries.caseload import Load, PersonRow, Room, days_in_stage, loads, people_rows, room_of
from jobseekers.queries.versions import block_version, contact_version, needs_version, note_version
from jobseekers.queries.words import PARAMETERS, Line, Parameter, in_words, languages_in_words, parameter_in_words

__all__ = [
    "PARAMETERS",
    "Line",
    "Load",
    "Parameter",
    "PersonRow",
    "Room",
    "block_version",
    "contact_version",
    "days_in_stage",
    "in_words",
    "languages_in_words",
    "loads",
    "needs_version",
    "note_version",
    "parameter_in_words",
    "people_rows",
    "room_of",
]
