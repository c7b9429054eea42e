"""Who pauses is gone for employers in the same request, before any worker has heard of it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.models import Terms
from jobseekers.models import Profile
from matching import access, actions
from matching.models import Consent, Introduction, Suggestion
from matching.states import NotThere, Refused
from outbox import actions as outbox
from outbox.models import Fact, Letter
from tests.factories.accounts import browser
from tests.factories.matching import Pair, make_pair
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


@pytest.fixture
def person(pair: Pair) -> Client:
    return browser(pair.jobseeker.user_id)


def test_case_39_the_employers_view_closes_in_the_request_that_pauses(pair: Pair, person: Client, now: datetime) -> None:
    Terms.objects.create(user_id=pair.member.user_id, version=TERMS_VERSION, at=now)
    door, employer = pair.introduce(now), browser(pair.member.user_id)
    card = reverse("employer_introduction", args=[door.pk])
    assert employer.get(card).status_code == 200
    person.post(reverse("pause_matching"))
    assert Fact.objects.filter(name="profile_left", done_at=None).exists(), "no worker has been here"
    gone = employer.get(card)
    assert gone.status_code == 410
    assert gone.context["ended"].day == now.date()
    assert employer.post(card, {"words": "Hej"}).status_code == 410
    assert access.cards_for(by=pair.member, at=now) == []
    with pytest.raises(NotThere):
        actions.answer(door.pk, by=pair.member, at=now, choice="talk")
    with pytest.raises(Refused):
        actions.remind(door.pk, by=pair.advisor, at=now)
    letter = Letter.objects.get(kind="introduction", reader_id=pair.member.user_id)
    assert not outbox.send(str(letter.pk), at=now), "a letter that waited is not sent any more"


def test_case_39_the_worker_closes_and_the_employer_is_told_that_it_has_ended(pair: Pair, person: Client, now: datetime) -> None:
    door = pair.introduce(now)
    person.post(reverse("pause_matching"))
    carry_facts()
    door.refresh_from_db()
    assert door.state == "closed"
    assert Letter.objects.filter(kind="contact_ended", reader_id=pair.member.user_id).count() == 1
    person.post(reverse("pause_matching"))
    assert access.card_open(door.pk, by=pair.member, at=now) is None, "going on opens nothing again"


def test_case_39_who_has_paused_opens_no_door(pair: Pair, person: Client, now: datetime) -> None:
    pair.approve(now)
    person.post(reverse("pause_matching"))
    with pytest.raises(Refused, match="closed"):
        pair.consent(now)
    assert not Consent.objects.exists()
    assert Suggestion.objects.get().state == "approved"


@pytest.mark.parametrize("gone", ["paused", "left"])
def test_case_39_the_database_opens_no_door_to_who_is_gone(pair: Pair, now: datetime, gone: str) -> None:
    """By hand, past every action."""
    approval = pair.approve(now)
    same = {"suggestion": pair.suggestion, "approval": approval}
    hashes = {"posting_hash": approval.posting_hash, "card_hash": approval.card_hash, "sealed": {"card": []}}
    given = Consent.objects.create(**same, **hashes, at=now, until=now.date(), text_version="1")
    Suggestion.objects.update(state="consented")
    door = Introduction(**same, consent=given, posting=pair.posting, opened_at=now, answer_by=now.date())
    Profile.objects.update(**({"paused": True} if gone == "paused" else {"left_at": now}))
    with pytest.raises(IntegrityError), transaction.atomic():
        door.save(force_insert=True)
    Profile.objects.update(paused=False, left_at=None)
    door.save(force_insert=True)
