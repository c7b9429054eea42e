"""What has happened to one placement, from the log, in words for the advisor."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from audit.models import Event
from placements.models import Placement

MOST = 30


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str
    role: str  # of who did it; "system" is the clock


def timeline_of(placement: Placement, most: int = MOST) -> list[Happened]:
    """The newest first. What a step says beside its name stays in the log: it may be a reason that is not for this page."""
    words = _words()
    events = Event.objects.filter(subject="placement", subject_id=str(placement.pk), what__in=words).order_by("-at", "-pk")
    return [Happened(one.at, _moved(one.after) if one.what == "placement_moved" else words[one.what], one.role) for one in events[:most]]


def _moved(state: str) -> str:
    return {
        "approved": gettext("The agreement was approved"),
        "running": gettext("It began, or went on"),
        "paused": gettext("It was paused"),
        "completed": gettext("It was completed"),
        "ended_early": gettext("It ended early"),
        "cancelled": gettext("It was called off"),
        "expired": gettext("The draft went, because nobody had touched it"),
    }.get(state, state)


def _words() -> dict[str, str]:
    return {
        "placement_drafted": gettext("A draft was begun"),
        "placement_moved": "",
        "agreement_written": gettext("The draft was written"),
        "agreement_changed": gettext("The agreement was changed: a new version"),
        "agreement_shown": gettext("The employer was let read it"),
        "agreement_signed": gettext("Somebody signed"),
        "agreement_not_yet": gettext("The person does not want to sign yet"),
        "check_in_sent": gettext("Somebody was asked how it goes"),
        "check_in_answered": gettext("Somebody answered how it goes"),
        "check_in_missed": gettext("A check-in got no answer"),
        "check_in_read": gettext("An answer was read"),
        "adaptation_proposed": gettext("An adaptation was proposed"),
        "adaptation_moved": gettext("An adaptation came further"),
        "incident_told": gettext("Something was told"),
        "incident_followed": gettext("What was told was followed up"),
        "task_done": gettext("A task was done"),
        "assessment_written": gettext("Somebody said how it went"),
        "assessment_disagreed": gettext("Somebody saw it another way"),
        "assessment_elsewhere": gettext("The employer's words came another way"),
        "assessment_closed": gettext("It was closed"),
        "outcome_noted": gettext("It was noted where the person is"),
    }
