"""The vocabulary that ships with the product: is it whole, is it consistent, and does loading it twice change nothing?"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from taxonomy.actions import BadFileError, load_needs, load_places, load_starter
from taxonomy.actions.places import BOXES
from taxonomy.actions.starter import FOLDER
from taxonomy.models import Concept, Kind, Label, Need, NeedGroup, OccupationSkill, Pays, Place, Release
from taxonomy.queries import folded, places_like

LANGUAGES = ("sv", "nb", "en")
TWO_DIGIT_GROUPS = 43
ESCO_SHARE = 0.4
# A need says what the workplace does, never what somebody has. Beginnings of words in Swedish, Norwegian and English.
DIAGNOSES = re.compile(
    r"\b(adhd|add\b|asperger|autis|bipol|blind|cancer|cp\b|cerebral|demen|depress|diabet|diagnos|dyskalkyli|dyslexi|dysleksi|döv|døv|deaf"
    r"|epilep|fibromyalg|hjärnskad|hjerneskad|handikap|handicap|intellectual disab|kreft|lidelse|migrän|migrene|migraine|multippel"
    r"|ms\b|neuro|nevro|parkinson|psyk|psych|ptsd|reuma|revma|rheuma|schizo|sjuk|sick|sykdom|illness|disease|disorder|stroke|syndrom|tourette|utmatt"
    r"|utvecklingsstörn|utviklingshem|ångest|angst|anxiety|artros|arthr|astma|asthma|beroendesjuk|addict|lam\b|paralys)",
    re.IGNORECASE,
)


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if name.endswith(".tsv") else ","))


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


SKILLS, OCCUPATIONS, RELATIONS, GROUPS, PLACES = (
    _table(f"{name}.tsv") for name in ("skills", "occupations", "occupation_skills", "isco_groups", "places")
)
NEEDS = _table("needs.csv")


def test_there_is_enough_of_everything() -> None:
    assert len(SKILLS) >= 370
    assert len(OCCUPATIONS) >= 160
    assert sum(place["country"] == "SE" for place in PLACES) >= 180
    assert sum(place["country"] == "NO" for place in PLACES) >= 90
    assert sum(len(group["code"]) == 2 for group in GROUPS) == TWO_DIGIT_GROUPS
    assert sum(len(group["code"]) == 1 for group in GROUPS) == 10
    assert sum(bool(skill["esco"]) for skill in SKILLS) >= ESCO_SHARE * len(SKILLS)


def test_keys_and_esco_addresses_are_there_once() -> None:
    concepts = [*SKILLS, *OCCUPATIONS]
    assert _twice(concept["key"] for concept in concepts) == []
    assert _twice(concept["esco"] for concept in concepts if concept["esco"]) == []
    assert [concept["key"] for concept in concepts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept["key"])] == []


@pytest.mark.parametrize("table", [SKILLS, OCCUPATIONS, GROUPS], ids=["skills", "occupations", "groups"])
def test_every_concept_has_three_names_of_its_own(table: list[dict[str, str]]) -> None:
    for language in LANGUAGES:
        assert [row for row in table if not row[language].strip()] == []
        assert _twice(row[language].casefold() for row in table) == []


@pytest.mark.parametrize("table", [SKILLS, OCCUPATIONS], ids=["skills", "occupations"])
def test_every_concept_has_one_to_four_other_names(table: list[dict[str, str]]) -> None:
    for row in table:
        for language in LANGUAGES:
            others = row[f"{language}_other"].split("|")
            assert 1 <= len(others) <= 4, row["key"]
            assert all(name == name.strip() and name for name in others), row["key"]
            assert _twice([row[language], *others]) == [], row["key"]


def test_every_isco_code_has_four_digits_of_a_known_group() -> None:
    groups = {group["code"] for group in GROUPS}
    wrong = [row["key"] for row in OCCUPATIONS if not re.fullmatch(r"[0-9]{4}", row["isco"]) or row["isco"][:2] not in groups]
    assert wrong == []
    assert [code for code in groups if len(code) > 1 and code[0] not in groups] == []


def test_relations_join_what_exists_and_use_every_skill() -> None:
    skills, occupations = ({row["key"] for row in table} for table in (SKILLS, OCCUPATIONS))
    assert {row["skill"] for row in RELATIONS} == skills
    assert {row["occupation"] for row in RELATIONS} == occupations
    assert {row["relation"] for row in RELATIONS} == {"essential", "optional"}
    assert _twice(f"{row['occupation']} {row['skill']}" for row in RELATIONS) == []
    sizes = Counter(row["occupation"] for row in RELATIONS)
    assert [key for key, size in sizes.items() if not 5 <= size <= 14] == []


def test_places_lie_in_their_country() -> None:
    for place in PLACES:
        south, north, west, east = BOXES[place["country"]]
        assert south <= float(place["lat"]) <= north, place
        assert west <= float(place["lon"]) <= east, place
        assert re.fullmatch(r"[0-9]{4}", place["municipality_code"]), place
        assert place["municipality"], place
    assert _twice(f"{place['municipality_code']} {place['name']}" for place in PLACES) == []


def test_a_municipality_has_one_name_and_its_places_are_near_each_other() -> None:
    first: dict[tuple[str, str], dict[str, str]] = {}
    for place in PLACES:
        other = first.setdefault((place["country"], place["municipality_code"]), place)
        assert place["municipality"] == other["municipality"]
        assert abs(float(place["lat"]) - float(other["lat"])) < 0.5, place
        assert abs(float(place["lon"]) - float(other["lon"])) < 1, place


def test_needs_stand_in_catalogue_order() -> None:
    assert len(NEEDS) == len({need["code"] for need in NEEDS}) == 60
    assert list(dict.fromkeys(need["group"] for need in NEEDS)) == NeedGroup.values
    assert [need["code"] for need in NEEDS if need["code"].partition(".")[0] != need["group"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_need_names_a_diagnosis(language: str) -> None:
    assert [need["code"] for need in NEEDS if DIAGNOSES.search(need[f"label_{language}"])] == []


@pytest.mark.parametrize("text", ["Har autism", "Personer med ADHD", "Når du har angst", "For blind people", "Sykdom i ryggen"])
def test_the_diagnosis_words_are_found(text: str) -> None:
    assert DIAGNOSES.search(text)


def test_load_starter_fills_the_tables(db: None, now: datetime) -> None:
    counts = load_starter(at=now)
    assert counts["skills"].created == len(SKILLS) == Concept.objects.skills().count()
    assert counts["occupations"].created == len(OCCUPATIONS) == Concept.objects.occupations().count()
    assert counts["groups"].created == len(GROUPS)
    assert counts["relations"].created == len(RELATIONS) == OccupationSkill.objects.count()
    cook = Concept.objects.get(key="cook")
    assert (cook.kind, cook.isco, cook.label_in("sv"), cook.label_in("nb"), cook.label_in("en")) == (
        Kind.OCCUPATION,
        "5120",
        "kock",
        "kokk",
        "cook",
    )
    assert Concept.objects.get(kind=Kind.GROUP, isco="51").label_in("nb") == "Restaurant, hår, dyr og eiendom"
    assert Label.objects.filter(preferred=True).count() == 3 * Concept.objects.count()
    assert Release.objects.get().at == now


def test_loading_again_changes_nothing(db: None, now: datetime) -> None:
    for _ in range(2):
        loaded = [*load_starter(at=now).values(), load_needs(at=now), load_places(at=now)]
    assert [counts for counts in loaded if counts.touched] == []
    assert Release.objects.count() == 2  # the vocabulary and the needs, each when it came


def test_every_need_says_who_usually_pays() -> None:
    assert {row["pays"] for row in NEEDS} == set(Pays.values)
    costs_nothing = [row["code"] for row in NEEDS if row["pays"] == Pays.LAYOUT]
    assert len(costs_nothing) > len(NEEDS) / 2
    assert {"cog.one_task", "time.extra_breaks"} <= set(costs_nothing)


def test_needs_and_places_are_loaded(db: None, now: datetime) -> None:
    assert load_needs(at=now).created == 60
    assert load_places(at=now).created == len(PLACES)
    assert [need.code for need in Need.objects.all()] == [need["code"] for need in NEEDS]
    assert sorted(Need.objects.exclude(common=0).values_list("common", flat=True)) == list(range(1, 11))
    assert Place.objects.get(name="Borås").folded == "boras"


def _copy(folder: Path, **instead: tuple[str, str]) -> Path:
    """The starter folder with one text replaced in the files named."""
    for path in FOLDER.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        old, new = instead.get(path.stem, ("", ""))
        assert old in text
        (folder / path.name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


def test_a_changed_name_is_taken_over_and_the_old_one_goes(db: None, now: datetime, tmp_path: Path) -> None:
    load_starter(at=now)
    counts = load_starter(at=now, folder=_copy(tmp_path, occupations=("\tkock\t", "\tkock i restaurang\t")))
    assert counts["occupations"].changed == 1
    cook = Concept.objects.get(key="cook")
    assert cook.label_in("sv") == "kock i restaurang"
    assert not cook.labels.filter(language="sv", text="kock").exists()


def test_a_skill_that_leaves_the_files_is_retired_and_not_deleted(db: None, now: datetime, tmp_path: Path) -> None:
    load_starter(at=now)
    folder = _copy(tmp_path)
    for name in ("skills.tsv", "occupation_skills.tsv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if "follow-spoken" not in line), encoding="utf-8")
    counts = load_starter(at=now, folder=folder)
    assert counts["skills"].removed == 1
    assert not Concept.objects.get(key="follow-spoken").active
    assert not OccupationSkill.objects.filter(skill="follow-spoken").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("occupations", "\t5120\t", "\t512\t", "column isco: is not an ISCO-08 code."),
        ("skills", "\tlaga mat\t", "\t\t", "column sv: is empty."),
        ("skills", "data.europa.eu/esco/skill/", "data.europa.eu/esco/occupation/", "column esco: is not the address of an ESCO skill."),
        ("occupation_skills", "cook\tcook-food\t", "cook\tcook-fod\t", "column skill: cook-fod is in no table."),
        ("occupation_skills", "\tessential", "\tvital", "column relation: is none of essential, optional."),
    ],
)
def test_case_58_a_bad_table_is_named_and_nothing_is_saved(
    db: None, now: datetime, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadFileError) as caught:
        load_starter(at=now, folder=_copy(tmp_path, **{file: (old, new)}))
    assert str(caught.value).startswith(f"{file}.tsv, line ")
    assert str(caught.value).endswith(said)
    assert not Concept.objects.exists()


def test_case_58_a_key_that_is_there_twice_is_refused(db: None, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="column key: cook is there twice"):
        load_starter(at=now, folder=_copy(tmp_path, skills=("\ncook-food\t", "\ncook\t")))


def test_the_command_says_one_line_for_each_table(db: None) -> None:
    said = StringIO()
    call_command("load_starter", stdout=said)
    assert [line.partition(":")[0] for line in said.getvalue().splitlines()] == [
        "groups",
        "occupations",
        "skills",
        "relations",
        "needs",
        "places",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("boras", "Borås"), ("Boras ", "Borås"), ("BORÅS", "Borås"), ("tromso", "Tromsø"), ("tromsö", "Tromsø"), ("hönefoss", "Hønefoss")],
)
def test_a_place_is_found_however_its_vowels_are_typed(db: None, now: datetime, typed: str, found: str) -> None:
    load_places(at=now)
    assert next(place.name for place in places_like(typed)) == found


def test_places_like_prefers_the_exact_name_and_the_country(db: None, now: datetime) -> None:
    load_places(at=now)
    assert [place.name for place in places_like("sjöbo")] == ["Sjöbo", "Sjöbo (Borås)"]
    assert {place.country for place in places_like("s", country="NO", most=30)} == {"NO"}
    assert places_like("  ") == []
    assert folded("  Å  Ærlig\tØst ") == "a arlig ost"
