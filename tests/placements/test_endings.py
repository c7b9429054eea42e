"""How a placement ends, and what each of the three may read then."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from matching import actions as matching
from placements import access, actions, queries
from placements.fields import Contact
from placements.models import Version
from placements.states import Party, Refused, State
from tests.factories.placements import Case, make_case, running_case, terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_ending_early_says_who_why_and_when(now: datetime) -> None:
    case = running_case(now)
    later = now + timedelta(days=10)
    with pytest.raises(Refused, match="day"):
        actions.end_early(case.id, by=case.jobseeker, at=later, last_day=localdate(later) + timedelta(days=1), why="suit")
    actions.end_early(case.id, by=case.jobseeker, at=later, last_day=localdate(later), why="suit", hours=30)
    done = case.now()
    assert (done.state, done.ended_by, done.ended_why, done.ended_on) == (State.ENDED_EARLY, "jobseeker", "suit", localdate(later))
    [task] = done.tasks.all()
    assert (task.kind, task.due) == ("call_ended", localdate(later) + timedelta(days=4))  # Friday: Tuesday is the second working day
    with pytest.raises(Refused):
        actions.end_early(case.id, by=case.member, at=later, last_day=localdate(later), why="other")


def test_case_29_a_step_is_not_skipped_and_an_end_is_an_end(case: Case, now: datetime) -> None:
    with pytest.raises(Refused, match="running"):
        actions.end_early(case.id, by=case.advisor, at=now, last_day=localdate(now), why="other")
    actions.cancel(case.id, by=case.advisor, at=now, why="other")
    for step in (lambda: case.write(now), lambda: actions.cancel(case.id, by=case.advisor, at=now, why="other")):
        with pytest.raises((Refused, Version.DoesNotExist)):
            step()


def test_case_35_a_yes_taken_back_closes_the_draft_at_once(case: Case, now: datetime) -> None:
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    assert access.placement_for(case.id, by=case.member, at=now) is not None
    matching.withdraw(case.placement.introduction.consent_id, by=case.jobseeker, at=now)
    assert access.placement_for(case.id, by=case.member, at=now) is None
    actions.door_closed(case.placement.introduction_id, at=now)
    assert case.now().state == State.CANCELLED


def test_the_employer_reads_until_twelve_weeks_after_the_end(now: datetime) -> None:
    case = running_case(now)
    actions.end_early(case.id, by=case.member, at=now, last_day=localdate(now), why="workplace")
    assert access.placement_for(case.id, by=case.member, at=now + timedelta(weeks=12))
    assert access.placement_for(case.id, by=case.member, at=now + timedelta(weeks=12, seconds=1)) is None
    assert access.placement_for(case.id, by=case.jobseeker, at=now + timedelta(weeks=60))


def test_nobody_is_their_own_supervisor(case: Case, now: datetime) -> None:
    case.write(now, terms=terms(supervisor=Contact(case.pair.profile.name)), supervisor_id=None)
    with pytest.raises(Refused, match="same"):
        case.send(now)


def test_what_runs_is_not_ended_by_a_date_that_has_passed(now: datetime) -> None:
    case = running_case(now)
    later = now + timedelta(days=20)
    with pytest.raises(Refused, match="limits"):
        actions.change_days(case.id, by=case.advisor, at=later, seen=case.version().hash, ends=localdate(now) + timedelta(days=10))


def test_the_task_list_and_what_has_happened(now: datetime) -> None:
    case = running_case(now)
    half = now + timedelta(days=30)
    steps = {one.code: one for one in queries.steps_of(case.now(), access.sheet_for(case.now(), by=case.advisor), half)}
    assert list(steps)[:5] == ["consent", "adaptations", "tasks", "supervisor", "dates"]
    assert (steps["midterm"].how, steps["midterm"].day) == ("turn", case.starts + (case.ends - case.starts) // 2)
    assert {"first_day", "check_in_week1", "last_day", "sign_advisor"} <= set(steps)
    happened = [one.words for one in queries.timeline_of(case.now())]
    assert happened[0] == "Den började, eller gick vidare"
    assert happened.count("Någon skrev under") == 4
