"""Makes the demo region step by step, so that a start that was killed goes on where it stopped."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency
from audit.actions import record
from audit.models import Event
from matching.actions import list_missing
from portal.demo import accounts, coming, employers, pages, people, placing, plans, publishing, story
from portal.demo.chapters import Cast
from portal.demo.content import Clock, key

Say = Callable[[str], object]
MADE, REMOVED = "demo_made", "demo_removed"
REGION = "boras"  # the agency whose row says that the first step was done


def is_whole() -> bool:
    """Whether the region stands. The log remembers: the last thing that happened to it is that it was made."""
    last = Event.objects.filter(subject="demo").order_by("-pk").values_list("what", flat=True).first()
    return last == MADE


def make(say: Say) -> None:
    """Make what is missing, in three steps: rows, facts, story. The first and the last are made whole or not at all,
    and a fact that was carried is not carried again."""
    clock = Clock(timezone.now())
    if not Agency.objects.filter(pk=key("agency", REGION)).exists():
        with transaction.atomic():
            _make_rows(clock)
            list_missing()  # rows that came past the actions
        say("agencies, employers, postings and jobseekers are there")
    say(f"{publishing.carry_facts()} facts carried to search and engine")
    with transaction.atomic():
        plans.make_plans(clock)
        told = story.tell(clock)
        placed = placing.make_placements(Cast(clock))
        record(MADE, "demo", REGION, by=None, at=clock.now)
    publishing.carry_facts()
    say(f"suggestions have moved: {told}; placements: {placed}")


def _make_rows(clock: Clock) -> None:
    taken: set[str] = set()
    accounts.make_agencies(clock, taken)
    accounts.grant_overrides(clock)
    employers.make_employers(clock, taken)
    employers.make_drafts(clock)
    people.make_people(clock, taken)
    publishing.publish_all(clock)
    pages.make_pages(clock)
    coming.make_coming(clock)
