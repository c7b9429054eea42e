"""Every timer of a placement when the clock changes and in leap years: on its day at midnight where the people live, and once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from employers.models import Employer
from matching.queries import working_days_after
from outbox.models import Letter
from placements import actions
from placements.actions.assessments import REMIND_AFTER
from placements.actions.check_ins import OPEN_FOR
from placements.actions.check_ins import REMIND_AFTER as ASKED_AGAIN_AFTER
from placements.actions.outcomes import months_after
from placements.models import CheckIn, CheckInState, Outcome, Placement, Report
from placements.states import State
from tests.factories.placements import Case, apprenticeship, make_case

pytestmark = pytest.mark.django_db
ZONES = {"SE": ZoneInfo("Europe/Stockholm"), "NO": ZoneInfo("Europe/Oslo")}
COUNTRIES = pytest.mark.parametrize("country", sorted(ZONES))
# The clock goes forward, the clock goes back, a leap day and the day after one.
DAYS = pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2028, 3, 1)])
WRITES = {"draft_idle": actions.tick, "assessment_reminder": actions.tick_assessments, "outcome": actions.tick_outcomes}
A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)


def midnight(day: date, country: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONES[country]).astimezone(UTC)


def noon(day: date, country: str) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONES[country]).astimezone(UTC)


def ring(at: datetime, clock: Callable[..., object] = actions.tick) -> None:
    """What two schedules at the same time wake up."""
    for _ in range(2):
        clock(at=at)


def written(kind: str, at: datetime) -> int:
    """Letters of a kind that come of ringing at this time; they leave before the next."""
    before = Letter.objects.filter(kind=kind).count()
    ring(at, WRITES[kind])
    made = Letter.objects.filter(kind=kind).count() - before
    Letter.objects.filter(done_at=None).update(done_at=at)
    return made


def written_on(kind: str, day: date, country: str) -> tuple[int, int, int]:
    """The second before the day begins, when it begins, and through the rest of it with every hour that there is or is not."""
    first = midnight(day, country)
    rest = [first + timedelta(hours=hours) for hours in (1, 2, 3, 4, 22)]
    return written(kind, first - A_SECOND), written(kind, first), sum(written(kind, at) for at in rest)


def case_in(country: str, at: datetime, first: date, weeks: int) -> Case:
    case = make_case(at, first_day=first, weeks=weeks)
    Employer.objects.filter(pk=case.pair.employer.pk).update(country=country)
    return case


@COUNTRIES
@DAYS
def test_case_51_every_check_in_is_asked_reminded_and_missed_on_its_day(country: str, day: date) -> None:
    """A placement that begins the day before, nobody answers, and the clock rings at every edge of every day."""
    first = day - A_DAY
    case = case_in(country, noon(first - timedelta(days=7), country), first, 4).until_approved(noon(first - timedelta(days=7), country))
    events: dict[tuple[str, str], dict[str, date]] = {}
    for n in range(-6, 18):
        for at in (midnight(first + n * A_DAY, country), midnight(first + (n + 1) * A_DAY, country) - A_SECOND):
            ring(at, actions.tick_check_ins)
            for row in CheckIn.objects.filter(placement=case.id):
                seen = events.setdefault((row.code, row.party), {"due": row.due})
                for name, is_so in (
                    ("sent", row.sent_at is not None),
                    ("reminded", row.reminded_at is not None),
                    ("missed", row.state == CheckInState.MISSED),
                ):
                    if is_so:
                        seen.setdefault(name, localdate(at))
    over = {key: seen for key, seen in events.items() if "missed" in seen}
    assert {code for code, _party in over} >= {"before", "day2", "week1"}
    for (code, _party), seen in over.items():
        due = seen["due"]
        assert seen["sent"] == due, code
        assert seen["reminded"] == working_days_after(due, ASKED_AGAIN_AFTER, country), code
        assert seen["missed"] == working_days_after(due, OPEN_FOR, country) + A_DAY, code


@COUNTRIES
@DAYS
@pytest.mark.parametrize("before", [7, 1])
def test_case_51_an_idle_draft_is_told_of_on_its_day_and_goes_on_its_day(country: str, day: date, before: int) -> None:
    """`day` is that of a warning, and then that of the going."""
    goes = day + before * A_DAY
    case_in(country, noon(goes - timedelta(weeks=12), country), goes + A_DAY, 4)
    if before == 1:
        assert written_on("draft_idle", goes - 7 * A_DAY, country) == (0, 1, 0)
    assert written_on("draft_idle", day, country) == (0, 1, 0)


@COUNTRIES
@DAYS
def test_case_51_an_idle_draft_goes_at_midnight(country: str, day: date) -> None:
    case = case_in(country, noon(day - timedelta(weeks=12), country), day + A_DAY, 4)
    for back in (7, 1):
        ring(midnight(day - back * A_DAY, country))
    ring(midnight(day, country) - A_SECOND)
    assert Placement.objects.get(pk=case.id).state == State.DRAFT
    ring(midnight(day, country))
    assert Placement.objects.get(pk=case.id).state == State.EXPIRED


@COUNTRIES
@DAYS
@pytest.mark.parametrize("after", REMIND_AFTER)
def test_case_51_words_about_the_end_are_asked_for_again_on_their_day(country: str, day: date, after: int) -> None:
    opened = day - after * A_DAY
    first = opened - timedelta(weeks=4)
    case = case_in(country, noon(first - timedelta(days=7), country), first, 4).until_approved(noon(first - timedelta(days=7), country))
    ring(midnight(first, country))
    ring(midnight(opened, country))
    assert Placement.objects.get(pk=case.id).state == State.COMPLETED
    for earlier in REMIND_AFTER:
        if earlier < after:
            assert written_on("assessment_reminder", opened + earlier * A_DAY, country) == (0, 2, 0)
    assert written_on("assessment_reminder", day, country) == (0, 2, 0), "the person, and the employer's one member"


@COUNTRIES
@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 12, 28), 3, date(2027, 3, 28)),
        (date(2027, 7, 31), 3, date(2027, 10, 31)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
    ],
)
def test_case_51_an_outcome_is_asked_for_on_its_day(country: str, last: date, months: int, due: date) -> None:
    first = last - timedelta(days=27)
    begun = noon(first - timedelta(days=7), country)
    case = case_in(country, begun, first, 4).until_approved(begun)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=begun)
    ring(midnight(first, country))
    ring(midnight(last + A_DAY, country))
    row = Outcome.objects.get(placement=case.id, months=months)
    assert row.due == due == months_after(last, months)
    Outcome.objects.filter(placement=case.id, due__lt=due).update(where="none", at=begun)
    assert written_on("outcome", due, country) == (0, 1, 0)


@COUNTRIES
@pytest.mark.parametrize("begins", [date(2026, 12, 28), date(2027, 7, 31), date(2027, 11, 29), date(2027, 11, 30), date(2027, 12, 1)])
def test_case_51_a_report_is_asked_for_when_three_months_are_over(country: str, begins: date) -> None:
    case = apprenticeship(midnight(begins, country))
    due = months_after(begins, 3)
    ring(midnight(due, country) - A_SECOND, actions.tick_reports)
    assert not Report.objects.exists()
    for hours in (0, 1, 3, 22):
        ring(midnight(due, country) + timedelta(hours=hours), actions.tick_reports)
    assert [(one.first, one.last) for one in Report.objects.filter(placement=case.id)] == [(begins, due - A_DAY)]
