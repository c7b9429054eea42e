"""Everything of matching about one person, for the own advisor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jobseekers.models import Profile
from matching.models import Interest, Introduction, Suggestion
from matching.states import Closed, State

MOST_CLOSED = 20


@dataclass(frozen=True)
class Waiting:
    """A person's suggestions by where they stand, introductions and interests; newest first."""

    to_read: Sequence[Suggestion]
    asked: Sequence[Suggestion]
    would_fit: Sequence[Suggestion]
    closed: Sequence[Suggestion]
    doors: Sequence[Introduction]
    interests: Sequence[Interest]


def of_person(profile: Profile, at: datetime) -> Waiting:
    """In a handful of queries however many there are."""
    own = Suggestion.objects.filter(profile=profile).listed()
    return Waiting(
        to_read=list(own.filter(state=State.SUGGESTED, eligible=True).order_by("-order", "tie")),
        asked=list(own.filter(state=State.APPROVED).order_by("-moved_at", "pk")),
        would_fit=list(own.filter(state=State.SUGGESTED, eligible=False).order_by("-order", "tie")),
        closed=list(own.filter(state=State.CLOSED).exclude(closed_as=Closed.STALE).order_by("-moved_at", "pk")[:MOST_CLOSED]),
        doors=list(
            Introduction.objects.filter(suggestion__profile=profile)
            .select_related("posting__employer", "consent", "suggestion__profile")
            .order_by("-opened_at", "pk")
        ),
        interests=list(Interest.objects.filter(profile=profile).select_related("posting__employer").order_by("-at", "pk")),
    )
