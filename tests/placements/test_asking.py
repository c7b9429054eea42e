"""What is asked when days move, when an answer comes late, and when the clock meets something that is wrong."""

import logging
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from outbox.models import Letter
from placements import actions
from placements.actions import timers
from placements.models import CheckIn, CheckInState, Placement, Report
from placements.scoring import Answers
from placements.states import Party, State
from tests.factories.placements import Case, apprenticeship, make_case, running_case
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
RED, WELL = Answers("bad", "no", "yes"), Answers("well", "yes", "no")


def missed(case: Case, at: datetime) -> CheckIn:
    row = case.placement.check_ins.filter(code="day2", party=Party.JOBSEEKER).get()
    CheckIn.objects.filter(pk=row.pk).update(state=CheckInState.MISSED)
    actions.review(row.pk, by=case.advisor, at=at, decision="called")
    return row


def test_an_answer_after_the_silence_was_read_is_to_be_read(now: datetime) -> None:
    case = running_case(now)
    later = now + timedelta(days=21)
    row = missed(case, later)
    actions.answer(row.pk, RED, by=case.jobseeker, at=later)
    assert CheckIn.objects.to_read().filter(pk=row.pk).exists()
    actions.review(row.pk, by=case.advisor, at=later, decision="meet")
    assert case.placement.tasks.get(kind="red").done_at == later
    row.refresh_from_db()
    assert (row.decision, row.reviewed_at) == ("meet", later)


def test_case_53_how_it_feels_before_the_start_is_not_asked_after_it(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    late = now + timedelta(days=7)  # the worker stood still for three days
    for _ in range(2):
        actions.tick(at=late)
        actions.tick_check_ins(at=late)
    assert set(case.placement.check_ins.filter(code="before").values_list("state", flat=True)) == {CheckInState.SKIPPED}
    assert not Letter.objects.filter(kind__startswith="check_in").exists()


def test_the_last_week_is_asked_about_again_when_it_comes_later(now: datetime) -> None:
    case = running_case(now)
    at = now + timedelta(days=52)
    actions.tick_check_ins(at=at)
    assert case.placement.check_ins.filter(code="last", state=CheckInState.SENT).count() == 2
    case.write(at, ends=case.ends + timedelta(weeks=8))
    case.all_sign_after_sending(at)
    case.approve(at)
    ahead = case.placement.check_ins.filter(state=CheckInState.PLANNED)
    assert {one.code for one in ahead.filter(due__gte=case.now().ends - timedelta(days=7))} == {"last2"}
    assert ahead.filter(code="last2").count() == 2


def test_who_begins_later_is_asked_before_that_start_too(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    at = now + timedelta(days=5)
    actions.tick_check_ins(at=at)
    case.starts, case.ends = case.starts + timedelta(weeks=3), case.ends + timedelta(weeks=3)
    case.write(at)
    case.all_sign_after_sending(at)
    case.approve(at)
    assert set(case.placement.check_ins.filter(code__startswith="before").values_list("code", "state")) == {
        ("before", CheckInState.SENT),
        ("before2", CheckInState.PLANNED),
    }
    case.starts += timedelta(days=2)  # two days are no new question
    case.write(at)
    case.all_sign_after_sending(at)
    case.approve(at)
    assert case.placement.check_ins.filter(code__startswith="before").count() == 4


def test_an_idle_draft_of_somebody_without_an_advisor_writes_to_nobody(now: datetime) -> None:
    case = make_case(now)
    type(case.pair.profile).objects.filter(pk=case.pair.profile.pk).update(advisor=None)
    for days in (78, 83, 84, 85):
        actions.tick(at=now + timedelta(days=days))
    assert case.now().state == State.EXPIRED
    assert not Letter.objects.filter(reader=None).exists()


def test_one_that_goes_wrong_holds_up_no_other(now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    cases = [make_case(now, needs={}).until_approved(now) for _ in range(3)]
    first = Placement.objects.order_by("pk")[0]
    moved = timers.move

    def breaks(placement: Placement, to: State, **how: object) -> None:
        moved(placement, to, **how)  # type: ignore[arg-type]
        if placement.pk == first.pk:
            raise ValueError("Anna")

    monkeypatch.setattr(timers, "move", breaks)
    with caplog.at_level(logging.ERROR):
        assert actions.tick(at=now + timedelta(days=7))["moved"] == 2
    assert sorted(one.now().state for one in cases) == [State.APPROVED, State.RUNNING, State.RUNNING]
    assert "ValueError" in caplog.text
    assert "Anna" not in caplog.text
    assert not connection.needs_rollback


def test_case_38_letters_about_reports_go_with_the_person(now: datetime) -> None:
    case, later = apprenticeship(now), now + timedelta(weeks=14)
    actions.tick_reports(at=later)
    about = Report.objects.get().pk
    assert Letter.objects.filter(about=about).exists()
    actions.erase(case.pair.profile.pk, by=case.jobseeker, at=later)
    assert not Letter.objects.filter(about=about).exists()


def test_an_outcome_that_nobody_asked_about_for_long_is_not_asked_any_more(now: datetime) -> None:
    case = running_case(now - timedelta(weeks=8))
    actions.tick(at=now)
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=now)
    Letter.objects.all().delete()
    late = now + timedelta(days=61)
    assert actions.tick_outcomes(at=late) == {"asked": 0, "unknown": 1}
    assert not Letter.objects.filter(kind="outcome").exists()
    assert localdate(late) - case.now().outcomes.get(months=0).due > timedelta(days=60)


def test_what_is_to_be_read_comes_in_pages(now: datetime, frozen: object) -> None:
    case = running_case(now)
    rows = [
        CheckIn(placement=case.placement, code=f"w{n}", party="jobseeker", due=localdate(now), closes=localdate(now)) for n in range(35)
    ]
    CheckIn.objects.bulk_create(rows)
    case.placement.check_ins.filter(code__startswith="w", due=localdate(now)).update(state=CheckInState.MISSED)
    advisor, page = as_(case.advisor), reverse("check_ins")
    first, second = (advisor.get(page, {"page": n}) for n in (1, 2))
    assert [len(one.context["unread"]) for one in (first, second)] == [30, 5]
