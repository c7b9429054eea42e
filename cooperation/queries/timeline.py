"""One list of what happened around a person, newest first, for the own advisor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Event
from cooperation.models import Contact, Meeting, PlanStep
from cooperation.states import MeetingState
from jobseekers.models import Profile, Stage
from matching.models import Introduction
from matching.states import Door


@dataclass(frozen=True)
class Happening:
    """`kind` names the sentence: enrolled, stage, contact, meeting, meeting_off, opened, answered, closed, step. The rest is what that
    sentence needs."""

    at: datetime
    kind: str
    words: str = ""  # a stage, the way of a contact, the type of a meeting, a posting, the words of a step
    whom: str = ""  # an employer, an agency; empty for the person
    by: str = ""  # an advisor
    line: str = ""  # the advisor's own
    pk: UUID | None = None
    contact_with: str = ""
    missed: bool = False
    correctable: bool = False


def timeline(profile: Profile, at: datetime, *, reader_id: int, more: Iterable[Happening] = ()) -> list[Happening]:
    """Stages, contacts, meetings that were held or called off, introductions and steps that are done, in five queries.
    `more` is what apps above this one know.

    `reader_id` is the advisor who reads: they may still correct what they have noted today.
    """
    found = [Happening(profile.enrolled_at, "enrolled"), *more]
    found += _stages(profile)
    found += [_contact(one, at, reader_id) for one in Contact.objects.about(profile.pk)]
    found += _meetings(profile)
    found += _doors(profile)
    done = PlanStep.objects.filter(profile=profile, done_at__isnull=False)
    found += [Happening(one.done_at, "step", one.sealed["words"]) for one in done if one.done_at]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _stages(profile: Profile) -> list[Happening]:
    moves = Event.objects.filter(subject="profile", subject_id=str(profile.pk), what="stage_set", at__gte=profile.enrolled_at)
    return [Happening(move.at, "stage", str(Stage(move.after).label)) for move in moves if move.after in Stage.values]


def _contact(one: Contact, at: datetime, reader_id: int) -> Happening:
    return Happening(
        at=one.at,
        kind="contact",
        words=str(one.way.label),
        whom=one.employer.name if one.employer else one.sealed["agency"],
        by=one.by.get_full_name() if one.by else "",
        line=one.sealed["line"],
        pk=one.pk,
        contact_with=one.contact_with,
        missed=one.missed,
        correctable=one.by_id == reader_id and one.noted_on_day_of(at),
    )


def _meetings(profile: Profile) -> list[Happening]:
    kinds = {MeetingState.HELD.value: "meeting", MeetingState.CANCELLED.value: "meeting_off"}
    over = Meeting.objects.filter(profile=profile, state__in=kinds)
    return [Happening(one.starts, kinds[one.state], str(one.get_type_display()), pk=one.pk) for one in over]


def _doors(profile: Profile) -> list[Happening]:
    found = []
    for door in Introduction.objects.filter(suggestion__profile=profile).select_related("posting__employer"):
        moments = {"opened": door.opened_at, "answered": door.answered_at, "closed": door.closed_at if door.state == Door.CLOSED else None}
        found += [
            Happening(moment, kind, words=door.posting.title, whom=door.posting.employer.name, pk=door.pk)
            for kind, moment in moments.items()
            if moment
        ]
    return found
