"""What a kind of placement allows, as pure functions: lengths over leap days, ages, seasons, days back, years that nobody means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.scoring import ABOUT_THE_PERSON, AgeOn, Breach, Broken, Length, Limits, Plan, Season, age, breaches

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)
TRAINING = Limits(longest=Length(12, "months"), longer=Length(18, "months"), max_age=72, age_on=AgeOn.END, back_days=7)
SUMMER = Limits(longest=Length(4, "weeks"), max_age=30, season=Season((6, 1), (8, 31), (9, 27)), back_days=7)

days = st.dates(date(2000, 1, 1), date(2080, 12, 31))
lengths = st.builds(Length, st.integers(1, 48), st.sampled_from(["days", "weeks", "months"]))


def codes(plan: Plan, limits: Limits | None, today: date = TODAY) -> list[Broken]:
    return [one.code for one in breaches(plan, limits, today=today)]


@pytest.mark.parametrize(
    ("first", "number", "last"),
    [
        (date(2026, 3, 15), 12, date(2027, 3, 14)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 27)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_case_64_months_end_the_day_before_the_same_day(first: date, number: int, last: date) -> None:
    assert Length(number, "months").last_day(first) == last


@given(days, lengths)
def test_a_length_is_at_least_as_long_as_its_shortest_months(first: date, length: Length) -> None:
    last = length.last_day(first)
    exact = {"days": 1, "weeks": 7}
    if length.unit in exact:
        assert (last - first).days + 1 == length.number * exact[length.unit]
    else:
        assert length.number * 28 <= (last - first).days + 1 <= length.number * 31


@given(days, st.integers(1, 47))
def test_a_longer_time_ends_later_and_a_later_start_never_earlier(first: date, number: int) -> None:
    shorter, longer = Length(number, "months"), Length(number + 1, "months")
    assert shorter.last_day(first) < longer.last_day(first)
    assert shorter.last_day(first) <= shorter.last_day(first + DAY)


@given(days, lengths, st.integers(0, 400))
def test_exactly_the_days_after_the_last_are_too_many(first: date, length: Length, days_more: int) -> None:
    limits, end = Limits(longest=length), length.last_day(first)
    assert codes(Plan(first, end), limits) == []
    if days_more and end + days_more * DAY < date(2090, 1, 1):
        assert breaches(Plan(first, end + days_more * DAY), limits, today=TODAY) == (Breach(Broken.LONG, (end,)),)


def test_case_64_the_end_before_the_start() -> None:
    assert codes(Plan(date(2026, 12, 2), date(2026, 12, 1)), TRAINING) == [Broken.ORDER]
    assert codes(Plan(date(2026, 12, 1), date(2026, 12, 1)), TRAINING) == []


def test_case_64_eighteen_months_and_one_day() -> None:
    first = date(2026, 12, 1)
    whole = date(2028, 5, 31)
    assert codes(Plan(first, whole, longer=True), TRAINING) == []
    assert breaches(Plan(first, whole + DAY, longer=True), TRAINING, today=TODAY) == (Breach(Broken.LONG, (whole,)),)
    assert breaches(Plan(first, whole), TRAINING, today=TODAY) == (Breach(Broken.LONG, (date(2027, 11, 30),)),)


def test_case_64_a_start_eight_days_back() -> None:
    last = date(2027, 1, 31)
    assert codes(Plan(TODAY - 7 * DAY, last), TRAINING) == []
    assert breaches(Plan(TODAY - 8 * DAY, last), TRAINING, today=TODAY) == (Breach(Broken.BACK, (TODAY - 7 * DAY,)),)
    assert codes(Plan(TODAY - 8 * DAY, last, late=True), TRAINING) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [(date.min, date.min), (date.min, TODAY), (TODAY, date.max), (date.max, date.max), (TODAY, date(2090, 1, 1)), (date.max, date.min)],
)
@pytest.mark.parametrize("limits", [TRAINING, SUMMER, Limits(), None])
def test_case_64_years_that_nobody_means(first: date, last: date, limits: Limits | None) -> None:
    assert codes(Plan(first, last, date(1980, 1, 1)), limits) == [Broken.FAR]


@given(st.dates(), st.dates(), st.none() | st.dates(), st.booleans(), st.sampled_from([TRAINING, SUMMER, Limits(), None]))
def test_case_64_no_dates_are_too_strange_to_be_compared(
    first: date, last: date, born: date | None, longer: bool, limits: Limits | None
) -> None:
    found = codes(Plan(first, last, born, longer=longer), limits)
    assert len(set(found)) == len(found)


def test_case_40_an_age_is_passed_on_the_way() -> None:
    born = date(1954, 2, 10)  # 73 on 10 February 2027
    assert codes(Plan(date(2026, 12, 1), date(2027, 2, 9), born), TRAINING) == []
    assert breaches(Plan(date(2026, 12, 1), date(2027, 2, 10), born), TRAINING, today=TODAY) == (Breach(Broken.OLD, (72,)),)
    summer = date(1996, 6, 15)  # 31 on 15 June 2027
    assert codes(Plan(date(2027, 6, 14), date(2027, 7, 1), summer), SUMMER) == []
    assert codes(Plan(date(2027, 6, 15), date(2027, 7, 1), summer), SUMMER) == [Broken.OLD]


def test_case_40_turning_eighteen() -> None:
    grown = Limits(min_age=18)
    assert codes(Plan(date(2026, 12, 1), date(2027, 2, 1), date(2008, 12, 1)), grown) == []
    assert breaches(Plan(date(2026, 12, 1), date(2027, 2, 1), date(2008, 12, 2)), grown, today=TODAY) == (Breach(Broken.YOUNG, (18,)),)


def test_an_age_that_nobody_asked_for_is_not_compared() -> None:
    assert codes(Plan(date(2026, 12, 1), date(2027, 2, 1)), Limits(min_age=18, max_age=18)) == []


def test_case_64_who_is_born_on_29_february() -> None:
    born = date(2008, 2, 29)
    assert (age(born, date(2026, 2, 28)), age(born, date(2026, 3, 1)), age(born, date(2028, 2, 29))) == (17, 18, 20)


@given(st.dates(date(1930, 1, 1), date(2015, 1, 1)), days)
def test_nobody_grows_younger(born: date, day: date) -> None:
    assert age(born, day) <= age(born, day + DAY) <= age(born, day) + 1


def test_a_season_says_when_it_begins_and_ends() -> None:
    def of(first: tuple[int, int], last: tuple[int, int]) -> list[Broken]:
        return codes(Plan(date(2027, *first), date(2027, *last)), SUMMER)

    assert of((6, 1), (6, 28)) == of((8, 31), (9, 27)) == []
    assert of((5, 31), (6, 20)) == of((9, 1), (9, 20)) == [Broken.SEASON_START]
    assert of((8, 31), (9, 28)) == [Broken.LONG, Broken.SEASON_END]


def test_what_is_not_there_on_the_first_day() -> None:
    assert codes(Plan(date(2026, 12, 1), date(2027, 2, 1)), None) == [Broken.CLOSED]


def test_an_age_is_marked_as_the_persons_own() -> None:
    assert {Broken.YOUNG, Broken.OLD} == ABOUT_THE_PERSON
