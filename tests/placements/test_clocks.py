"""Every timer over the days when clocks change and leap days, in Stockholm and Oslo: a second before midnight is the day before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from employers.models import Employer
from matching.queries import is_working_day
from outbox.models import Letter
from placements import actions
from placements.actions.reports import last_due
from placements.models import Assessment, CheckIn, CheckInState, Outcome, Placement, Report
from placements.scoring import Answers
from placements.states import Party, State
from tests.factories.placements import Case, apprenticeship, make_case, running_case

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ZONES = {"SE": ZoneInfo("Europe/Stockholm"), "NO": ZoneInfo("Europe/Oslo")}
DAYS = (date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29))  # the clock goes forward, and back; a leap day
RED = Answers("bad", "no", "yes")


@pytest.fixture(params=ZONES)
def country(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> date:
    found = request.param
    assert isinstance(found, date)
    return found


def midnight(day: date, country: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONES[country]).astimezone(UTC)


def on_the_day(tick: Callable[[datetime], object], done: Callable[[], int], day: date, country: str, most: int = 1) -> None:
    """Nothing a second before the day, once in its first second however often the clock asks, and nothing more in the rest of it."""
    begins = midnight(day, country)
    before = done()
    tick(begins - timedelta(seconds=1))
    assert done() == before
    for at in (begins, begins, begins + timedelta(hours=1), midnight(day + timedelta(days=1), country) - timedelta(seconds=1)):
        tick(at)
        assert done() - before == most


def of(case: Case, country: str) -> Case:
    Employer.objects.filter(pk=case.pair.employer.pk).update(country=country)
    return case


def begun(day: date, country: str, before: int) -> Case:
    """Under way since so many days before the day."""
    return of(running_case(midnight(day - timedelta(days=before), country) + timedelta(hours=9)), country)


def test_case_51_a_check_in_is_asked_reminded_of_and_missed(country: str, day: date) -> None:
    case = begun(day, country, 10)
    row = CheckIn.objects.filter(placement=case.placement, party=Party.JOBSEEKER).order_by("due")[2]
    case.placement.check_ins.exclude(pk=row.pk).delete()
    CheckIn.objects.filter(pk=row.pk).update(due=day, closes=day + timedelta(days=4))
    Letter.objects.all().delete()
    tick = lambda at: actions.tick_check_ins(at=at)  # noqa: E731
    on_the_day(tick, lambda: Letter.objects.filter(kind="check_in").count(), day, country)
    after = day + timedelta(days=5)
    on_the_day(tick, lambda: CheckIn.objects.filter(state=CheckInState.MISSED).count(), after, country)
    assert Letter.objects.filter(kind="check_in_reminder").count() <= 1


def test_case_51_reminders_at_the_end_and_the_task(country: str, day: date) -> None:
    case = begun(day, country, 20)
    last = day - timedelta(days=3)
    actions.end_early(case.id, by=case.advisor, at=midnight(last, country) + timedelta(hours=9), last_day=last, why="suit")
    assert Assessment.objects.get().opened_on == last
    Assessment.objects.update(reminded=1)
    reminded = lambda: Assessment.objects.get().reminded - 1  # noqa: E731
    on_the_day(lambda at: actions.tick_assessments(at=at), reminded, day, country)
    Assessment.objects.update(opened_on=day - timedelta(days=11), reminded=3)
    tasks = lambda: case.placement.tasks.filter(kind="assessment").count()  # noqa: E731
    on_the_day(lambda at: actions.tick_assessments(at=at), tasks, day, country)


def test_case_51_an_outcome_is_asked_on_its_day_and_given_up_after_sixty(country: str, day: date) -> None:
    case = begun(day, country, 70)
    last = day - timedelta(days=1)
    actions.end_early(case.id, by=case.advisor, at=midnight(last, country) + timedelta(hours=9), last_day=last, why="suit")
    Outcome.objects.exclude(months=0).delete()
    Outcome.objects.update(due=day)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=midnight(last, country))
    tick = lambda at: actions.tick_outcomes(at=at)  # noqa: E731
    on_the_day(tick, lambda: Letter.objects.filter(kind="outcome").count(), day, country)
    Outcome.objects.update(due=day - timedelta(days=61))
    on_the_day(tick, lambda: Outcome.objects.filter(where="unknown").count(), day, country)


def test_case_51_a_rest_begins_and_ends(country: str, day: date) -> None:
    case = begun(day, country, 10)
    at, rest = midnight(day - timedelta(days=9), country), {"pause_from": day, "pause_until": day + timedelta(days=1)}
    actions.change_days(case.id, by=case.advisor, at=at, seen=case.version().hash, ends=None, **rest)
    case.all_sign(at)
    case.approve(at)
    tick = lambda when: actions.tick(at=when)  # noqa: E731
    on_the_day(tick, lambda: Placement.objects.filter(state=State.PAUSED).count(), day, country)
    on_the_day(tick, lambda: Placement.objects.filter(state=State.RUNNING).count(), day + timedelta(days=2), country)


def test_case_51_an_idle_draft_is_warned_of_and_goes(country: str, day: date) -> None:
    touched = midnight(day - timedelta(weeks=12), country) + timedelta(hours=13)
    case = of(make_case(touched), country)
    Placement.objects.filter(pk=case.id).update(touched_at=touched)
    tick, warned = (lambda at: actions.tick(at=at)), (lambda: Letter.objects.filter(kind="draft_idle").count())

    def last_warning(at: datetime) -> None:
        Letter.objects.filter(kind="draft_idle", done_at=None).update(done_at=at)
        actions.tick(at=at)

    on_the_day(tick, warned, day - timedelta(days=7), country)
    on_the_day(last_warning, warned, day - timedelta(days=1), country)
    on_the_day(tick, lambda: Placement.objects.filter(state=State.EXPIRED).count(), day, country)


def test_case_51_a_report_is_asked_for_when_three_months_are_over(country: str, day: date) -> None:
    first = day.replace(day=min(day.day, 28)) - timedelta(days=92)
    of(apprenticeship(midnight(first, country) + timedelta(hours=9)), country)
    Placement.objects.update(starts=day - timedelta(days=120))
    Report.objects.create(
        placement=Placement.objects.get(),
        first=day - timedelta(days=120),
        last=day - timedelta(days=119),
        asked_at=midnight(first, country),
    )
    due = last_due(day - timedelta(days=120), day)
    assert due is not None
    on_the_day(lambda at: actions.tick_reports(at=at), Report.objects.count, due + timedelta(days=1), country)


@pytest.mark.parametrize(
    ("country", "friday", "due"),
    [
        ("SE", date(2027, 3, 25), date(2027, 3, 30)),  # before Good Friday and Easter Monday
        ("NO", date(2027, 3, 24), date(2027, 3, 30)),  # Maundy Thursday is one in Norway
        ("NO", date(2027, 5, 14), date(2027, 5, 18)),  # a Friday; Whit Monday is 17 May as well
        ("SE", date(2027, 6, 24), date(2027, 6, 28)),  # Midsummer Eve
        ("SE", date(2026, 12, 23), date(2026, 12, 28)),  # Christmas Eve
        ("NO", date(2026, 12, 23), date(2026, 12, 24)),  # a working day there
    ],
)
def test_red_is_called_on_the_next_working_day_of_the_country(country: str, friday: date, due: date) -> None:
    case = begun(friday, country, 10)
    row = CheckIn.objects.filter(placement=case.placement, party=Party.JOBSEEKER)[0]
    CheckIn.objects.filter(pk=row.pk).update(state=CheckInState.SENT)
    at = midnight(friday, country) + timedelta(hours=23, minutes=30)
    actions.answer(row.pk, RED, by=case.jobseeker, at=at)
    assert case.placement.tasks.get().due == due
    assert is_working_day(due, country)
    assert localdate(at) == friday
