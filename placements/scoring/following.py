"""When both sides are asked how it goes, and what three answers mean. Plain Python: days and words in, days and a colour out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

BEFORE, WEEK = timedelta(days=3), timedelta(weeks=1)
FIRST_WEEKS = (1, 2, 4)
LAST_WEEK = timedelta(days=4)  # before the last day
APART = timedelta(days=4)  # nobody is asked twice within so few days


class Says(StrEnum):
    """How is it going?"""

    WELL = "well"
    SO = "so"
    BAD = "bad"


class Works(StrEnum):
    """Do the adaptations work?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Still(StrEnum):
    """Should something change?"""

    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


class Colour(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Answers:
    how: str
    works: str
    change: str


def colour_of(answers: Answers) -> Colour:
    """Red: it does not go well, or an adaptation does not work: somebody calls. Amber: anything else that is not as it should be."""
    if answers.how == Says.BAD or answers.works == Works.NO:
        return Colour.RED
    if (answers.how, answers.works, answers.change) == (Says.WELL, Works.YES, Still.NO):
        return Colour.GREEN
    return Colour.AMBER


@dataclass(frozen=True, slots=True)
class Moment:
    """`code`: before, day2, week1, week2, week4, week8 …, last."""

    code: str
    day: date


def moments(first: date, last: date, every: int, is_open: Callable[[date], bool]) -> list[Moment]:
    """The check-ins of a placement from its first to its last day: three days before, the second day, after one, two and four weeks, then
    every `every` weeks, and in the last week. Each on a day that `is_open` calls a working day: before the start the one before, else the
    next. What would come within four days of the one before it, or after the last, is left out.
    """
    found = [Moment("before", _earlier(first - BEFORE, is_open)), Moment("day2", _later(first + timedelta(days=1), is_open))]
    weeks = [*FIRST_WEEKS, *range(FIRST_WEEKS[-1] + every, (last - first) // WEEK + 1, every)]
    found += [Moment(f"week{n}", _later(first + n * WEEK, is_open)) for n in weeks]
    end = Moment("last", _earlier(last - LAST_WEEK, is_open))
    kept = [one for one in found if one.code == "before" or (one.day <= last and one.day + APART < end.day)]
    return [*kept, end] if end.day > first else [one for one in kept if one.day <= last]


def _later(day: date, is_open: Callable[[date], bool]) -> date:
    while not is_open(day):
        day += timedelta(days=1)
    return day


def _earlier(day: date, is_open: Callable[[date], bool]) -> date:
    while not is_open(day):
        day -= timedelta(days=1)
    return day
