"""Reads that are not one model's business: caseloads, and a profile in words."""

from jobseekers.queries.caseload import (
    BENCHMARK_DAYS,
    Load,
    PersonRow,
    Room,
    StageClock,
    clocks_of,
    days_in_stage,
    loads,
    people_rows,
    room_of,
    waiting_in,
    waiting_rows,
)
from jobseekers.queries.versions import block_version, contact_version, needs_version, note_version
from jobseekers.queries.words import PARAMETERS, Line, Parameter, Part, in_words, languages_in_words, parameter_in_words, parts_of

__all__ = [
    "BENCHMARK_DAYS",
    "PARAMETERS",
    "Line",
    "Load",
    "Parameter",
    "Part",
    "PersonRow",
    "Room",
    "StageClock",
    "block_version",
    "clocks_of",
    "contact_version",
    "days_in_stage",
    "in_words",
    "languages_in_words",
    "loads",
    "needs_version",
    "note_version",
    "parameter_in_words",
    "parts_of",
    "people_rows",
    "room_of",
    "waiting_in",
    "waiting_rows",
]
