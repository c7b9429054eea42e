"""What stands on a card, in words that everybody reads."""

import re

import pytest

from jobseekers.models import Language
from matching import access
from tests.factories.matching import Pair, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair()


@pytest.mark.parametrize(("language", "somali"), [("sv", "Somaliska B1"), ("nb", "Somali B1")])
def test_the_card_names_every_language_in_a_word(pair: Pair, language: str, somali: str) -> None:
    pair.suggestion.posting.language = language
    pair.suggestion.profile.languages = [{"code": code, "level": "B1"} for code in Language.values]
    named = dict(access.card_for(pair.suggestion).fields)["languages"]
    assert somali in named
    assert not re.search(r"\b[a-z]{2,3} B1", named), named
