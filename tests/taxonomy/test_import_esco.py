"""ESCO on top of the starter vocabulary: both layouts, twice the same, a new edition, killed and resumed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from taxonomy.actions import Counts, esco, import_esco, load_starter, upserts
from taxonomy.models import Concept, Label, OccupationSkill, Release
from tests.taxonomy.esco_files import COOK, COOKING, DIVER, GROUP, OTHER, RELATION_COLUMNS, SKILL, SKILL_COLUMNS, skill, state, write


def test_esco_adds_concepts_labels_and_relations(starter: None, layout: Path, now: datetime) -> None:
    counts = import_esco(layout, at=now)
    assert counts.skipped == 1
    diver = Concept.objects.get(esco_uri=DIVER)
    assert (diver.key, diver.isco, diver.source) == (f"esco:{DIVER[-36:]}", "7541", "esco")
    assert diver.label_in("nb") == "dykker"
    assert Concept.objects.get(esco_uri=GROUP).isco == "754"
    diving = Concept.objects.get(esco_uri=SKILL)
    assert list(diving.labels.filter(language="sv").order_by("-preferred").values_list("text", flat=True)) == ["dyka", "simma under vatten"]
    assert OccupationSkill.objects.get(occupation=diver, skill=diving).essential


def test_a_starter_concept_keeps_its_key_its_names_and_its_relations(starter: None, layout: Path, now: datetime) -> None:
    import_esco(layout, at=now)
    cooking = Concept.objects.get(esco_uri=COOKING)
    assert cooking.key == "cook-food"
    assert (cooking.label_in("sv"), cooking.label_in("en")) == ("laga mat", "cook food")
    assert set(cooking.labels.filter(preferred=False).values_list("text", flat=True)) == {"tillaga mat", "kocka", "prepare food"}
    assert Concept.objects.get(key="cook").label_in("nb") == "kokk"  # ours had no Norwegian name, so ESCO's is the preferred one
    assert OccupationSkill.objects.get(occupation="cook", skill="cook-food").essential


def test_both_layouts_lead_to_the_same_state(starter: None, request: pytest.FixtureRequest, now: datetime) -> None:
    import_esco(request.getfixturevalue("official"), at=now)
    before = state()
    again = import_esco(request.getfixturevalue("packed"), at=now)
    assert state() == before
    assert not again.touched


def test_a_second_time_changes_nothing(starter: None, layout: Path, now: datetime) -> None:
    import_esco(layout, at=now)
    before, releases = state(), Release.objects.count()
    again = import_esco(layout, at=now)
    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    assert state() == before
    assert Release.objects.count() == releases


def test_the_starter_after_esco_is_the_same_as_before_it(db: None, now: datetime, official: Path) -> None:
    load_starter(at=now)
    import_esco(official, at=now)
    before = state()
    assert not any(counts.touched for counts in load_starter(at=now).values())
    assert state() == before


def test_a_starter_concept_that_esco_brought_first_keeps_escos_key(db: None, now: datetime, tmp_path: Path) -> None:
    load_starter(at=now)
    uri = Concept.objects.get(key="cook-food").esco_uri or ""
    Concept.objects.get(key="cook-food").delete()
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, [skill(uri, "tillaga mat")])
    import_esco(tmp_path, at=now)
    load_starter(at=now)
    brought = Concept.objects.get(esco_uri=uri)
    assert (brought.key.startswith("esco:"), brought.source, brought.label_in("sv")) == (True, "starter", "laga mat")
    assert OccupationSkill.objects.filter(occupation="cook", skill=brought).exists()
    assert not any(counts.touched for counts in load_starter(at=now).values())


def test_a_new_edition_changes_and_removes_only_what_is_escos_own(starter: None, official: Path, now: datetime) -> None:
    import_esco(official, at=now)
    write(official / "skills_sv.csv", SKILL_COLUMNS, [skill(COOKING, "tillaga mat"), skill(SKILL, "fridyka", "dyka")])
    write(
        official / "occupationSkillRelations_en.csv",
        RELATION_COLUMNS,
        [[DIVER, "optional", "skill", SKILL], [COOK, "optional", "skill", SKILL]],
    )
    counts = import_esco(official, at=now)
    assert (counts.created, counts.changed) == (1, 3)  # one relation more; two skills and one relation are different
    diving = Concept.objects.get(esco_uri=SKILL)
    assert list(diving.labels.filter(language="sv").order_by("-preferred").values_list("text", flat=True)) == ["fridyka", "dyka"]
    assert set(Concept.objects.get(key="cook-food").labels.filter(language="sv").values_list("text", flat=True)) == {
        "laga mat",
        "tillaga mat",
    }
    assert not OccupationSkill.objects.get(skill=diving, occupation__esco_uri=DIVER).essential


def test_a_concept_that_esco_took_back_is_retired(starter: None, official: Path, now: datetime) -> None:
    rows = [skill(SKILL, "dive"), skill(OTHER, "weld under water")]
    rows[1][SKILL_COLUMNS.index("status")] = "obsolete"
    write(official / "skills_en.csv", SKILL_COLUMNS, rows)
    import_esco(official, at=now)
    assert not Concept.objects.get(esco_uri=OTHER).active


def test_only_the_languages_asked_for_are_kept(starter: None, layout: Path, now: datetime) -> None:
    import_esco(layout, at=now, languages=["nb"])
    assert set(Label.objects.filter(source="esco").values_list("language", flat=True)) == {"nb"}


class Killed(BaseException):
    """Stands for a process that is gone."""


def _dying_after(batches: int, write: Callable[..., Any]) -> Callable[..., Any]:
    written: list[None] = []

    def dying(*args: Any, **kwargs: Any) -> Any:
        if len(written) == batches:
            raise Killed
        written.append(None)
        return write(*args, **kwargs)

    return dying


@pytest.mark.parametrize("batches", range(13))
def test_killed_after_any_batch_and_run_again_it_ends_in_the_same_state(
    starter: None, layout: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    monkeypatch.setattr(esco, "BATCH_CONCEPTS", 1)
    monkeypatch.setattr(esco, "BATCH_OCCUPATIONS", 1)
    release = upserts.note_release
    with monkeypatch.context() as dying, suppress(Killed):
        # The last thing inside each transaction: what the batch wrote has to go with it.
        dying.setattr(upserts, "note_release", _dying_after(batches, release))
        import_esco(layout, at=now)
    import_esco(layout, at=now)
    resumed = state()
    Concept.objects.filter(source="esco").delete()
    Label.objects.filter(source="esco").delete()
    import_esco(layout, at=now)
    assert resumed == state()


def test_the_report_tells_rows_and_what_became_of_each_file(
    starter: None, now: datetime, official: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taxonomy.actions.tables.TICK", 2)
    said: list[tuple[str, int, Counts | None]] = []
    import_esco(official, at=now, report=lambda *one: said.append(one))
    assert ("skills_en.csv", 2, None) in said
    assert ("skills_en.csv", 2, Counts(created=2, changed=1)) in said
    assert [name for name, _rows, counts in said if counts] == [
        "ISCOGroups_en.csv",
        "occupations_en.csv",
        "occupations_no.csv",
        "skills_en.csv",
        "skills_sv.csv",
        "occupationSkillRelations_en.csv",
    ]


def test_the_command_loads_the_starter_first_and_says_what_it_did(db: None, official: Path) -> None:
    said = StringIO()
    call_command("import_esco", str(official), stdout=said)
    assert "cook-food" in set(Concept.objects.values_list("key", flat=True))
    call_command("import_esco", str(official), stdout=said)
    assert said.getvalue().splitlines()[-1].startswith("ESCO: 0 created, 0 changed, ")
