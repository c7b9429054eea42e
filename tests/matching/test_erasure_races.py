"""Somebody deletes while others act on the same person, on a real PostgreSQL: each step is whole before or refused after."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import Event
from jobseekers.models import Profile
from matching import access, actions
from matching.models import Approval, Consent, Interest, Introduction, Message, Suggestion
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, make_pair
from tests.factories.races import REFUSALS, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 8
Step = Callable[[Pair, datetime], Any]


def copy(pair: Pair, now: datetime) -> Any:
    return actions.take_copy(pair.profile.pk, by=pair.jobseeker, at=now)


def say_yes(pair: Pair, now: datetime) -> Any:
    approval = Approval.objects.get(suggestion=pair.suggestion)
    return actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=access.consented_card(approval).hash)


def approve(pair: Pair, now: datetime) -> Any:
    return pair.approve(now)


def answer(pair: Pair, now: datetime) -> Any:
    return actions.answer(_door(pair).pk, by=pair.member, at=now, choice="meet", proposal="kanarien")


def write(pair: Pair, now: datetime) -> Any:
    return actions.say(_door(pair).pk, "kanarien", by=pair.member, at=now)


def take_back(pair: Pair, now: datetime) -> Any:
    actions.withdraw(_door(pair).consent_id, by=pair.jobseeker, at=now)


def wish(pair: Pair, now: datetime) -> Any:
    return actions.express_interest(PostingFactory(published=True).pk, by=pair.jobseeker, at=now, words="kanarien")


def erase(pair: Pair, now: datetime) -> Any:
    actions.erase(pair.profile.pk, by=pair.jobseeker, at=now)


def _door(pair: Pair) -> Introduction:
    return Introduction.objects.get(suggestion=pair.suggestion)


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("", copy),
        ("", approve),
        ("approve", say_yes),
        ("introduce", answer),
        ("introduce", write),
        ("introduce", take_back),
        ("", wish),
        ("", erase),
    ],
)
def test_case_38_and_41_others_act_in_the_same_second(now: datetime, before: str, step: Step) -> None:
    for _ in range(ROUNDS):
        cache.clear()
        pair = make_pair()
        if before:
            getattr(pair, before)(now)
        answers = at_once(lambda pair=pair: step(pair, now), lambda pair=pair: erase(pair, now))
        assert sum(isinstance(one, REFUSALS) for one in answers) == 1 if step is erase else answers[1] is None
        if step is copy and not isinstance(answers[0], REFUSALS):
            assert answers[0]["account"]["first_name"] == pair.profile.user.first_name, "the copy is whole, or there is none"
        assert Profile.objects.get(pk=pair.profile.pk).left_at == now
        assert Event.objects.filter(what="profile_erased", subject_id=str(pair.profile.pk)).count() == 1
        _nothing_is_left(pair)


def test_case_38_a_button_that_is_pressed_twice_leads_to_the_last_page(now: datetime) -> None:
    """Or to the sign-in, when the second press comes after the end; never to an error."""
    path = reverse("delete_data_now")
    for _ in range(ROUNDS):
        pair = make_pair()
        first, second = Client(), Client()
        for client in (first, second):
            client.force_login(pair.profile.user, backend="django.contrib.auth.backends.ModelBackend")
        answers: list[Any] = at_once(lambda first=first: first.post(path), lambda second=second: second.post(path))
        assert {one.status_code for one in answers} == {302}
        assert reverse("data_deleted") in {one.headers["Location"] for one in answers}
        assert Profile.objects.get(pk=pair.profile.pk).left_at is not None


def _nothing_is_left(pair: Pair) -> None:
    own = {"suggestion__profile": pair.profile}
    assert not Interest.objects.filter(profile=pair.profile).exists()
    assert not Message.objects.filter(introduction__suggestion__profile=pair.profile).exists()
    assert not Suggestion.objects.filter(profile=pair.profile).exclude(state="closed").exists()
    assert not Introduction.objects.filter(**own).exclude(state="closed", proposal="").exists()
    assert not Consent.objects.filter(**own, withdrawn_at=None).exists()
    assert [one.sealed["card"] for one in Approval.objects.filter(**own) if one.sealed["card"]] == []
