"""What of matching waits for a jobseeker: cards, open doors, and what the profile lacks."""

from dataclasses import dataclass
from datetime import datetime

from jobseekers.models import Profile
from matching.models import Approval, Introduction, Suggestion
from matching.queries.words import gaps_of
from matching.states import Door, State

MOST = 4  # cards: one to take now, three that come then


@dataclass(frozen=True)
class Waits:
    """Cards by the day to answer, those doors first where times wait for an answer (`times`), whether the profile lacks something."""

    cards: tuple[Approval, ...]
    times: tuple[Introduction, ...]
    doors: tuple[Introduction, ...]
    lacks: bool


def waits_for(profile: Profile, at: datetime) -> Waits:
    doors = Introduction.objects.readable(at).filter(suggestion__profile=profile).select_related("posting__employer", "suggestion__profile")
    proposed = set(doors.exclude(state=Door.AGREED).proposed().values_list("pk", flat=True))
    found = list(doors.order_by("-opened_at", "pk"))
    return Waits(
        cards=tuple(_cards(profile)),
        times=tuple(one for one in found if one.pk in proposed),
        doors=tuple(one for one in found if one.pk not in proposed),
        lacks=bool(gaps_of(profile)),
    )


def _cards(profile: Profile) -> list[Approval]:
    asked = Suggestion.objects.filter(profile=profile, state=State.APPROVED, approved_once=True)
    live = Approval.objects.filter(void_at=None, suggestion__in=asked).select_related("suggestion__posting__employer")
    return list(live.order_by("answer_by", "at", "pk")[:MOST])
