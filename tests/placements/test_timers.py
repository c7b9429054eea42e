"""What the clock does: over days, summer time, leap days and outages, it comes to the same however often it is asked."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from audit.models import Event
from outbox.models import Letter
from placements import actions
from placements.models import Placement
from placements.states import Refused, State
from tests.factories.placements import Case, make_case, measure

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ZONES = {"SE": ZoneInfo("Europe/Stockholm"), "NO": ZoneInfo("Europe/Oslo")}


def state(case: Case) -> str:
    return Placement.objects.get(pk=case.id).state


def approved(at: datetime, first_day: date, weeks: int = 4) -> Case:
    return make_case(at, first_day=first_day, weeks=weeks).until_approved(at)


@pytest.mark.parametrize("country", ["SE", "NO"])
@pytest.mark.parametrize("first", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2027, 1, 1)])
def test_case_51_it_begins_and_ends_at_midnight_where_the_people_live(country: str, first: date) -> None:
    """The days when clocks change, a leap day and a new year: the second before is the day before."""
    zone = ZONES[country]
    midnight = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
    case = approved(midnight - timedelta(days=10), first)
    actions.tick(at=midnight - timedelta(seconds=1))
    assert state(case) == State.APPROVED
    actions.tick(at=midnight)
    assert state(case) == State.RUNNING
    after = case.ends + timedelta(days=1)
    over = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
    actions.tick(at=over - timedelta(seconds=1))
    assert state(case) == State.RUNNING
    actions.tick(at=over)
    assert state(case) == State.COMPLETED


def test_case_53_twice_is_once_and_after_an_outage_each_step_is_taken(now: datetime) -> None:
    case = approved(now, localdate(now) + timedelta(days=7))
    long_after = now + timedelta(weeks=30)
    actions.tick(at=long_after)
    assert state(case) == State.COMPLETED
    events = Event.objects.filter(what="placement_moved", subject_id=str(case.id)).count()
    letters = Letter.objects.count()
    assert actions.tick(at=long_after)["moved"] == 0
    assert Event.objects.filter(what="placement_moved", subject_id=str(case.id)).count() == events
    assert Letter.objects.count() == letters
    moves = Event.objects.filter(what="placement_moved", subject_id=str(case.id)).order_by("pk").values_list("after", flat=True)
    assert list(moves) == ["approved", "running", "completed"]


def test_a_rest_begins_and_ends_by_itself(now: datetime) -> None:
    measure()
    case = make_case(now - timedelta(days=14), first_day=localdate(now) - timedelta(days=7)).until_approved(now - timedelta(days=14))
    actions.tick(at=now)
    rest = (localdate(now) + timedelta(days=3), localdate(now) + timedelta(days=9))
    actions.change_days(case.id, by=case.advisor, at=now, seen=case.version().hash, ends=None, pause_from=rest[0], pause_until=rest[1])
    case.all_sign(now)
    case.approve(now)
    assert state(case) == State.RUNNING
    for days, expected in ((2, State.RUNNING), (3, State.PAUSED), (9, State.PAUSED), (10, State.RUNNING)):
        actions.tick(at=now + timedelta(days=days))
        assert state(case) == expected, days


def test_an_idle_draft_is_told_of_twice_and_goes_after_twelve_weeks(now: datetime) -> None:
    case = make_case(now)
    told = lambda: Letter.objects.filter(kind="draft_idle").count()  # noqa: E731 (asked five times)
    for days, letters, expected in (
        (76, 0, State.DRAFT),
        (77, 1, State.DRAFT),
        (78, 1, State.DRAFT),
        (83, 2, State.DRAFT),
        (84, 2, State.EXPIRED),
    ):
        for _ in range(2):
            actions.tick(at=now + timedelta(days=days))
            Letter.objects.filter(kind="draft_idle", done_at=None).update(done_at=now)
        assert (told(), state(case)) == (letters, expected), days


def test_case_53_a_draft_does_not_go_without_a_word_after_an_outage(now: datetime) -> None:
    case = make_case(now)
    later = now + timedelta(weeks=20)
    actions.tick(at=later)
    actions.tick(at=later + timedelta(hours=1))
    assert state(case) == State.DRAFT
    actions.tick(at=later + timedelta(days=1))
    assert state(case) == State.EXPIRED


def test_writing_gives_an_idle_draft_its_time_back(now: datetime) -> None:
    case = make_case(now)
    actions.tick(at=now + timedelta(days=80))
    case.write(now + timedelta(days=81))
    actions.tick(at=now + timedelta(days=90))
    assert state(case) == State.DRAFT
    assert Placement.objects.get(pk=case.id).warned_on is None


def test_a_date_of_birth_is_gone_with_the_end(now: datetime) -> None:
    case = make_case(now)
    case.write(now, born=date(1990, 2, 28))
    case.send(now)
    case.all_sign(now)
    case.approve(now)
    assert Placement.objects.get(pk=case.id).born == "1990-02-28"
    actions.tick(at=now + timedelta(weeks=30))
    assert Placement.objects.get(pk=case.id).born is None


def test_case_40_an_age_limit_holds_on_the_day_that_the_measure_says(now: datetime) -> None:
    measure(max_age=30, age_on="start")
    case = make_case(now)
    case.write(now, born=date(case.starts.year - 31, case.starts.month, case.starts.day))
    with pytest.raises(Refused, match="limits"):
        case.send(now)
    case.write(now, born=date(case.starts.year - 31, case.starts.month, case.starts.day) + timedelta(days=1))
    case.send(now)
