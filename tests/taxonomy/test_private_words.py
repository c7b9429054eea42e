"""Words that speak of health, family, belief or origin are found in three languages, and innocent sentences are left alone."""

import pytest

from taxonomy.linker import private_words

GUILTY = [
    ("health", "Har du någon diagnos?"),
    ("health", "Är du ofta sjuk?"),
    ("health", "Hon har ADHD men klarar det bra."),
    ("health", "Vi undrar om Elin  äter\nmedicin."),
    ("health", "Er du sykmeldt nå?"),
    ("health", "Har dere rullestolbruker i teamet?"),
    ("health", "Do you take any medication?"),
    ("family", "Har du barn?"),
    ("family", "Planlegger du barn snart?"),
    ("family", "Are you married?"),
    ("belief", "Ber du på arbetstid?"),
    ("belief", "Bruker hun hijab?"),
    ("belief", "What is your faith?"),
    ("origin", "Varifrån kommer du egentligen?"),
    ("origin", "Hvilket land kommer du fra?"),
    ("origin", "WHERE ARE YOU FROM?"),
]
INNOCENT = [
    "Vi kan ses på tisdag klockan 13 eller torsdag klockan 9.",
    "Barnen på förskolan äter lunch klockan elva. Du hjälper till att duka.",
    "Hos oss jobbar två sjuksköterskor och en undersköterska.",
    "Kom till reception B på sjukhuset, plan 2.",
    "Vi starter med to timer om dagen. Passer det?",
    "Barnehagen ligger rett ved bussholdeplassen.",
    "Her lager vi mat til sykehjemmet.",
    "Could you start at ten instead of eight?",
    "We sell flowers, and it is quiet before noon.",
    "Det går bra att komma i fredags kläder. Vilken tid passar?",
    "Hur många timmar vill du börja med?",
    "",
]


@pytest.mark.parametrize(("ground", "text"), GUILTY)
def test_a_private_question_is_found(ground: str, text: str) -> None:
    found = private_words(text)
    assert ground in {one.ground for one in found}
    assert all(one.words in text for one in found)


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_sentence_is_left_alone(text: str) -> None:
    assert private_words(text) == []


def test_letters_taken_apart_are_the_same_letters() -> None:
    assert private_words("a\u030angest") == private_words("ångest") != []
