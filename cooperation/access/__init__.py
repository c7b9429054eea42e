"""Who may see what of what agencies do together. These functions are the only doors."""

from cooperation.access.advisors import Member, meeting_of, meetings_of, members_for
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
    party_behind,
    profile_of,
)

__all__ = [
    "MeetingSeen",
    "Member",
    "OwnMeeting",
    "link_of",
    "may_look",
    "meeting_of",
    "meetings_of",
    "members_for",
    "notes_of",
    "of_employer",
    "of_guest",
    "of_member",
    "own_meeting",
    "own_meetings",
    "party_behind",
    "profile_of",
]
