"""Placements of the demo, in every state there is in both countries: through the actions, day after day up to today."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from audit.models import Event
from employers.models import Kind, Posting
from jobseekers.models import Profile, Stage
from matching import actions as matching
from matching.models import Suggestion
from outbox.models import Letter
from placements import actions
from placements.models import CheckIn
from placements.states import State
from portal.demo.chapters import Cast
from portal.demo.content import account_id, chance, key
from portal.demo.tales import Tale, Way
from portal.demo.turns import TURNS

LONGEST = 200  # days that the story goes back
QUIET = (20, 14, 13)  # days ago on which a draft that nobody touches is warned of, and goes
LATELY = 10  # days, in which a placement rests and a report is asked for
AT_ONCE = 2  # placements of the story that begin at one workplace
ENDED_WELL = ((9, "assessed"), (8, "answered"), (7, "closed"))
WAYS = (
    Way("apprentice", 100, kind="apprenticeship", weeks=40, then=((90, "in_place"), (4, "reported"))),
    Way("red", 16, replies="red", then=((14, "in_place"), (3, "works_not"))),
    Way("signed", -9, approved=False),
    Way("draft", -20, sent=False, approved=False),
    Way("sent", -16, signed=0, approved=False),
    Way("part_signed", -14, signed=1, approved=False),
    Way("approved", -7, then=((2, "meeting"),)),
    Way("green", 37, then=((35, "in_place"), (30, "template"), (20, "works"), (12, "told"), (11, "followed_up"))),
    Way("missed", 30, replies="none", then=((1, "told"),)),
    Way("changing", 40, then=((2, "longer"),)),
    Way("paused", 33, then=((6, "rest"),)),
    Way("completed", 80, weeks=11, then=((1, "assessed"),)),
    Way("followed", 80, weeks=10, then=(*ENDED_WELL, (7, "asked"), (6, "known"), (6, "hired"), (5, "thanks"))),
    Way(
        "hired",
        150,
        weeks=4,
        then=(
            *((121, "answered"), (120, "assessed"), (119, "disagreed"), (118, "closed"), (118, "asked"), (117, "at_work"), (117, "hired")),
            *((108, "contacted"), (78, "contacted"), (48, "contacted"), (18, "contacted")),
        ),
    ),
    Way("ended_early", 30, then=((4, "end"), (3, "perhaps"))),
    Way("cancelled", -10, then=((7, "no_meeting"), (1, "cancel"))),
    Way("expired", -20, sent=False, approved=False),
)


def make_placements(cast: Cast) -> dict[str, int]:
    """Every way once in each country, as far as there is somebody for it; returns how many went which way."""
    tales = list(_tales(cast))
    todo = sorted(((days, n, step) for n, tale in enumerate(tales) for days, step in _steps(tale)), key=lambda one: -one[0])
    moving = {*range(LATELY), *QUIET, *(day for tale in tales for day in (tale.way.began, tale.way.began - 7 * tale.way.weeks))}
    for days in range(LONGEST, -1, -1):
        at = cast.clock.ago(days)
        for minutes, (_, _, step) in enumerate([one for one in todo if one[0] == days]):
            step(at + timedelta(seconds=minutes))
        _tick(at, moves=days in moving)
        for row in CheckIn.objects.waiting().order_by("due", "party", "placement__profile_id"):
            next(tale for tale in tales if getattr(tale, "placement", None) == row.placement).reply(row, at + timedelta(minutes=5))
    _date_stages(tales)
    _count_drop_ins(cast)
    Letter.objects.filter(done_at=None).update(done_at=cast.clock.now, outcome="dropped")
    return {way.name: sum(one.way.name == way.name for one in tales) for way in WAYS}


def _steps(tale: Tale) -> Iterator[tuple[int, Callable[[datetime], object]]]:
    yield from tale.steps()
    for days, name in tale.way.then:
        yield days, partial(TURNS[name], tale)


def _tick(at: datetime, *, moves: bool) -> None:
    """`moves`: a placement may begin, rest, go on or be over on this day; to look at each of them every day takes seconds."""
    if moves:
        actions.tick(at=at)
        actions.tick_outcomes(at=at)
        actions.tick_reports(at=at)
    actions.tick_check_ins(at=at)
    actions.tick_assessments(at=at)


def _date_stages(tales: list[Tale]) -> None:
    """Who has begun is at the last stage since then: the facts that say so are carried only when the whole story is told."""
    for tale in tales:
        began = Event.objects.filter(subject="placement", subject_id=str(tale.placement.pk), after=State.RUNNING).order_by("at").first()
        if began is not None:
            Profile.objects.filter(pk=tale.placement.profile_id).update(stage=Stage.WORKPLACE, stage_since=began.at)


def _count_drop_ins(cast: Cast) -> None:
    """Who comes to the open activities, week after week."""
    for posting in Posting.objects.open().filter(kind=Kind.ACTIVITY).order_by("pk"):
        luck = chance("drop_ins", str(posting.pk))
        for weeks in range(6):
            day = cast.clock.day(-7 * weeks - 2)
            by = cast.employers[posting.employer_id]
            actions.note_drop_ins(posting.pk, day, luck.randint(3, 14), by=by, at=cast.clock.ago(7 * weeks + 2))


class _Taken:
    """Who and what is part of a story already."""

    def __init__(self) -> None:
        self.people = {account_id(slug) for slug in ("elin", "yusuf", "sindre")}
        self.people |= set(Suggestion.objects.exclude(state__in=["suggested", "closed"]).values_list("profile__user_id", flat=True))
        self.places: list[UUID | None] = []
        self.postings: set[UUID] = set()
        self.supervisors: set[int | None] = set()

    def take(self, one: Suggestion, way: Way) -> None:
        self.people.add(one.profile.user_id)
        self.postings.add(one.posting_id)
        if way.approved:
            self.places.append(one.posting.workplace_id)
            self.supervisors.add(one.posting.supervisor_id)

    def has_room(self, posting: Posting, way: Way, most: int) -> bool:
        if posting.kind != way.kind or posting.employer_id == key("employer", "lindangen"):
            return False
        return not way.approved or self.places.count(posting.workplace_id) < most


def _tales(cast: Cast) -> Iterator[Tale]:
    """People who have nothing else going on, each who begins at a workplace where nobody else does, the best first. When these are told,
    advisors find a workplace by hand for somebody whom the engine has nothing for."""
    waiting = Suggestion.objects.filter(state="suggested", eligible=True, introduction=None)
    rows = waiting.select_related("profile__user", "posting__employer", "posting__status", "posting__workplace", "posting__supervisor")
    taken = _Taken()
    for country, first in (("SE", account_id("maria")), ("NO", account_id("ingrid"))):
        found = sorted(
            (one for one in rows if one.posting.employer.country == country and one.posting.status.state == "published"),
            key=lambda one: (one.profile.advisor_id != first, -one.order, str(one.profile_id), str(one.posting_id)),
        )
        for way in WAYS:
            free = (one for one in found if one.profile.user_id not in taken.people and taken.has_room(one.posting, way, 1))
            chosen = (None if way.kind == Kind.APPRENTICESHIP else next(free, None)) or _by_hand(cast, country, taken, way)
            if chosen is not None:
                has_somebody = way.approved and chosen.posting.supervisor_id in taken.supervisors
                taken.take(chosen, way)
                yield Tale(cast, chosen, way, deputy=has_somebody)


def _by_hand(cast: Cast, country: str, taken: _Taken, way: Way) -> Suggestion | None:
    """A workplace that is not in another story, and somebody who has been with their advisor for long."""
    open_ = Posting.objects.open().filter(employer__country=country).exclude(workplace=None).order_by("pk")
    postings = [one for one in open_ if taken.has_room(one, way, AT_ONCE) and _arranges(one)]
    posting = min(postings, key=lambda one: (one.pk in taken.postings, taken.places.count(one.workplace_id)), default=None)
    helped = Profile.objects.filter(country=country, advisor__isnull=False, paused=False, left_at=None).exclude(user_id__in=taken.people)
    met = Suggestion.objects.filter(posting=posting).exclude(state="suggested").values("profile_id")
    queued: Any = Suggestion.objects.filter(state="suggested", eligible=True).values("profile_id")
    person = helped.exclude(pk__in=met).exclude(pk__in=queued).order_by("enrolled_at", "pk").first()
    person = person or helped.exclude(pk__in=met).order_by("enrolled_at", "pk").first()
    if posting is None or person is None:
        return None
    return matching.choose(posting.pk, person.pk, by=cast.roles[person.advisor_id or 0], at=cast.clock.ago(LONGEST))


def _arranges(posting: Posting) -> bool:
    return any(one.get("answer") == "yes" for one in posting.offers.values())
