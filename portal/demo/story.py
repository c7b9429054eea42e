"""How suggestions of the demo make their way: every step is taken through the actions, on its own day, by whom it belongs to."""

from collections import Counter
from itertools import cycle
from typing import Any

from django.utils import timezone

from matching import actions
from matching.models import Suggestion
from matching.states import State
from outbox.models import Letter
from portal.demo import publishing
from portal.demo.chapters import CHAPTERS, Cast, Scene
from portal.demo.content import Clock, account_id, chance, key

# What becomes of the best suggestion of one person after another; "" stays in the advisor's queue.
PLOT = (
    *("", "approved", "meet", "dismissed", "", "asked", "declined", "talk", "", "waits", "lapsed", ""),
    *("withdrawn", "open", "", "closed", "interested", "approved", "declined_by_employer", ""),
)
# What the people who can be tried out have before them: the posting, and how far it has come.
STARS = {
    "elin": (key("posting", "lindangen-sjobo", "vaxthus"), "approved"),
    "yusuf": (key("posting", "lindangen-sjobo", "packrum"), "open"),
    "sindre": (key("posting", "glommagront-skjeberg", "veksthus"), "approved"),
}
WEAK = 0.3  # below this order an advisor of the demo has dismissed about every second suggestion
QUEUE_DAYS = 9


def tell(clock: Clock) -> dict[str, int]:
    """Move suggestions through every state there is; returns how many took which way."""
    cast, told = Cast(clock), Counter[str]()
    for scene, plot in _plots():
        _date(scene, clock, 18 if plot else chance("queued", str(scene.pk)).randint(1, QUEUE_DAYS))
        if plot:
            CHAPTERS[plot](cast, Scene(scene))
            told[plot] += 1
    actions.lapse(at=clock.now)
    publishing.move_on(clock)
    # The letters of the past have been read, or rather: nobody at these addresses ever will.
    Letter.objects.filter(done_at=None).update(done_at=timezone.now(), outcome="dropped")
    return dict(told)


def _plots() -> list[tuple[Suggestion, str]]:
    """Every suggestion with what becomes of it, in an order that chance and the database have no say in."""
    stars = {account_id(slug): plan for slug, plan in STARS.items()}
    plot, seen = cycle(PLOT), set[int]()
    found: list[tuple[Suggestion, str]] = []
    waiting = Suggestion.objects.filter(state=State.SUGGESTED).select_related("profile", "posting__employer", "posting__workplace")
    for one in sorted(waiting, key=lambda one: (not one.eligible, str(one.profile_id), -one.order, str(one.posting_id))):
        person = one.profile.user_id
        if person in stars:
            posting, way = stars[person]
            found.append((one, way if one.posting_id == posting else ""))
        elif one.eligible and person not in seen:
            found.append((one, next(plot)))
        else:
            found.append((one, _else(one)))
        seen.add(person)
    return found


def _else(one: Suggestion) -> str:
    luck = chance("else", str(one.posting_id), str(one.profile_id))
    if one.eligible and one.order < WEAK and luck.random() < 1 / 2:
        return "dismissed"
    return ""


def _date(one: Suggestion, clock: Clock, days: int) -> None:
    """Suggestions of the demo are as old as their story needs; the engine has made all of them just now."""
    at: Any = clock.ago(days)
    Suggestion.objects.filter(pk=one.pk).update(created_at=at, moved_at=at)
