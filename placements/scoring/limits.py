"""What a kind of placement allows of its dates and of a person's age, and which schemes help to pay. Plain Python, nothing is stored."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR = 7, 12
FIRST_YEAR, LAST_YEAR = 2000, 2089  # a year outside is a slip of the finger; the last is the one of NAV's own system


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class AgeOn(StrEnum):
    START = "start"
    END = "end"


class Broken(StrEnum):
    """What a plan breaks; `Breach.bound` says where the line is."""

    CLOSED = "closed"  # there is no such kind of placement on the first day
    ORDER = "order"  # it ends before it begins
    FAR = "far"  # bound: the first and the last year that somebody may mean
    LONG = "long"  # bound: the last day that is allowed
    YOUNG = "young"  # bound: the age
    OLD = "old"
    SEASON_START = "season_start"  # bound: the first and the last day to begin
    SEASON_END = "season_end"  # bound: the last day of the season
    BACK = "back"  # bound: the first day that may still be registered


ABOUT_THE_PERSON = frozenset({Broken.YOUNG, Broken.OLD})  # tells an age: for the advisor and the person, never for the employer


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one: three months after 30 November are 28 or 29 February."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Length:
    """How long a measure may last."""

    number: int
    unit: str

    def last_day(self, first: date) -> date:
        """The last day of a time of this length. Twelve months from 15 March end on 14 March, from 29 February on 28 February."""
        if self.unit != Unit.MONTHS:
            return first + self.number * (DAYS_OF_A_WEEK if self.unit == Unit.WEEKS else 1) * DAY - DAY
        same = months_after(first, self.number)
        return same if first.day > same.day else same - DAY


@dataclass(frozen=True, slots=True)
class Season:
    """Days of a year between which a measure begins, and when it has to be over: (month, day)."""

    first_start: tuple[int, int]
    last_start: tuple[int, int]
    last_day: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """`longer` holds where the measure's own reason for a longer time does."""

    longest: Length | None = None
    longer: Length | None = None
    min_age: int | None = None
    max_age: int | None = None
    age_on: str = AgeOn.START
    season: Season | None = None
    back_days: int | None = None  # days before today that a start may lie back


@dataclass(frozen=True, slots=True)
class Plan:
    """A placement as it is planned. `born` is None where nobody has asked: then no age is compared."""

    first: date
    last: date
    born: date | None = None
    longer: bool = False  # the measure's reason for a longer time holds
    late: bool = False  # registered late, with a reason: the start may lie further back


@dataclass(frozen=True, slots=True)
class Breach:
    code: Broken
    bound: tuple[date | int, ...] = ()


def breaches(plan: Plan, limits: Limits | None, *, today: date) -> tuple[Breach, ...]:
    """Everything that the plan breaks, in a fixed order; nothing when it may go ahead. `limits` are those that hold on the plan's first
    day, None where the kind of placement is not there on that day. `today` is the day where the workplace is."""
    if not (FIRST_YEAR <= plan.first.year <= LAST_YEAR and FIRST_YEAR <= plan.last.year <= LAST_YEAR):
        return (Breach(Broken.FAR, (FIRST_YEAR, LAST_YEAR)),)
    if plan.last < plan.first:
        return (Breach(Broken.ORDER),)
    if limits is None:
        return (Breach(Broken.CLOSED),)
    return (*_length(plan, limits), *_age(plan, limits), *_season(plan, limits), *_back(plan, limits, today))


def age(born: date, day: date) -> int:
    """Whole years. Who is born on 29 February is a year older on 1 March of a year without one."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _length(plan: Plan, limits: Limits) -> Iterator[Breach]:
    most = limits.longer if plan.longer and limits.longer else limits.longest
    if most and plan.last > (end := most.last_day(plan.first)):
        yield Breach(Broken.LONG, (end,))


def _age(plan: Plan, limits: Limits) -> Iterator[Breach]:
    if plan.born is None:
        return
    years = age(plan.born, plan.last if limits.age_on == AgeOn.END else plan.first)
    if limits.min_age is not None and years < limits.min_age:
        yield Breach(Broken.YOUNG, (limits.min_age,))
    if limits.max_age is not None and years > limits.max_age:
        yield Breach(Broken.OLD, (limits.max_age,))


def _season(plan: Plan, limits: Limits) -> Iterator[Breach]:
    if limits.season is None:
        return
    year = plan.first.year
    first, last, end = (date(year, *of) for of in (limits.season.first_start, limits.season.last_start, limits.season.last_day))
    if not first <= plan.first <= last:
        yield Breach(Broken.SEASON_START, (first, last))
    if plan.last > end:
        yield Breach(Broken.SEASON_END, (end,))


def _back(plan: Plan, limits: Limits, today: date) -> Iterator[Breach]:
    if limits.back_days is not None and not plan.late and plan.first < (bound := today - limits.back_days * DAY):
        yield Breach(Broken.BACK, (bound,))


class Why(StrEnum):
    """Why a scheme fits a placement, the strongest reason first."""

    ADAPTATION = "adaptation"  # an adaptation that was agreed
    SUPERVISION = "supervision"  # a supervisor or a mentor sets time aside
    KIND = "kind"  # it can be asked for in every placement of this kind


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """All of an agreement that the question of who can pay may know: nothing about the person but the adaptations that were agreed."""

    country: str
    kind: str  # of the posting
    first: date
    codes: frozenset[str] = frozenset()  # of the needs catalogue: agreed adaptations only, never what is not agreed
    supervised: bool = False  # a supervisor or a mentor sets time aside


@dataclass(frozen=True, slots=True)
class Support:
    """Where a helper scheme belongs."""

    country: str
    kinds: frozenset[str]
    codes: frozenset[str]
    supervision: bool
    always: bool
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    why: Why
    codes: tuple[str, ...] = ()  # the agreed adaptations that the scheme serves, in the order of their names


def fits(support: Support, facts: PlacementFacts) -> Reason | None:
    """Why a scheme can be asked for, or None. That it fits is no promise that it is given."""
    there = support.valid_from <= facts.first <= (support.valid_to or date.max)
    if not there or support.country != facts.country or facts.kind not in support.kinds:
        return None
    if codes := support.codes & facts.codes:
        return Reason(Why.ADAPTATION, tuple(sorted(codes)))
    if support.supervision and facts.supervised:
        return Reason(Why.SUPERVISION)
    return Reason(Why.KIND) if support.always else None
