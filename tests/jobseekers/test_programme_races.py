"""Several at once on a real PostgreSQL: a wish for a programme is one row, and it is answered once."""

from datetime import datetime
from uuid import uuid4

import pytest

from audit.models import Event
from jobseekers import actions
from jobseekers.models import ProgrammeRequest
from jobseekers.states import OPEN, Asked
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5


def test_two_presses_at_once_make_one_wish(now: datetime) -> None:
    team = MembershipFactory(coordinator=True).team
    for _ in range(ROUNDS):
        profile = ProfileFactory()
        by = role_of(jobseeker_role(profile))
        told = {"programme": uuid4(), "title": "Navigator", "team_id": team.pk, "language": "sv", "reach": "phone"}
        at_once(*(lambda profile=profile, by=by, told=told: actions.ask_for_programme(profile.pk, **told, by=by, at=now) for _ in range(2)))
        assert ProgrammeRequest.objects.filter(profile=profile).count() == 1


def test_answered_and_taken_back_at_once_is_one_of_the_two(now: datetime) -> None:
    coordinator = MembershipFactory(coordinator=True)
    by = role_of(coordinator)
    for _ in range(ROUNDS):
        profile = ProfileFactory()
        person = role_of(jobseeker_role(profile))
        told = {"programme": uuid4(), "title": "Navigator", "team_id": coordinator.team_id, "language": "sv", "reach": "phone"}
        row = actions.ask_for_programme(profile.pk, **told, by=person, at=now)
        actions.take_programme_request(row.pk, by=by, at=now)
        at_once(
            lambda row=row: actions.answer_programme_request(row.pk, answer=Asked.ENROLLED, by=by, at=now),
            lambda row=row, person=person: actions.withdraw_programme_request(row.pk, by=person, at=now),
        )
        row.refresh_from_db()
        assert row.state not in OPEN
        answered = Event.objects.filter(what="programme_answered", subject_id=str(row.pk)).count()
        assert (row.state == Asked.ENROLLED) == bool(answered)
        letters = Letter.objects.filter(kind="programme_answered", about=row.pk, reader_id=profile.user_id).count()
        assert letters == answered, "nobody hears of an answer that was not given"


def test_a_deletion_and_an_answer_at_once_do_not_wait_for_each_other(now: datetime) -> None:
    coordinator = MembershipFactory(coordinator=True)
    by = role_of(coordinator)
    for _ in range(ROUNDS):
        profile = ProfileFactory()
        person = role_of(jobseeker_role(profile))
        told = {"programme": uuid4(), "title": "Navigator", "team_id": coordinator.team_id, "language": "sv", "reach": "phone"}
        row = actions.ask_for_programme(profile.pk, **told, by=person, at=now)
        actions.take_programme_request(row.pk, by=by, at=now)
        at_once(
            lambda row=row: actions.answer_programme_request(row.pk, answer=Asked.ENROLLED, by=by, at=now),
            lambda profile=profile, person=person: actions.leave(profile.pk, by=person, at=now),
        )
        assert not ProgrammeRequest.objects.filter(profile=profile).exists()
