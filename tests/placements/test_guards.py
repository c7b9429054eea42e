"""What the random walk has found once, each by itself: an end leaves nothing open, and a yes that is taken back is no yes."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from employers.models import Supervisor
from matching import actions as matching
from outbox.models import Letter
from placements import access, actions
from placements.models import CheckInState
from placements.states import NotThere, Paper, Party, Refused, State
from tests.factories.accounts import role_of
from tests.factories.employers import employer_member
from tests.factories.placements import Case, make_case, running_case, terms
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_a_change_that_nobody_signed_goes_with_the_last_day(now: datetime) -> None:
    case = running_case(now)
    case.write(now, ends=case.ends + timedelta(weeks=4))
    case.send(now)
    actions.tick(at=now + timedelta(weeks=9))
    assert case.now().state == State.COMPLETED
    assert [one.state for one in case.placement.versions.all()] == [Paper.APPROVED, Paper.VOID]


def test_nobody_is_asked_about_a_placement_that_was_called_off(case: Case, now: datetime) -> None:
    case.until_approved(now)
    actions.tick_check_ins(at=now + timedelta(days=6))
    actions.cancel(case.id, by=case.member, at=now + timedelta(days=6), why="other")
    assert set(case.placement.check_ins.values_list("state", flat=True)) == {CheckInState.SKIPPED}
    actions.tick_check_ins(at=now + timedelta(days=30))
    assert not case.placement.check_ins.filter(state=CheckInState.MISSED).exists()


def _taken_back(case: Case, at: datetime) -> UUID:
    consent_id: UUID = case.now().introduction.consent_id
    matching.withdraw(consent_id, by=case.jobseeker, at=at)
    return case.now().introduction_id


def test_case_35_nothing_is_approved_after_the_yes_was_taken_back(case: Case, now: datetime) -> None:
    case.until_signed(now)
    _taken_back(case, now)  # and the worker has not heard of it yet
    with pytest.raises(Refused, match="closed"):
        case.approve(now)


def test_case_35_no_link_signs_after_the_yes_was_taken_back(case: Case, now: datetime) -> None:
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    version, token = case.version(), access.token_of(Party.SUPERVISOR, case.version().pk)
    assert access.version_by_link(token)
    _taken_back(case, now)
    assert access.version_by_link(token) is None
    with pytest.raises(Refused, match="closed"):
        actions.sign_by_link(version.pk, Party.SUPERVISOR, at=now, seen=version.hash)


def test_case_35_the_employer_reads_nothing_of_the_draft_afterwards_either(case: Case, now: datetime) -> None:
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    door = _taken_back(case, now)
    Letter.objects.all().delete()
    actions.door_closed(door, at=now)
    assert case.now().state == State.CANCELLED
    assert access.placement_for(case.id, by=case.member, at=now) is None
    assert not Letter.objects.filter(kind="placement_moved", reader_id=case.member.user_id).exists()


def test_what_was_approved_stands_when_the_yes_is_taken_back(case: Case, now: datetime) -> None:
    case.until_approved(now)
    actions.door_closed(_taken_back(case, now), at=now)
    assert case.now().state == State.APPROVED
    assert access.placement_for(case.id, by=case.member, at=now) is not None


def test_case_26_what_has_begun_keeps_its_first_day(case: Case, now: datetime) -> None:
    case.until_approved(now)
    later = case.starts + timedelta(days=7)
    case.write(now, starts=later)  # it might have begun later, had all signed in time
    case.all_sign_after_sending(now)
    first_day = now + timedelta(days=7)
    actions.tick(at=first_day)
    assert case.now().state == State.RUNNING
    with pytest.raises(Refused, match="running"):
        case.approve(first_day)
    with pytest.raises(Refused, match="running"):
        case.write(first_day, starts=later, terms=terms(hours=20))
    case.write(first_day, starts=case.starts, terms=terms(hours=20))


def test_a_change_to_a_supervisor_who_is_taken_is_refused(now: datetime) -> None:
    first, second = running_case(now), running_case(now)
    other = Supervisor.objects.create(workplace=second.placement.workplace, name="Olle Lind")
    type(first.placement).objects.filter(pk=first.id).update(supervisor=other)
    second.write(now, terms=terms(hours=20), supervisor_id=other.pk)
    second.all_sign_after_sending(now)
    with pytest.raises(Refused, match="supervisor"):
        second.approve(now)


def test_case_28_who_signed_for_the_employer_does_not_approve(case: Case, now: datetime) -> None:
    """A member of the employer who has left it meanwhile, and helps the person."""
    joined = employer_member(case.pair.employer, user=case.now().profile.advisor)
    case.until_sent(now)
    case.sign(Party.JOBSEEKER, now)
    case.sign(Party.EMPLOYER, now, by=role_of(joined))
    case.sign(Party.SUPERVISOR, now)
    type(joined).objects.filter(pk=joined.pk).update(until=now)
    with pytest.raises(Refused, match="conflict"):
        case.approve(now)


def test_a_stranger_still_finds_nothing_after_the_end(now: datetime) -> None:
    case = running_case(now)
    actions.end_early(case.id, by=case.jobseeker, at=now, last_day=localdate(now), why="suit")
    stranger = role_of(employer_member(make_case(now, needs={}).pair.employer))
    with pytest.raises(NotThere):
        actions.assess(case.id, {}, by=stranger, at=now)


@pytest.mark.usefixtures("frozen")
def test_case_34_an_agreement_is_not_approved_without_what_was_read(case: Case, now: datetime) -> None:
    case.until_signed(now)
    for guess in ("", "0" * 64):
        answer = as_(case.advisor).post(reverse("approve_agreement", args=[case.id]), {"seen": guess})
        assert answer.status_code == 409
    assert case.now().state == State.DRAFT
