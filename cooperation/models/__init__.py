"""What several agencies do together around one person: the plan, the log of contacts, meetings."""

from cooperation.models.contacts import MEANS, OUTSIDE, Contact, ContactPlace, ContactWith, How, Way
from cooperation.models.meetings import Meeting, MeetingQuerySet, MeetingTask, Note, NoteKind, Party, digest_of
from cooperation.models.plans import NAMED, Plan, PlanStep, Side
from cooperation.models.types import TYPES_IN, ZONES, MeetingType, PartyKind, Purpose, Said, Where

__all__ = [
    "MEANS",
    "NAMED",
    "OUTSIDE",
    "TYPES_IN",
    "ZONES",
    "Contact",
    "ContactPlace",
    "ContactWith",
    "How",
    "Meeting",
    "MeetingQuerySet",
    "MeetingTask",
    "MeetingType",
    "Note",
    "NoteKind",
    "Party",
    "PartyKind",
    "Plan",
    "PlanStep",
    "Purpose",
    "Said",
    "Side",
    "Way",
    "Where",
    "digest_of",
]
