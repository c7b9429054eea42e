"""Which doors an employer may look through: the query and the question about one door give the same answer."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.utils.timezone import localdate

from jobseekers.models import Profile
from matching import access
from matching.models import Introduction
from matching.states import Door
from tests.factories.matching import make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PERSON = ({}, {"paused": True}, {"left": True})
DAYS = (-1, 0, 1)  # from the last day of the yes


@pytest.mark.parametrize("person", PERSON, ids=["here", "paused", "left"])
def test_the_query_and_the_question_agree(now: datetime, person: dict[str, bool]) -> None:
    door = make_pair().introduce(now)
    last = now + timedelta(days=(door.consent.until - localdate(now)).days)
    Profile.objects.update(paused="paused" in person, left_at=now if "left" in person else None)
    for state, days in product(Door, DAYS):
        at = last + timedelta(days=days)
        Introduction.objects.filter(pk=door.pk).exclude(state="closed").update(state=state)
        read = Introduction.objects.select_related("consent", "suggestion__profile").get(pk=door.pk)
        found = Introduction.objects.readable(at).filter(pk=door.pk).exists()
        assert access.is_readable(read, at) == found, (state, days)
        assert found == (state in {"open", "answered", "meeting", "agreed"} and days <= 0 and not person), (state, days)


def test_a_yes_that_is_taken_back_is_read_by_nobody(now: datetime) -> None:
    door = make_pair().introduce(now)
    door.consent.withdrawn_at = now
    door.consent.save()
    read = Introduction.objects.select_related("consent", "suggestion__profile").get(pk=door.pk)
    assert not access.is_readable(read, now)
    assert not Introduction.objects.readable(now).exists()
