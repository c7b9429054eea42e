"""What several agencies do together around one person."""

from cooperation.models.meetings import Meeting, MeetingQuerySet, MeetingTask, Note, NoteKind, Party, digest_of
from cooperation.models.types import TYPES_IN, ZONES, MeetingType, PartyKind, Purpose, Said, Where

__all__ = [
    "TYPES_IN",
    "ZONES",
    "Meeting",
    "MeetingQuerySet",
    "MeetingTask",
    "MeetingType",
    "Note",
    "NoteKind",
    "Party",
    "PartyKind",
    "Purpose",
    "Said",
    "Where",
    "digest_of",
]
