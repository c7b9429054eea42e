"""`manage.py link` prints what words mean, where it was read, and whether somebody must be asked."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> None:
    call_command("load_starter", verbosity=0)


def said(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("link", *words, stdout=out, **options)
    return out.getvalue()


def test_a_name_is_sure_and_printed_in_the_language_asked_for(loaded: None) -> None:
    first = said("plocka varor", kind="skill", lang="sv", out_lang="en").splitlines()[0]
    assert first == "sure 1.00  pick orders  (pick-orders)  “plocka varor” 0-12"
    assert said("plocka varor", kind="skill", lang="sv", out_lang="nb").splitlines()[0].startswith("sure 1.00  plukke ordre")


def test_a_sentence_names_several_things(loaded: None) -> None:
    found = json.loads(said("Du ska plocka varor och köra truck.", kind="skill", lang="sv", json=True))
    assert [(one["key"], one["words"], one["sure"]) for one in found] == [
        ("pick-orders", "plocka varor", True),
        ("drive-forklift", "köra truck", True),
    ]


def test_own_words_about_a_need(loaded: None) -> None:
    found = json.loads(said("I cannot climb stairs", kind="need", lang="en", json=True))
    assert (found[0]["key"], found[0]["label"]) == ("acc.step_free", "Step-free way in and step-free indoors")
    assert said("Jag kan inte gå i trappor.", kind="need", lang="sv").startswith("sure 1.00  Trappfri väg in")


@pytest.mark.parametrize(("text", "kind"), [("", "skill"), ("💥", "occupation"), ("hej", "need")])
def test_nothing_near_is_said(loaded: None, text: str, kind: str) -> None:
    assert said(text, kind=kind) == "nothing is near\n"


def test_without_an_encoder_there_is_one_sentence(settings: Any) -> None:
    settings.ENCODER = "/nowhere/at/all"
    with pytest.raises(CommandError, match=r"nowhere|sentence-transformers"):
        said("kock", kind="occupation")
