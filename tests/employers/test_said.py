"""What the text of an ad demands: licences, languages, hours; and what each of its sentences does."""

import pytest

from employers.documents import hours, languages, licences, sentences


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Vi är ett företag med juridik och ekonomi. Du har erfarenhet av städ.", ["about", "asks"]),
        ("Om oss\nVi lagar mat.\nVåra kunder bor i hela landet och köper mest på hösten.", ["about", "about", "about"]),
        ("Hos oss får du möjlighet att lära dig svetsa.", ["offers"]),
        ("Vi tilbyr kurs i truck.", ["offers"]),
        ("Arbetsuppgifter:\n• Plocka varor\n• Köra truck", ["asks", "asks", "asks"]),
        ("Krav: B-körkort och god svenska.", ["asks"]),
        ("DeLaval is a worldwide leader in milking equipment for dairy farmers everywhere.", ["about"]),
    ],
)
def test_what_a_sentence_does(text: str, roles: list[str]) -> None:
    assert [one.role for one in sentences(text)] == roles
    assert all(text[one.start : one.end] == one.text for one in sentences(text))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Du har B-körkort.", "B"),
        ("Krav: körkort.", "B"),
        ("Vi söker dig som har körkort med behörighet C och truckkort.", "C truck"),
        ("Du må ha førerkort klasse B.", "B"),
        ("Førerkort CE kreves for stillingen, du må ha det klart.", "CE"),
        ("You need a driving licence and a forklift licence.", "B truck"),
        ("Du har intyg i livsmedelshygien.", "hygiene"),
        ("Du behöver D-körkort.", "D"),
        ("Körkort krävs inte.", ""),
        ("B-körkort är meriterande.", ""),
        ("Det er en fordel om du har førerkort.", ""),
        ("Har du körkort?", ""),
        ("Hos oss får du ta truckkort.", ""),
        ("Vi gör prov för körkort åt hela länet och har gjort det sedan 1990.", ""),
        ("No driving licence needed, you ride a bike.", ""),
        ("", ""),
    ],
)
def test_licences(text: str, codes: str) -> None:
    assert list(licences(text)) == codes.split()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Du talar flytande svenska och engelska.", [("sv", "B2", True), ("en", "B2", True)]),
        ("Du behöver kunskaper i svenska på nivå B1.", [("sv", "B1", True)]),
        (
            "Du har goda kunskaper i svenska i tal och skrift. Arabiska är inget krav på dig.",
            [("sv", "B2", True)],
        ),
        ("Det är viktigt att du kommunicerar obehindrat på svenska.", [("sv", "B2", True)]),
        ("Du snakker flytende norsk.", [("nb", "B2", True)]),
        ("You speak English with fluency.", [("en", "B2", True)]),
        ("Du talar flytande svenska, nivå C1.", [("sv", "C1", True)]),
        ("Du snakker og skriver norsk godt.", [("nb", "", True)]),
        ("Det er en fordel om du snakker polsk.", [("pl", "", False)]),
        ("You speak basic Norwegian.", [("nb", "A2", True)]),
        ("Du arbetar med kunder på den svenska marknaden.", []),
        ("Du behöver inte prata svenska.", []),
        ("Vi är ett svenskt företag som talar med hela världen och har många anställda.", []),
    ],
)
def test_languages(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert [(one.code, one.level, one.must) for one in languages(text)] == wanted


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Tjänsten är på 75-100 %.", (30, 40)),
        ("En tjänst på 50 procent.", (20, 20)),
        ("20 timmar i veckan.", (20, 20)),
        ("10–15 timmar per vecka, deltid.", (10, 15)),
        ("Stilling 60 %.", (24, 24)),
        ("Omtrent 20 timer/uke.", (20, 20)),
        ("16 hours a week", (16, 16)),
        ("37,5 t pr. uke", (38, 38)),
        ("Halvtid, förmiddagar.", (20, 20)),
        ("Heltid eller deltid.", (None, 40)),
        ("Heltid, tillsvidare.", (40, 40)),
        ("50 % rabatt på allt i butiken.", (None, None)),
        ("Vi ger 100 % för våra kunder.", (None, None)),
        ("Öppet 8 timmar om dagen.", (None, None)),
        ("", (None, None)),
    ],
)
def test_hours_a_week(text: str, week: tuple[int | None, int | None]) -> None:
    assert hours(text, 40) == week


def test_case_66_any_text_is_read() -> None:
    for text in ("", "?!", "🙂" * 1000, "\u202e körkort", "B" * 100_000, "svenska " * 50_000):
        assert licences(text) in {(), ("B",)}
        assert languages(text) == ()
        assert hours(text, 40) == (None, None)
