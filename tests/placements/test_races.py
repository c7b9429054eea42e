"""Two people at once about one placement, on a real PostgreSQL: one wins, the other gets a clear answer, and the promises hold."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from audit.models import Event
from matching import actions as matching
from placements import access, actions
from placements.models import CheckIn, CheckInState, Hire, HireForm, OutcomeConsent, Placement, Signature, TaskKind, Version
from placements.scoring import Answers
from placements.states import NotThere, Paper, Party, Refused, State
from tests.factories.placements import Case, agreed_pair, make_case, measure, running_case, terms
from tests.factories.races import at_once
from tests.placements import promises

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 3
RED = Answers("bad", "no", "yes")


def rounds(now: datetime) -> list[Case]:
    return [make_case(now) for _ in range(ROUNDS)]


def refusals(answers: list[object]) -> int:
    assert all(one is None or not isinstance(one, Exception) or isinstance(one, (Refused, NotThere)) for one in answers)
    return sum(isinstance(one, (Refused, NotThere)) for one in answers)


def hold(at: datetime) -> None:
    placements = promises.all_placements()
    for one in placements:
        promises.stands_on_signatures(one)
        promises.over_is_over(one)
    promises.one_trial_at_a_time(placements)


def test_case_33_a_double_draft_is_one(now: datetime) -> None:
    measure()
    for _ in range(ROUNDS):
        pair, door = agreed_pair(now)
        begin: Callable[[], object] = lambda pair=pair, door=door: actions.draft(door.pk, by=pair.advisor, at=now)  # noqa: E731
        first, second = at_once(begin, begin)
        assert isinstance(first, Placement)
        assert first == second
        assert Placement.objects.filter(introduction=door).count() == 1


def test_case_33_approved_in_two_tabs_is_approved_once(now: datetime) -> None:
    for case in rounds(now):
        case.until_signed(now)
        seen = case.version().hash
        approve: Callable[[], object] = lambda case=case, seen=seen: actions.approve(case.id, by=case.advisor, at=now, seen=seen)  # noqa: E731
        assert refusals(at_once(approve, approve)) == 1
        assert Event.objects.filter(what="placement_moved", subject_id=str(case.id), after=State.APPROVED).count() == 1
        assert Signature.objects.filter(version__placement_id=case.id, party=Party.ADVISOR).count() == 1
    hold(now)


def test_case_31_a_change_and_the_last_signature_in_the_same_second(now: datetime) -> None:
    """Either the signature came first and is void, or it came to words that were no longer there."""
    for case in rounds(now):
        case.until_sent(now)
        case.sign(Party.JOBSEEKER, now)
        case.sign(Party.EMPLOYER, now)
        seen = case.version().hash
        at_once(
            lambda case=case, seen=seen: actions.write(case.id, case.written(terms=terms(hours=20)), by=case.advisor, at=now, seen=seen),
            lambda case=case, seen=seen: actions.sign(case.id, Party.SUPERVISOR, by=case.member, at=now, seen=seen),
        )
        first, second = Version.objects.filter(placement_id=case.id).order_by("number")
        assert (first.state, second.state) == (Paper.VOID, Paper.TO_SIGN)
        assert not second.signatures.exists()
    hold(now)


def test_case_31_a_change_and_the_approval_in_the_same_second(now: datetime) -> None:
    for case in rounds(now):
        case.until_signed(now)
        seen = case.version().hash
        answers = at_once(
            lambda case=case, seen=seen: actions.write(case.id, case.written(terms=terms(hours=20)), by=case.advisor, at=now, seen=seen),
            lambda case=case, seen=seen: actions.approve(case.id, by=case.advisor, at=now, seen=seen),
        )
        assert refusals(answers) <= 1
        approved = case.now().state == State.APPROVED
        assert case.placement.versions.filter(state=Paper.APPROVED, hash=seen).exists() == approved
    hold(now)


def test_case_35_taking_back_and_letting_read_in_the_same_second(now: datetime) -> None:
    for case in rounds(now):
        case.until_sent(now)
        seen, door = case.version().hash, case.now().introduction
        at_once(
            lambda case=case, door=door: matching.withdraw(door.consent_id, by=case.jobseeker, at=now),
            lambda case=case, seen=seen: actions.show(case.id, by=case.jobseeker, at=now, seen=seen),
        )
        assert access.placement_for(case.id, by=case.member, at=now) is None
        actions.door_closed(door.pk, at=now)
        assert case.now().state == State.CANCELLED
        assert access.placement_for(case.id, by=case.member, at=now) is None
    hold(now)


def test_one_supervisor_and_two_approvals_in_the_same_second(now: datetime) -> None:
    for _ in range(ROUNDS):
        one, two = make_case(now), make_case(now)
        lead = one.placement.supervisor
        for case in (one, two):
            case.until_signed(now)
            Version.objects.filter(placement_id=case.id).update(supervisor=lead)
        approve = [lambda case=case: case.approve(now) for case in (one, two)]
        assert refusals(at_once(*approve)) == 1
        assert Placement.objects.active().filter(supervisor=lead).count() == 1


def test_the_last_place_of_a_workplace_is_taken_once(now: datetime) -> None:
    for _ in range(ROUNDS):
        one, two = make_case(now), make_case(now)
        workplace = one.placement.workplace
        assert workplace is not None
        type(workplace).objects.filter(pk=workplace.pk).update(most_at_once=1)
        for case in (one, two):
            case.until_signed(now)
        Placement.objects.filter(pk=two.id).update(workplace=workplace)
        at_once(*[lambda case=case: case.approve(now) for case in (one, two)])
        assert Placement.objects.active().filter(workplace=workplace).count() == 1


def test_case_33_two_answers_to_one_check_in(now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    for case in [running_case(now) for _ in range(ROUNDS)]:
        actions.tick_check_ins(at=tomorrow)
        row = CheckIn.objects.get(placement_id=case.id, party=Party.JOBSEEKER, code="day2")
        assert row.state == CheckInState.SENT
        answer: Callable[[], object] = lambda row=row, case=case: actions.answer(row.pk, RED, by=case.jobseeker, at=tomorrow)  # noqa: E731
        assert refusals(at_once(answer, answer)) == 1
        assert case.placement.tasks.filter(kind=TaskKind.RED).count() == 1


def test_both_end_it_in_the_same_second(now: datetime) -> None:
    for case in [running_case(now) for _ in range(ROUNDS)]:
        end = {"at": now, "last_day": localdate(now), "why": "suit"}
        answers = at_once(
            lambda case=case, end=end: actions.end_early(case.id, by=case.jobseeker, **end),
            lambda case=case, end=end: actions.end_early(case.id, by=case.member, **end),
        )
        assert refusals(answers) == 1
        assert case.placement.tasks.filter(kind=TaskKind.CALL_ENDED).count() == 1
    hold(now)


def test_the_clock_twice_at_once_moves_once(now: datetime) -> None:
    case = make_case(now).until_approved(now)
    first_day = now + timedelta(days=7)
    tick: Callable[[], object] = lambda: actions.tick(at=first_day)  # noqa: E731
    at_once(tick, tick)
    assert Event.objects.filter(what="placement_moved", subject_id=str(case.id), after=State.RUNNING).count() == 1


def test_case_33_a_hire_and_a_yes_that_are_sent_twice_are_one(now: datetime) -> None:
    for case in rounds(now - timedelta(days=7)):
        case.until_running(now)
        door, profile = case.placement.introduction_id, case.pair.profile.pk
        told = {"form": HireForm.ORDINARY, "starts": localdate(now), "hours": 20, "placement_id": case.id}
        take: Callable[[], object] = lambda case=case, door=door, told=told: actions.hire(door, by=case.advisor, at=now, **told)  # noqa: E731
        first, second = at_once(take, take)
        assert isinstance(first, Hire)
        assert first == second
        agree: Callable[[], object] = lambda case=case, profile=profile: actions.agree_to_be_asked(  # noqa: E731
            profile, True, by=case.jobseeker, at=now
        )
        assert at_once(agree, agree) == [None, None]
        assert OutcomeConsent.objects.filter(profile_id=profile).count() == 1
