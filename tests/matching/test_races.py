"""Two people at once, on a real PostgreSQL: one wins, the other gets a clear answer, and the rule holds."""

from datetime import datetime

import pytest

from audit.models import Event
from matching import access, actions
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.states import Closed, Refused
from tests.factories.matching import make_pair
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 8


def test_case_27_approve_and_dismiss_in_the_same_second(now: datetime) -> None:
    for _ in range(ROUNDS):
        pair = make_pair()
        dismiss = lambda pair=pair: actions.dismiss(pair.suggestion.pk, by=pair.advisor, at=now, reason="not_now")  # noqa: E731
        answers = at_once(lambda pair=pair: pair.approve(now), dismiss)
        assert sum(isinstance(one, Refused) for one in answers) == 1
        assert Event.objects.filter(what="suggestion_moved", subject_id=str(pair.suggestion.pk)).count() == 1


def test_case_33_a_double_yes_is_one_introduction(now: datetime) -> None:
    for _ in range(ROUNDS):
        pair = make_pair()
        pair.approve(now)
        seen = access.consented_card(Approval.objects.get(suggestion=pair.suggestion)).hash
        yes = lambda pair=pair, seen=seen: actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=seen)  # noqa: E731
        answers = at_once(yes, yes)
        assert sum(isinstance(one, Introduction) for one in answers) == 1
        assert Introduction.objects.filter(suggestion=pair.suggestion).count() == 1


def test_case_35_withdrawal_and_answer_in_the_same_second(now: datetime) -> None:
    for _ in range(ROUNDS):
        pair = make_pair()
        door = pair.introduce(now)
        at_once(
            lambda pair=pair, door=door: actions.withdraw(door.consent_id, by=pair.jobseeker, at=now),
            lambda pair=pair, door=door: actions.answer(door.pk, by=pair.member, at=now, choice="talk"),
        )
        assert Consent.objects.get(pk=door.consent_id).withdrawn_at is not None
        assert Suggestion.objects.get(pk=pair.suggestion.pk).closed_as == Closed.WITHDRAWN
        assert access.card_open(door.pk, by=pair.member, at=now) is None
