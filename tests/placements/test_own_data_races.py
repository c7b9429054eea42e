"""Somebody deletes while others act on the same placement, on a real PostgreSQL: each step is whole before or refused after."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils.timezone import localdate

from jobseekers.models import Profile
from placements import actions
from placements.models import CheckIn, Hire, Placement
from placements.scoring import Answers
from placements.states import Party
from tests.factories.placements import Case, make_case, running_case
from tests.factories.races import REFUSALS, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 3
RED = Answers("bad", "no", "yes")
Step = Callable[[Case, datetime], Any]


def answer(case: Case, now: datetime) -> Any:
    row = CheckIn.objects.filter(placement=case.placement, party=Party.SUPERVISOR).order_by("due")[0]
    return actions.answer(row.pk, RED, by=case.member, at=now, words="kanarien")


def end(case: Case, now: datetime) -> Any:
    return actions.end_early(case.id, by=case.member, at=now, last_day=localdate(now), why="other")


def tell(case: Case, now: datetime) -> Any:
    return actions.tell_incident(case.id, "kanarien", by=case.advisor, at=now, private=True)


def copy(case: Case, now: datetime) -> Any:
    return actions.take_copy(case.pair.profile.pk, by=case.jobseeker, at=now)


def tick(case: Case, now: datetime) -> Any:
    return actions.tick(at=now)


def sign(case: Case, now: datetime) -> Any:
    return case.sign(Party.JOBSEEKER, now)


def approve(case: Case, now: datetime) -> Any:
    return case.approve(now)


def erase(case: Case, now: datetime) -> Any:
    return actions.erase(case.pair.profile.pk, by=case.jobseeker, at=now)


RUNNING: tuple[Step, ...] = (answer, end, tell, copy, tick, erase)


def _both(case: Case, step: Step, now: datetime) -> None:
    CheckIn.objects.filter(placement=case.placement).update(state="sent", sent_at=now)
    answers = at_once(lambda: step(case, now), lambda: erase(case, now))
    assert sum(isinstance(one, REFUSALS) for one in answers) == 1 if step is erase else answers[1] is None
    assert Profile.objects.get(pk=case.pair.profile.pk).left_at == now
    assert not Placement.objects.filter(profile=case.pair.profile).exists()
    assert not Hire.objects.filter(profile=case.pair.profile).exists()


@pytest.mark.parametrize("step", RUNNING)
def test_case_38_and_41_others_act_on_a_placement_in_the_same_second(now: datetime, step: Step) -> None:
    for _ in range(ROUNDS):
        _both(running_case(now), step, now)


@pytest.mark.parametrize(("how_far", "step"), [("until_sent", sign), ("until_signed", approve)])
def test_case_38_others_sign_in_the_same_second(now: datetime, how_far: str, step: Step) -> None:
    for _ in range(ROUNDS):
        case = make_case(now)
        getattr(case, how_far)(now)
        _both(case, step, now)
