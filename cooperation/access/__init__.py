"""Who may see what of what agencies do together: plans, contacts and meetings. These functions are the only doors."""

from cooperation.access.advisors import Member, meeting_of, meetings_of, members_for
from cooperation.access.contacts import EmployerContact, OwnContact, contacts_about, contacts_with, correctable
from cooperation.access.employers import EmployerCard, EmployerRow, employer_card, employers_named, portfolio
from cooperation.access.meetings import (
    MeetingSeen,
    OwnMeeting,
    link_of,
    may_look,
    notes_of,
    of_employer,
    of_guest,
    of_member,
    own_meeting,
    own_meetings,
    own_next,
    party_behind,
    profile_of,
)
from cooperation.access.plans import PlanCard, StepLine, next_steps, plan_of, step_of

__all__ = [
    "EmployerCard",
    "EmployerContact",
    "EmployerRow",
    "MeetingSeen",
    "Member",
    "OwnContact",
    "OwnMeeting",
    "PlanCard",
    "StepLine",
    "contacts_about",
    "contacts_with",
    "correctable",
    "employer_card",
    "employers_named",
    "link_of",
    "may_look",
    "meeting_of",
    "meetings_of",
    "members_for",
    "next_steps",
    "notes_of",
    "of_employer",
    "of_guest",
    "of_member",
    "own_meeting",
    "own_meetings",
    "own_next",
    "party_behind",
    "plan_of",
    "portfolio",
    "profile_of",
    "step_of",
]
