"""Open activities: who comes is counted, and nobody is named."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from placements import actions
from placements.models import DropIn
from placements.states import NotThere, Refused
from tests.factories.employers import PostingFactory
from tests.factories.matching import Pair, make_pair
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def pair() -> Pair:
    made = make_pair()
    made.posting.kind = "activity"
    made.posting.save()
    return made


def test_a_number_a_day_and_again_is_a_correction(pair: Pair, now: datetime, frozen: object) -> None:
    page, member = reverse("drop_ins", args=[pair.posting.pk]), as_(pair.member)
    assert page in member.get(reverse("employer_posting", args=[pair.posting.pk])).content.decode()
    for came in ("12", "11"):
        member.post(page, {"day": localdate(now).isoformat(), "came": came})
    assert DropIn.objects.get().came == 11
    assert "11" in member.get(page).content.decode()


@pytest.mark.parametrize("wrong", [{"came": "-1"}, {"came": "many"}, {"came": "1e9"}, {"day": "2027-01-01"}, {"day": "31 februari"}])
def test_what_cannot_be_gets_a_sentence(pair: Pair, now: datetime, frozen: object, wrong: dict[str, str]) -> None:
    told = {"day": localdate(now).isoformat(), "came": "3"} | wrong
    assert as_(pair.member).post(reverse("drop_ins", args=[pair.posting.pk]), told).context["form"].errors
    assert not DropIn.objects.exists()


def test_only_the_employer_counts_and_only_at_an_activity(pair: Pair, now: datetime, frozen: object) -> None:
    other = make_pair()
    for role in (other.member, pair.advisor, pair.jobseeker):
        with pytest.raises(NotThere):
            actions.note_drop_ins(pair.posting.pk, localdate(now), 3, by=role, at=now)
    assert as_(other.member).get(reverse("drop_ins", args=[pair.posting.pk])).status_code == 404
    trial = PostingFactory(workplace=pair.posting.workplace, published=True)
    assert as_(pair.member).get(reverse("drop_ins", args=[trial.pk])).status_code == 404
    with pytest.raises(Refused, match="day"):
        actions.note_drop_ins(pair.posting.pk, localdate(now) + timedelta(days=1), 3, by=pair.member, at=now)
