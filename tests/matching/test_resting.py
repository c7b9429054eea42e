"""A door whose person has no advisor for the moment: closed to the employer, not ended, and open again with the next advisor."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms, User
from jobseekers import actions as people
from jobseekers.models import Profile
from matching import access, actions
from matching.models import Introduction
from matching.states import Door
from outbox.actions import send
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.employers import employer_member
from tests.factories.facts import bring
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def test_a_door_rests_without_an_advisor_and_goes_on_with_the_next(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    actions.answer(door.pk, by=pair.member, at=now, choice="talk")
    coordinator = role_of(MembershipFactory(coordinator=True, team=pair.profile.team))
    people.end_member(Membership.objects.get(user=pair.profile.advisor).pk, by=coordinator, at=now)
    for facts in ((), ("advisor_changed",)):  # at once, and when the worker has heard
        bring(*facts)
        page = browser(pair.member.user_id).get(reverse("employer_introduction", args=[door.pk]))
        assert page.status_code == 410
        assert "Kontakten vilar" in page.content.decode()
        assert pair.profile.user.get_full_name() not in page.content.decode()
        assert "Kontakten vilar" in browser(pair.member.user_id).get(reverse("employer_introductions")).content.decode()
    door.refresh_from_db()
    assert door.state == Door.SUSPENDED
    assert "vilar" in browser(pair.jobseeker.user_id).get(reverse("my_introduction", args=[door.pk])).content.decode()
    new = MembershipFactory(advisor=True, team=pair.profile.team)
    people.transfer(pair.profile.pk, to=new.user_id, handover="", by=coordinator, at=now)
    bring("advisor_changed")
    door.refresh_from_db()
    assert door.state == Door.ANSWERED
    card = access.card_open(door.pk, by=pair.member, at=now)
    assert card is not None
    assert card.advisor_name == new.user.get_full_name()


def test_who_could_not_read_a_card_gets_the_whole_time_to_answer_again(pair: Pair, now: datetime, frozen: Any) -> None:
    door = pair.introduce(now)
    Membership.objects.get(user_id=pair.member.user_id).user.save()
    User.objects.filter(pk=pair.member.user_id).update(quiet=["news", "reminders"])
    Profile.objects.update(advisor=None)
    actions.new_advisor(pair.profile.pk, at=now)
    frozen.shift(timedelta(days=20))
    late = timezone.now()
    for letter in Letter.objects.filter(kind__in=["card_waiting_half", "card_waiting_last", "promise_broken"]):
        send(str(letter.pk), at=late)
    new = MembershipFactory(advisor=True, team=pair.profile.team)
    Profile.objects.update(advisor=new.user)
    actions.new_advisor(pair.profile.pk, at=late)
    door.refresh_from_db()
    assert door.answer_by > late.date()
    assert not Introduction.objects.late(late.date()).exists()
    waiting = Letter.objects.filter(done_at=None, about=door.pk)
    assert set(waiting.filter(reader=new.user).values_list("kind", flat=True)) == {"promise_broken", "introduction_moved"}
    heard = waiting.get(reader_id=pair.member.user_id, kind="introduction_moved")
    assert send(str(heard.pk), at=late), "an open introduction's letters come whatever is turned off"


def test_case_28_a_new_advisor_of_the_employers_own_opens_nothing(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    new = MembershipFactory(advisor=True, team=pair.profile.team)
    employer_member(pair.employer, user=new.user)
    Profile.objects.update(advisor=new.user)
    actions.new_advisor(pair.profile.pk, at=now)
    door.refresh_from_db()
    assert door.state == Door.SUSPENDED


def test_what_both_have_agreed_on_stands_with_another_advisor(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    Introduction.objects.update(state=Door.AGREED)
    Profile.objects.update(advisor=None)
    actions.new_advisor(pair.profile.pk, at=now)
    door.refresh_from_db()
    assert door.state == Door.AGREED


def test_the_new_advisor_hears_of_a_broken_promise(pair: Pair, now: datetime) -> None:
    door = pair.introduce(now)
    new = MembershipFactory(advisor=True, team=pair.profile.team)
    Profile.objects.update(advisor=new.user)
    for _ in range(2):
        actions.new_advisor(pair.profile.pk, at=now)
    assert [one.reader_id for one in Letter.objects.filter(kind="promise_broken", about=door.pk)] == [new.user_id]
