"""Profiles and what people tell: skills, wishes, needs, and the programmes they want to take part in."""

from jobseekers.models.people import (
    BehalfReason,
    CallRequest,
    CapOverride,
    Channel,
    EnrolmentCode,
    Language,
    Licence,
    NeedsRecord,
    PrivateNote,
    Profile,
    ProfileSkill,
    ProfileWish,
    SkillSource,
    Stage,
    TimeOfDay,
    WishedKind,
)
from jobseekers.models.programmes import (
    NotNow,
    ProgrammeRequest,
    Reach,
    Referred,
)

__all__ = [
    "BehalfReason",
    "CallRequest",
    "CapOverride",
    "Channel",
    "EnrolmentCode",
    "Language",
    "Licence",
    "NeedsRecord",
    "NotNow",
    "PrivateNote",
    "Profile",
    "ProfileSkill",
    "ProfileWish",
    "ProgrammeRequest",
    "Reach",
    "Referred",
    "SkillSource",
    "Stage",
    "TimeOfDay",
    "WishedKind",
]
