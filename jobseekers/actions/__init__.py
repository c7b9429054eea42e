"""Every change of a profile, a caseload or what is sealed. Keyword-only `by` and `at`; one transaction, one event."""

from jobseekers.actions.calls import ask_to_be_called, note_call
from jobseekers.actions.caseload import add_member, end_member, grant_override, reach_workplace, set_stage, transfer
from jobseekers.actions.enrolment import enrol, make_code, redeem_code
from jobseekers.actions.leaving import leave, part
from jobseekers.actions.needs import add_needs, save_needs, save_note
from jobseekers.actions.profile import (
    add_skill,
    add_wish,
    pause,
    record_copy,
    remove_skill,
    remove_wish,
    resume,
    save_contact,
    save_profile,
)
from jobseekers.actions.programmes import (
    answer_programme_request,
    ask_for_programme,
    take_programme_request,
    withdraw_programme_request,
)
from jobseekers.actions.sealing import reseal, sealed_fields

__all__ = [
    "add_member",
    "add_needs",
    "add_skill",
    "add_wish",
    "answer_programme_request",
    "ask_for_programme",
    "ask_to_be_called",
    "end_member",
    "enrol",
    "grant_override",
    "leave",
    "make_code",
    "note_call",
    "part",
    "pause",
    "reach_workplace",
    "record_copy",
    "redeem_code",
    "remove_skill",
    "remove_wish",
    "reseal",
    "resume",
    "save_contact",
    "save_needs",
    "save_note",
    "save_profile",
    "sealed_fields",
    "set_stage",
    "take_programme_request",
    "transfer",
    "withdraw_programme_request",
]
