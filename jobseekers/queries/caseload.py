"""Reads of caseloads: how many people an advisor helps, how long they have been in a stage, who waits for an advisor."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.utils.timezone import localdate

from accounts.models import Membership, RoleKind
from jobseekers.models import CapOverride, Profile, Stage

BAR = 120  # units of the bar's drawing
NEVER = 10**6  # days


@dataclass(frozen=True)
class Room:
    """How many people an advisor helps, and how many they may."""

    people: int
    cap: int

    @property
    def full(self) -> bool:
        return self.people >= self.cap

    @property
    def free(self) -> int:
        return max(0, self.cap - self.people)

    @property
    def bar(self) -> int:
        return min(BAR, round(BAR * self.people / self.cap)) if self.cap else BAR


def room_of(advisor_id: int, at: datetime) -> Room:
    """Over all teams that the advisor works in: a day has no more hours for two agencies."""
    people = Profile.objects.filter(advisor_id=advisor_id, left_at=None).count()
    extra = CapOverride.objects.filter(advisor_id=advisor_id, until__gte=localdate(at)).aggregate(extra=Sum("extra"))["extra"]
    return Room(people, settings.CASELOAD_CAP + (extra or 0))


BENCHMARK_DAYS = {Stage.PROFILE: 30, Stage.SEARCHING: 60}  # longer than this in a stage: somebody is stuck


@dataclass(frozen=True)
class StageClock:
    """The people of an advisor in one stage: how many, and the longest stay."""

    code: str
    label: str
    people: int
    longest: int
    benchmark: int  # days; 0 where there is none

    @property
    def late(self) -> bool:
        return bool(self.benchmark) and self.longest > self.benchmark


def clocks_of(advisor_id: int, team_id: UUID, at: datetime) -> list[StageClock]:
    """The five stages of one advisor's people in a team, in one query."""
    stays: dict[str, list[int]] = {stage.value: [] for stage in Stage}
    for profile in Profile.objects.filter(advisor_id=advisor_id, team_id=team_id, left_at=None):
        stays[profile.stage].append(days_in_stage(profile, at))
    return [
        StageClock(stage.value, str(stage.label), len(stays[stage]), max(stays[stage], default=0), BENCHMARK_DAYS.get(stage, 0))
        for stage in Stage
    ]


@dataclass(frozen=True)
class PersonRow:
    """One person in the advisor's list."""

    pk: UUID
    name: str
    stage: str
    days: int
    stuck: bool  # longer in the stage than the benchmark
    paused: bool
    review_due: bool


def people_rows(profiles: Iterable[Profile], at: datetime) -> list[PersonRow]:
    """Rows of a page of `Profile.objects.helped_by(...)` with their needs records fetched along."""
    today = localdate(at)
    return [
        PersonRow(
            one.pk, one.name, str(Stage(one.stage).label), days_in_stage(one, at), is_stuck(one, at), one.paused, review_due(one, today)
        )
        for one in profiles
    ]


@dataclass(frozen=True)
class WaitingRow:
    """One person on the waiting list or in the list of transfers."""

    profile: Profile
    days: int  # without an advisor


def waiting_rows(profiles: Iterable[Profile], at: datetime) -> list[WaitingRow]:
    today = localdate(at)
    return [WaitingRow(one, max(0, (today - localdate(one.waits_since or one.enrolled_at)).days)) for one in profiles]


def days_in_stage(profile: Profile, at: datetime) -> int:
    return max(0, (localdate(at) - localdate(profile.stage_since)).days)


def is_stuck(profile: Profile, at: datetime) -> bool:
    return days_in_stage(profile, at) > BENCHMARK_DAYS.get(Stage(profile.stage), NEVER)


def review_due(profile: Profile, today: date) -> bool:
    """Whether a group of needs should be looked at again. The record is opened here; which group it is stays here."""
    found = getattr(profile, "needs_record", None)
    return found is not None and any(day and day <= today.isoformat() for day in found.sealed["review_on"].values())


@dataclass(frozen=True)
class Load:
    """One advisor's caseload: people per stage, the longest stay, and what is due."""

    advisor_id: int
    name: str
    people: int
    cap: int
    extra_until: date | None
    stages: tuple[tuple[str, int], ...]
    longest_days: int
    longest_stage: str
    longest_late: bool
    reviews_due: int

    @property
    def over(self) -> bool:
        return self.people > settings.CASELOAD_CAP

    @property
    def bar(self) -> int:
        return min(BAR, round(BAR * self.people / self.cap)) if self.cap else BAR

    @property
    def room(self) -> int:
        return max(0, self.cap - self.people)


def loads(team_id: UUID | None, at: datetime) -> list[Load]:
    """Every advisor of a team with their caseload, in four queries however many there are."""
    if team_id is None:
        return []
    roles = Membership.objects.valid(at).filter(kind=RoleKind.ADVISOR, team_id=team_id).select_related("user")
    named = dict(sorted(((one.user_id, one.shown_name) for one in roles), key=lambda pair: (pair[1], pair[0])))
    people: dict[int, list[Profile]] = {pk: [] for pk in named}
    for profile in Profile.objects.filter(advisor_id__in=named, left_at=None).select_related("needs_record"):
        people[profile.advisor_id or 0].append(profile)
    overrides = CapOverride.objects.filter(advisor_id__in=named, until__gte=localdate(at))
    extra: Counter[int] = Counter()
    until: dict[int, date] = {}
    for one in overrides:
        extra[one.advisor_id] += one.extra
        until[one.advisor_id] = min(one.until, until.get(one.advisor_id, one.until))
    return [_load(pk, name, people[pk], extra[pk], until.get(pk), at) for pk, name in named.items()]


def _load(pk: int, name: str, people: list[Profile], extra: int, until: date | None, at: datetime) -> Load:
    counted: Mapping[str, int] = Counter(one.stage for one in people)
    longest = max(people, key=lambda one: days_in_stage(one, at), default=None)
    return Load(
        advisor_id=pk,
        name=name,
        people=len(people),
        cap=settings.CASELOAD_CAP + extra,
        extra_until=until,
        stages=tuple((str(stage.label), counted.get(stage.value, 0)) for stage in Stage),
        longest_days=days_in_stage(longest, at) if longest else 0,
        longest_stage=str(Stage(longest.stage).label) if longest else "",
        longest_late=longest is not None and is_stuck(longest, at),
        reviews_due=sum(review_due(one, localdate(at)) for one in people),
    )


def waiting_in(team_id: UUID) -> int:
    """How many people of a team nobody helps yet."""
    return Profile.objects.of_team(team_id).filter(advisor=None).count()
