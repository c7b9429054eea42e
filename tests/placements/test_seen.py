"""Who reads what of a placement, and who is told."""

from datetime import datetime

import pytest
from django.urls import reverse

from accounts.models import Terms
from placements import actions
from placements.models import Outcome
from tests.placements.test_ends import WORDS, completed
from tests.placements.test_pages import as_

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]


def test_no_page_of_a_person_opens_before_the_promise(now: datetime) -> None:
    case, at = completed(now)
    actions.assess(case.id, WORDS | {"words": "Bara för er"}, by=case.jobseeker, at=at)
    actions.assess(case.id, WORDS, by=case.member, at=at)
    member = as_(case.member)
    assert "Bara för er" in member.get(reverse("employer_assessment", args=[case.id])).content.decode()
    Terms.objects.all().delete()
    for name in ("assessment", "tell", "stop", "placement", "sign", "agreement_pdf", "who_can_pay", "feedback"):
        answer = member.get(reverse(f"employer_{name}", args=[case.id]))
        assert (answer.status_code, reverse("accept_terms") in answer.url) == (302, True), name  # type: ignore[attr-defined]


def test_the_page_asks_where_the_person_is_only_after_a_yes(now: datetime) -> None:
    case, at = completed(now)
    home, question = reverse("my_placement", args=[case.id]), reverse("my_outcome", args=[Outcome.objects.get(months=0).pk])
    person = as_(case.jobseeker)
    assert question not in person.get(home).content.decode()
    actions.agree_to_be_asked(case.pair.profile.pk, True, by=case.jobseeker, at=at)
    assert question in person.get(home).content.decode()
    actions.agree_to_be_asked(case.pair.profile.pk, False, by=case.jobseeker, at=at)
    assert question not in person.get(home).content.decode()
