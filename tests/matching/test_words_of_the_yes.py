"""A yes is to the words that were on the page, and of two the one that stands says what is shown."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from matching import access, actions
from matching.models import Consent, Introduction
from matching.states import Door, Refused
from tests.factories.matching import Pair, make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def test_case_37_a_yes_on_a_page_with_old_words_opens_nothing(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    seen = access.consented_card(approval).hash
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=seen, text="2019-01")
    assert not Introduction.objects.exists()
    assert actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=now, seen=seen).state == Door.OPEN


def test_case_37_of_two_yeses_to_one_posting_the_one_that_stands_says_what_is_shown(pair: Pair, now: datetime) -> None:
    approval = pair.approve(now)
    actions.leave_out(pair.suggestion.pk, "phone", by=pair.jobseeker, at=now)
    door = pair.consent(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            suggestion=pair.suggestion,
            approval=approval,
            at=now,
            until=door.consent.until,
            text_version=door.consent.text_version,
            posting_hash=approval.posting_hash,
            card_hash=approval.card_hash,
            sealed={"card": approval.sealed["card"]},
        )
    [card] = access.cards_for(by=pair.member, at=now)
    assert "phone" not in {name for name, _words in card.card.fields}
