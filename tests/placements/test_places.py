"""A posting says how many of its places are taken: by whoever is approved or at work, and by who was hired."""

from datetime import datetime

import pytest
from django.utils.timezone import localdate

from employers import actions as employers
from employers.models import Kind, Posting, PostingStatus
from employers.states import PostingState
from matching.states import Closed
from outbox.models import Letter
from placements import actions
from placements.models import HireForm
from tests.factories.matching import Pair, suggestion_of
from tests.factories.placements import Case, agreed_pair, make_case
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


def with_places(pair: Pair, places: int | None) -> PostingStatus:
    Posting.objects.filter(pk=pair.posting.pk).update(places=places)
    return PostingStatus.objects.get(pk=pair.posting.pk)


@pytest.fixture
def case(now: datetime) -> Case:
    return make_case(now)


def test_the_last_place_fills_the_posting_and_closes_what_else_was_suggested(case: Case, now: datetime) -> None:
    status, other = with_places(case.pair, 1), make_case(now).pair.profile
    waiting = suggestion_of(case.pair.posting, other)
    Letter.objects.all().delete()
    case.until_approved(now)
    carry_facts()
    status.refresh_from_db()
    assert (status.places_used, status.state) == (1, PostingState.FILLED)
    waiting.refresh_from_db()
    assert waiting.closed_as == Closed.FILLED
    assert Letter.objects.filter(kind="something_new", about=status.pk).exists(), "the employer is told"


@pytest.mark.parametrize("places", [2, None])
def test_a_place_that_is_left_keeps_it_open(case: Case, now: datetime, places: int | None) -> None:
    status = with_places(case.pair, places)
    case.until_approved(now)
    carry_facts()
    status.refresh_from_db()
    assert (status.places_used, status.state) == (1, PostingState.PUBLISHED)


def test_a_place_becomes_free_again_and_the_employer_says_whether_it_opens(case: Case, now: datetime) -> None:
    status = with_places(case.pair, 1)
    case.until_approved(now)
    carry_facts()
    actions.cancel(case.id, by=case.jobseeker, at=now, why="other")
    carry_facts()
    status.refresh_from_db()
    assert (status.places_used, status.state) == (0, PostingState.FILLED)
    employers.resume(status.pk, by=case.member, at=now)
    actions.count_places(status.pk, at=now)
    status.refresh_from_db()
    assert (status.places_used, status.state) == (0, PostingState.PUBLISHED)


def test_what_the_employer_has_opened_again_is_not_filled_by_the_same_people(case: Case, now: datetime) -> None:
    status = with_places(case.pair, 1)
    case.until_approved(now)
    carry_facts()
    employers.resume(status.pk, by=case.member, at=now)
    actions.count_places(status.pk, at=now)
    status.refresh_from_db()
    assert (status.places_used, status.state) == (1, PostingState.PUBLISHED)


def test_who_is_hired_takes_a_place_until_the_job_ends(now: datetime) -> None:
    pair, door = agreed_pair(now)
    Posting.objects.filter(pk=pair.posting.pk).update(kind=Kind.JOB)
    status, today = with_places(pair, 1), localdate(now)
    row = actions.hire(door.pk, by=pair.advisor, at=now, form=HireForm.ORDINARY, starts=today, hours=20)
    carry_facts()
    status.refresh_from_db()
    assert (status.places_used, status.state) == (1, PostingState.FILLED)
    actions.end_hire(row.pk, today, by=pair.advisor, at=now)
    carry_facts()
    status.refresh_from_db()
    assert status.places_used == 0


def test_who_deletes_their_data_leaves_a_place(case: Case, now: datetime) -> None:
    status = with_places(case.pair, 3)
    case.until_approved(now)
    carry_facts()
    actions.erase(case.pair.profile.pk, by=case.jobseeker, at=now)
    carry_facts()
    status.refresh_from_db()
    assert status.places_used == 0


def test_a_posting_that_is_gone_has_no_places(case: Case, now: datetime) -> None:
    actions.count_places(case.pair.profile.pk, at=now)
