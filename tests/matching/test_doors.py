"""Which doors an employer may look through, asked by query and of one door alike; and the card that stands behind them."""

import re
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.utils.timezone import localdate

from jobseekers.models import Language, Profile
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


@pytest.mark.parametrize(("language", "somali"), [("sv", "Somaliska B1"), ("nb", "Somali B1")])
def test_the_card_names_every_language_in_a_word(language: str, somali: str) -> None:
    pair = make_pair()
    pair.suggestion.posting.language = language
    pair.suggestion.profile.languages = [{"code": code, "level": "B1"} for code in Language.values]
    named = dict(access.card_for(pair.suggestion).fields)["languages"]
    assert somali in named
    assert not re.search(r"\b[a-z]{2,3} B1", named), named
