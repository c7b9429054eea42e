"""A jobseeker's day: the one thing to do now, and at most three that come then."""

from dataclasses import dataclass
from datetime import datetime

from jobseekers.models import Profile
from matching.models import Approval, Introduction, Suggestion
from matching.queries.words import gaps_of
from matching.states import State

MOST_THEN = 3


@dataclass(frozen=True)
class Step:
    """Something to do. `kind` names the sentence: card, times, profile; and among what comes then also door, needs, postings."""

    kind: str
    approval: Approval | None = None
    door: Introduction | None = None


@dataclass(frozen=True)
class Today:
    act: Step | None
    then: tuple[Step, ...]


def today_of(profile: Profile, at: datetime) -> Today:
    """A card to answer comes first, then times that an employer proposes, then what the profile lacks."""
    cards = [Step("card", approval=one) for one in _cards(profile)]
    doors = _doors(profile, at)
    lacks = [Step("profile")] if gaps_of(profile) else []
    first = [*cards, *(one for one in doors if one.kind == "times"), *lacks]
    act = first[0] if first else None
    then = [one for one in (*cards, *doors, *lacks, Step("needs"), Step("postings")) if one is not act]
    return Today(act, tuple(then[:MOST_THEN]))


def _cards(profile: Profile) -> list[Approval]:
    asked = Suggestion.objects.filter(profile=profile, state=State.APPROVED, approved_once=True)
    live = Approval.objects.filter(void_at=None, suggestion__in=asked).select_related("suggestion__posting__employer")
    return list(live.order_by("answer_by", "at", "pk")[: MOST_THEN + 1])


def _doors(profile: Profile, at: datetime) -> list[Step]:
    """Open ones, those first where times wait for an answer."""
    doors = Introduction.objects.readable(at).filter(suggestion__profile=profile).select_related("posting__employer")
    waiting = set(doors.proposed().values_list("pk", flat=True))
    steps = [Step("times" if one.pk in waiting else "door", door=one) for one in doors.order_by("-opened_at", "pk")]
    return sorted(steps, key=lambda step: step.kind != "times")
