"""A small starter vocabulary, and ESCO files in both layouts to read on top of it."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from taxonomy.encoders import NordicEncoder
from taxonomy.linker import Vocabulary
from taxonomy.linker.vocabulary import WEIGHTS, Row, build
from taxonomy.models import Concept, Kind, Label, OccupationSkill
from tests.taxonomy.esco_files import (
    BASE,
    COOK,
    COOKING,
    DIVER,
    GROUP,
    OCCUPATION_COLUMNS,
    OTHER,
    RELATION_COLUMNS,
    SKILL,
    SKILL_COLUMNS,
    occupation,
    skill,
    write,
)


@pytest.fixture
def starter(db: None, now: datetime) -> None:
    """Two concepts of our own, each with an ESCO address."""
    cooking = Concept.objects.create(key="cook-food", kind=Kind.SKILL, esco_uri=COOKING)
    cook = Concept.objects.create(key="cook", kind=Kind.OCCUPATION, isco="5120", esco_uri=COOK)
    for concept, sv, en in ((cooking, "laga mat", "cook food"), (cook, "kock", "cook")):
        Label.objects.create(concept=concept, language="sv", text=sv, preferred=True)
        Label.objects.create(concept=concept, language="en", text=en, preferred=True)
    OccupationSkill.objects.create(occupation=cook, skill=cooking, essential=True)


@pytest.fixture
def official(tmp_path: Path) -> Path:
    write(
        tmp_path / "skills_sv.csv",
        SKILL_COLUMNS,
        [skill(COOKING, "tillaga mat", "laga mat", "kocka"), skill(SKILL, "dyka", "simma under vatten")],
    )
    write(
        tmp_path / "skills_en.csv",
        SKILL_COLUMNS,
        [skill(COOKING, "prepare food"), skill(SKILL, "dive"), skill(OTHER, "weld under water")],
    )
    write(tmp_path / "occupations_no.csv", OCCUPATION_COLUMNS, [occupation(COOK, "5120", "kokk"), occupation(DIVER, "7541", "dykker")])
    write(
        tmp_path / "occupations_en.csv",
        OCCUPATION_COLUMNS,
        [occupation(COOK, "5120", "cook", "chef"), occupation(DIVER, "7541", "diver")],
    )
    groups = [["ISCOGroup", GROUP, "754", "Other craft workers", "", "released"]]
    write(tmp_path / "ISCOGroups_en.csv", ["conceptType", "conceptUri", "code", "preferredLabel", "altLabels", "status"], groups)
    relations = [
        [COOK, "optional", "skill", COOKING],
        [DIVER, "essential", "skill", SKILL],
        [DIVER, "optional", "skill", f"{BASE}/skill/gone"],
    ]
    write(tmp_path / "occupationSkillRelations_en.csv", RELATION_COLUMNS, relations)
    (tmp_path / "readme.txt").write_text("not ours")
    return tmp_path


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    kinds = [[GROUP, "isco_group", "754"], [COOK, "occupation", "5120.1"], [DIVER, "occupation", "7541.2.1"]]
    write(tmp_path / "occupations.csv.gz", ["uri", "kind", "isco08"], kinds)
    occupations = [
        [GROUP, "en", "Other craft workers", "1"],
        [COOK, "nb", "kokk", "1"],
        [COOK, "en", "cook", "1"],
        [COOK, "en", "chef", "0"],
    ]
    occupations += [[DIVER, "nb", "dykker", "1"], [DIVER, "en", "diver", "1"]]
    write(tmp_path / "occupation_labels.csv.gz", ["uri", "lang", "label", "first"], occupations)
    skills = [
        [COOKING, "sv", "laga mat", "0"],
        [COOKING, "sv", "tillaga mat", "1"],
        [COOKING, "sv", "kocka", "0"],
        [COOKING, "en", "prepare food", "1"],
    ]
    skills += [
        [SKILL, "sv", "dyka", "1"],
        [SKILL, "sv", "simma under vatten", "0"],
        [SKILL, "en", "dive", "1"],
        [OTHER, "en", "weld under water", "1"],
    ]
    write(tmp_path / "skill_labels.csv.gz", ["uri", "lang", "label", "first"], skills)
    relations = [[COOK, COOKING, "optional"], [DIVER, SKILL, "essential"], [DIVER, f"{BASE}/skill/gone", "optional"]]
    write(tmp_path / "occupation_skills.csv.gz", ["occupation_uri", "skill_uri", "relation"], relations)
    return tmp_path


@pytest.fixture(params=["official", "packed"])
def layout(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Vocabulary:
    """The starter vocabulary as it ships, read from its tables without a database."""
    folder = WEIGHTS.parent.parent / "starter"
    rows: list[Row] = []
    for name, kind in (("occupations", Kind.OCCUPATION), ("skills", Kind.SKILL)):
        head, *lines = (line.split("\t") for line in (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
        for row in (dict(zip(head, line, strict=False)) for line in sorted(lines)):
            for language in ("sv", "nb", "en"):
                others = [text for text in row.get(f"{language}_other", "").split("|") if text.strip()]
                rows.append(Row(row["key"], kind, row.get("isco", ""), True, language, row[language], True))
                rows += [Row(row["key"], kind, row.get("isco", ""), True, language, text, False) for text in others]
    return build(rows, NordicEncoder.open(WEIGHTS), release=1)
