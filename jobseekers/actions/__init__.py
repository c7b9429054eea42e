"""Every change of a profile, its needs, and the caseload."""

from jobseekers.actions.caseload import enrol, grant_override, make_code, redeem_code, transfer
from jobseekers.actions.needs import save_needs, save_note
from jobseekers.actions.profiles import add_concept, pause, remove_concept, resume, save_block

__all__ = [
    "add_concept",
    "enrol",
    "grant_override",
    "make_code",
    "pause",
    "redeem_code",
    "remove_concept",
    "resume",
    "save_block",
    "save_needs",
    "save_note",
    "transfer",
]
