"""Beside a need without an answer the advisor reads what the posting's text says, and is told to ask."""

import pytest
from django.urls import reverse
from django.utils import translation

from matching.scoring import parts
from tests.factories.accounts import browser
from tests.factories.matching import make_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HINT = {"answer": "unknown", "lead": "", "how": "", "hint": "lugnt lager", "hint_in": "tasks"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Texten säger ”lugnt lager”.", "Fråga, det är inte ett svar.")),
        ("nb", ("Teksten sier «lugnt lager».", "Spør, det er ikke et svar.")),
        ("en", ("The text says “lugnt lager”.", "Ask, it is not an answer.")),
    ],
)
def test_the_advisor_reads_what_the_text_says(language: str, words: tuple[str, str]) -> None:
    pair = make_pair(needs={"sens.quiet": "must"})
    pair.posting.offers = {"sens.quiet": HINT}
    pair.posting.save()
    with translation.override(language):
        address = reverse("suggestion", args=[pair.suggestion.pk])
    page = browser(pair.advisor.user_id).get(address).content.decode()
    assert all(one in page for one in words)


def test_a_hint_is_scored_as_no_answer() -> None:
    need = parts.Need("sens.quiet", must=True)
    assert parts.need_result(need, {"sens.quiet": HINT["answer"]}) == parts.need_result(need, {})
