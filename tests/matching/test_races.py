"""Two people at once, on a real PostgreSQL: one wins, the other gets a clear answer, and the rule holds."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.db import transaction

from audit.models import Event
from matching import access, actions, receivers
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.states import Closed, Refused
from outbox.signals import Effect
from taxonomy.actions import load_needs, load_starter
from tests.factories.matching import make_pair, suggestion_of
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


def test_a_new_posting_and_a_new_advisor_wait_for_each_other_in_one_order(now: datetime) -> None:
    """Each run takes more than one lock; a closed suggestion of the same two has a lower number than the one that is alive."""
    load_starter(at=now)
    load_needs(at=now)
    for round_ in range(ROUNDS):
        pair = make_pair()
        Suggestion.objects.filter(pk=pair.suggestion.pk).delete()
        suggestion_of(pair.posting, pair.profile, id=UUID(int=round_ + 1))
        Suggestion.objects.filter(pk=UUID(int=round_ + 1)).update(state="closed", closed_as="stale")
        suggestion_of(pair.posting, pair.profile)
        posting, person = str(pair.posting.pk), str(pair.profile.pk)

        def carried(receiver: Callable[[str], Effect | None], of: str) -> bool:
            effect = receiver(of)
            with transaction.atomic():
                if effect:
                    effect()
            return True

        answers = at_once(
            lambda posting=posting: carried(receivers.posting_published, posting),
            lambda person=person: carried(receivers.advisor_reads, person),
            lambda person=person: carried(receivers.profile_changed, person),
        )
        assert answers == [True, True, True]


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
