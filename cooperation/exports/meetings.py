"""What is kept about one person's meetings, as plain data: for the person alone.

Notes that the person is no reader of are not in it: they may speak of others, and are asked for at the agency like the advisor's own.
"""

from datetime import datetime
from typing import Any

from cooperation.models import Meeting, Note, Party, PartyKind
from jobseekers.models import BehalfReason, Channel, Profile


def whole(profile: Profile, at: datetime) -> dict[str, Any]:
    """Every meeting with who was to come, what the person said to each, the notes they may read and the tasks."""
    found = Meeting.objects.filter(profile=profile).order_by("starts", "pk")
    return {"meetings": [_meeting(one) for one in found]}


def _meeting(one: Meeting) -> dict[str, Any]:
    parties = Party.objects.whole().in_order().filter(meeting=one)
    notes = Note.objects.filter(meeting=one, readers__kind=PartyKind.PERSON)
    return {
        "type": str(one.get_type_display()),
        "purpose": str(one.get_purpose_display()),
        "state": one.state,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat(),
        "where": str(one.get_where_display()),
        "place": one.place,
        "agenda": one.agenda,
        "parties": [_party(party) for party in parties],
        "notes": [{"kind": str(note.get_kind_display()), "at": note.at.isoformat(), "words": note.sealed["words"]} for note in notes],
        "tasks": [
            {"who": task.owner.name, "words": task.sealed["words"], "by": task.due.isoformat(), "done": _time(task.done_at)}
            for task in one.tasks.select_related("owner__user")
        ],
    }


def _party(one: Party) -> dict[str, Any]:
    return {
        "who": one.name,
        "from": one.organisation,
        "you_were_asked": _time(one.asked_at),
        "you_said": one.said,
        "at": _time(one.said_at),
        "answered_for_you": _in_words(Channel.choices, one.channel),
        "why_for_you": _in_words(BehalfReason.choices, one.why),
        "invited": _time(one.invited_at),
        "comes": one.comes,
        "was_there": one.was_there,
    }


def _in_words(choices: Any, code: str) -> str:
    return str(dict(choices).get(code, code))


def _time(value: datetime | None) -> str:
    return value.isoformat() if value else ""
