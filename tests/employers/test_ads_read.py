"""The real ads of other boards, read with the starter vocabulary: what they ask for, what they only mention, what they say they offer.

ads_expected.tsv was labelled by hand: per ad the occupations that are right ("-" for none), the skills that it asks for, and skills
that its words name without asking. Keys that begin with "esco:" count in benchmarks/link.py, which reads the whole vocabulary.
"""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from employers import documents
from employers.documents import Ad
from employers.linker import Linked, hinted, linked
from employers.models import Posting
from tests.real_ads import ADS, FILES, needs_ads

pytestmark = [pytest.mark.django_db, needs_ads]
with (Path(__file__).parent / "ads_expected.tsv").open(encoding="utf-8") as file:
    EXPECTED = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
HINTS = {
    "8428019": {"trn.parking": "fri parkering"},
    "23174210": {"sup.buddy": "egen mentor"},
    "23570959": {
        "time.no_night_early": "dagtid på vardagar",
        "sup.named_supervisor": "egen dedikerad kontaktperson",
        "sup.buddy": "möjlighet till mentor",
    },
    "b09b2c37-2a62-4440-bbcd-9b613612c088": {
        "cog.longer_training": "opplæringen du trenger",
        "time.flexible_hours": "tilrettelegger vakter så det passer deg",
        "time.reduced_hours": "stillingsprosenten du ønsker",
    },
}


def ads() -> dict[str, Ad]:
    read = (documents.read(raw, form) for name, form, _ in FILES for raw in json.loads((ADS / f"{name}.json").read_text()))
    return {ad.source_id: ad for ad in read}


@pytest.fixture
def read() -> dict[str, tuple[Ad, Linked]]:
    call_command("load_starter", verbosity=0)
    return {name: (ad, linked(ad)) for name, ad in ads().items()}


def test_every_ad_gets_a_right_occupation_or_none_and_no_skill_that_it_only_mentions(read: dict[str, tuple[Ad, Linked]]) -> None:
    assert set(read) == set(EXPECTED)
    for name, (_, found) in read.items():
        row, skills = EXPECTED[name], {one["key"] for one in found.skills}
        assert (found.occupation.key if found.occupation else "-") in row["occupation"].split(), name
        assert skills & set(row["not asked"].split()) == set(), name
        assert skills <= set(row["asked"].split()), name


def test_most_of_what_they_ask_for_is_found(read: dict[str, tuple[Ad, Linked]]) -> None:
    asked = {(name, key) for name, row in EXPECTED.items() for key in row["asked"].split() if not key.startswith("esco:")}
    found = {(name, one["key"]) for name, (_, ad) in read.items() for one in ad.skills}
    assert len(asked & found) >= 0.75 * len(asked)


def test_a_leader_of_teaching_is_no_carer_of_the_old(read: dict[str, tuple[Ad, Linked]]) -> None:
    ad, found = read["10584075-1e5c-4a83-bf49-c80bcab83018"]
    assert (ad.isco, ad.related) == ("2342", ("Pedagogisk leder (førskolelærer)", "Barnehagelærer"))
    assert found.occupation is not None
    assert found.occupation.key == "preschool-teacher"


def test_a_name_that_is_not_known_becomes_its_group_or_nothing(read: dict[str, tuple[Ad, Linked]]) -> None:
    ad, found = read["23570959"]
    assert found.occupation is not None
    assert (found.occupation.kind, found.occupation.isco) == ("group", "22")
    assert any("stands for it" in problem for problem in found.problems)
    nowhere = linked(replace(ad, occupation="Astronaut", isco="", title="Till månen"))
    assert nowhere.occupation is None
    assert "the occupation (Astronaut) is not in the vocabulary" in nowhere.problems


def test_a_near_name_of_another_group_is_not_taken(read: dict[str, tuple[Ad, Linked]]) -> None:
    """The group says teachers; the name alone is nearest to a kitchen."""
    ad, _ = read["10584075-1e5c-4a83-bf49-c80bcab83018"]
    found = linked(replace(ad, occupation="Kokk i skole og barnehager", related=(), title=""))
    assert found.occupation is not None
    assert found.occupation.isco.startswith("23")


def test_conditions_come_from_fields_and_text(read: dict[str, tuple[Ad, Linked]]) -> None:
    found = {name: (one.language_level, one.licences, one.hours) for name, (_, one) in read.items()}
    assert found["8428019"] == ("B2", (), (40, 40))
    assert found["23174210"] == ("", ("B",), (40, 40))
    assert found["b09b2c37-2a62-4440-bbcd-9b613612c088"] == ("", (), (18, 18))
    assert found["10584075-1e5c-4a83-bf49-c80bcab83018"] == ("", (), (None, 37))


def test_a_word_of_fluency_is_a_level_to_ask_about(read: dict[str, tuple[Ad, Linked]]) -> None:
    """Its level lets people with B2 through, and whoever imports it is told where the level comes from."""
    asked = {name: [one for one in found.problems if "of its language" in one] for name, (_, found) in read.items()}
    assert asked.pop("8428019") == ['the text says "obehindrat" of its language, read as B2: ask what the work needs']
    ad, _ = read["8428019"]
    named = linked(replace(ad, text="Du ska kommunicera obehindrat på svenska, nivå C1."), words=False)
    assert (named.language_level, [one for one in named.problems if "of its language" in one]) == ("C1", [])


def test_what_they_say_about_needs_is_a_hint_and_no_answer() -> None:
    for name, ad in ads().items():
        offers = hinted(Posting(title=ad.title, tasks=ad.text))
        assert {code: one["hint"] for code, one in offers.items()} == HINTS.get(name, {}), name
        assert {one["answer"] for one in offers.values()} <= {"unknown"}
