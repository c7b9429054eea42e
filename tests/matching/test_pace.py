"""Approvals that come faster than anybody reads are stopped, and the team's coordinator hears of it."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Membership
from audit.models import Event
from matching import access, actions
from matching.actions.pace import MOST, WITHIN
from matching.models import Approval
from matching.states import Refused
from outbox.actions import send
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.matching import Pair, make_pair
from tests.factories.placements import make_case
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def approved_already(pair: Pair, at: datetime, n: int = MOST) -> None:
    """`n` people of the same advisor, each approved at `at`."""
    advisor = Membership.objects.get(pk=pair.advisor.membership_id)
    for _ in range(n):
        make_pair(advised_by=advisor).approve(at)


def coordinator_of(pair: Pair) -> Membership:
    return MembershipFactory(kind="coordinator", team=pair.profile.team)


def test_case_32_the_eleventh_approval_within_a_minute_is_stopped_and_reported(pair: Pair, now: datetime, mailoutbox: list[object]) -> None:
    coordinator = coordinator_of(pair)
    approved_already(pair, now)
    for _ in range(2):
        with pytest.raises(Refused, match="pace"):
            pair.approve(now)
    assert not Approval.objects.filter(suggestion=pair.suggestion).exists()
    reports = Event.objects.filter(what="approvals_stopped", actor_id=pair.advisor.user_id)
    assert reports.count() == 1, "one report, however often it is tried"
    letter = Letter.objects.get(kind="approvals_stopped")
    assert letter.reader_id == coordinator.user_id
    send(str(letter.pk), at=now)
    assert len(mailoutbox) == 1
    advisor = Membership.objects.get(pk=pair.advisor.membership_id).user.get_full_name()
    assert advisor in as_(role_of(coordinator)).get(reverse("team_home")).content.decode()
    elsewhere = role_of(MembershipFactory(kind="coordinator", team=MembershipFactory(advisor=True).team))
    assert advisor not in as_(elsewhere).get(reverse("team_home")).content.decode()


def test_case_32_the_page_says_it_and_a_minute_later_it_goes_on(pair: Pair, now: datetime) -> None:
    approved_already(pair, now)
    address = reverse("confirm", args=[pair.suggestion.pk]) + "?decision=approve"
    answer = as_(pair.advisor).post(address, {"seen": access.version_of(pair.suggestion), "answer_by": "2026-12-01", "words": "Läs gärna."})
    assert answer.status_code == 409
    assert "Läs gärna." in answer.content.decode(), "what was typed is not lost"
    pair.approve(now + WITHIN)
    assert Approval.objects.filter(suggestion=pair.suggestion).exists()


def test_case_32_a_colleague_is_not_stopped(pair: Pair, now: datetime) -> None:
    approved_already(make_pair(), now)
    pair.approve(now)


def test_case_32_agreements_are_not_approved_by_the_dozen_either(now: datetime) -> None:
    first = make_case(now).until_signed(now)
    advisor = Membership.objects.get(pk=first.advisor.membership_id)
    others = [make_case(now - timedelta(minutes=5 + n), advised_by=advisor) for n in range(MOST)]
    for one in others:
        one.until_approved(now)
    with pytest.raises(Exception, match="pace"):
        first.approve(now)
    assert first.now().state == "draft"
    assert first.approve(now + WITHIN).state == "approved"


def test_case_34_nothing_is_approved_without_what_was_read(pair: Pair, now: datetime) -> None:
    for guess in ("", "0" * 64, str(pair.suggestion.pk)):
        with pytest.raises(Refused, match="changed"):
            actions.approve(pair.suggestion.pk, by=pair.advisor, at=now, seen=guess, words="")
    assert not Approval.objects.exists()
