"""What this app keeps of one person, as plain data. matching/exports.py adds the rest; the whole is for the person alone."""

from datetime import datetime
from typing import Any

from jobseekers import access, queries
from jobseekers.models import Profile

EVERYTHING = 10_000  # rows of the log; nobody has been looked at so often


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """Words in the reader's language beside the codes, so that the file can be read by people and by programs.

    The advisor's private note is not in it: the person asks the agency for that one, which has to weigh it first.
    """
    user = profile.user
    return {
        "made": at.isoformat(),
        "account": {"first_name": user.first_name, "last_name": user.last_name, "email": profile.email, "phone": user.phone}
        | {"language": user.language, "colours": user.colours, "text_size": user.text_size, "letters_turned_off": user.quiet},
        "advisor": profile.advisor.get_full_name() if profile.advisor else "",
        "team": f"{profile.team.agency.name}, {profile.team.name}",
        "stage": profile.stage,
        "stage_since": profile.stage_since.isoformat(),
        "enrolled": profile.enrolled_at.isoformat(),
        "paused": profile.paused,
        "profile": [{"block": line.block, "title": line.title, "words": line.words} for line in queries.in_words(profile)],
        "available_from": profile.available_from.isoformat() if profile.available_from else "",
        "skills": _concepts(profile.skills),
        "wishes": _concepts(profile.wishes),
        "needs": [_group(group) for group in access.needs_of(profile, at) if group.answered],
        "programmes": [
            {"programme": one.title, "team": one.team, "asked": one.at.isoformat(), "state": one.state, "state_in_words": one.words}
            | {"answered": one.answered_at.isoformat() if one.answered_at else "", "reason": one.reason, "reach_me": one.reach}
            for one in access.of_the_person(profile)
        ],
        "who_has_seen": [
            {"at": look.at.isoformat(), "name": look.name, "role": look.role, "agency": look.agency, "page": look.page}
            for look in access.looks_at(profile, most=EVERYTHING)
        ],
        "done_for_you": [
            {"at": one.at.isoformat(), "name": one.name, "what": one.what, "channel": one.channel, "why": one.why}
            for one in access.done_for(profile, most=EVERYTHING)
        ],
    }


def _concepts(held: Any) -> list[dict[str, str]]:
    rows = held.select_related("concept").prefetch_related("concept__labels").order_by("added_at", "pk")
    return [
        {"key": one.concept_id, "label": one.concept.label_in(), "source": getattr(one, "source", ""), "added": one.added_at.isoformat()}
        for one in rows
    ]


def _group(group: access.GroupOfNeeds) -> dict[str, Any]:
    return {
        "group": group.label,
        "review_on": group.review_on.isoformat() if group.review_on else "",
        "answers": [
            {"code": line.code, "label": line.label, "importance": line.importance, "beside": line.beside, "stated_by": line.stated_by}
            for line in group.lines
            if line.importance
        ],
    }
