"""Two colleagues at once, on a real PostgreSQL: different steps both stay, and of two who save the same answers one is told."""

from datetime import datetime

import pytest

from accounts.access import ActiveRole
from employers import actions
from employers.models import Posting, Workplace
from employers.queries import offers_version
from employers.states import Refused
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True)]
ROUNDS = 5


def test_two_steps_saved_at_once_both_stay(draft: Posting, by: ActiveRole, now: datetime) -> None:
    for round_ in range(ROUNDS):
        at_once(
            lambda title=f"Rubrik {round_}": actions.save_step(draft.pk, 3, {"title": title}, by=by, at=now),
            lambda places=round_ + 2: actions.save_step(draft.pk, 4, {"places": places}, by=by, at=now),
        )
        draft.refresh_from_db()
        assert (draft.title, draft.places) == (f"Rubrik {round_}", round_ + 2)


def test_of_two_who_save_what_both_have_read_one_is_told(workplace: Workplace, need: str, by: ActiveRole, now: datetime) -> None:
    """Also where nothing was there to lock: the first answers of a workplace."""
    for _ in range(ROUNDS):
        workplace.offers.all().delete()
        seen = offers_version(workplace.pk, {}, [need])
        told = at_once(
            *(
                lambda answer=answer, seen=seen: actions.save_offers(workplace.pk, {need: {"answer": answer}}, by=by, at=now, seen=seen)
                for answer in ("yes", "no")
            )
        )
        assert [one.code for one in told if isinstance(one, Refused)] == ["changed"]
