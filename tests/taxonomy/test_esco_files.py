"""ESCO files that are written in another way, and files that cannot be read: refused with one sentence, nothing half saved."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from taxonomy.actions import BadFileError, esco, import_esco
from taxonomy.models import Concept, Label
from tests.taxonomy.esco_files import OTHER, SKILL, SKILL_COLUMNS, Rows, skill, state, write


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_case_58_a_byte_order_mark_and_other_separators_are_read(
    starter: None, now: datetime, tmp_path: Path, separator: str, encoding: str
) -> None:
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, [skill(SKILL, "göra åar; öar", "äta, dricka")], separator=separator, encoding=encoding)
    assert import_esco(tmp_path, at=now).created == 1
    assert Concept.objects.get(esco_uri=SKILL).label_in("sv") == "göra åar; öar"


def test_case_58_invisible_signs_and_taken_apart_letters_make_no_second_name(starter: None, now: datetime, tmp_path: Path) -> None:
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, [skill(SKILL, "städa\u00ad tak", "sta\u0308da  tak", "städa\u200b tak")])
    import_esco(tmp_path, at=now)
    assert [label.text for label in Label.objects.filter(concept__esco_uri=SKILL)] == ["städa tak"]


GOOD = skill(SKILL, "dyka")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([GOOD, skill(OTHER, "")], "skills_sv.csv, line 4, column preferredLabel: is empty."),
        ([GOOD, skill(OTHER, "å" * 401)], "skills_sv.csv, line 4, column preferredLabel: has 401 characters, at most 400 are possible."),
        (
            [GOOD, skill(OTHER, "svetsa", "å" * 401)],
            "skills_sv.csv, line 4, column altLabels: a label has 401 characters, at most 400 are possible.",
        ),
        (
            [GOOD, skill("https://example.org/1", "svetsa")],
            "skills_sv.csv, line 4, column conceptUri: is not the address of an ESCO concept.",
        ),
        ([GOOD, GOOD], f"skills_sv.csv, line 4, column conceptUri: {SKILL} is there twice."),
        ([GOOD, skill(OTHER, "sve\x07tsa")], "skills_sv.csv, line 4, column preferredLabel: holds control characters."),
        (
            [GOOD, ["only", "three", "cells"]],
            "skills_sv.csv, line 4: has 3 columns where the first line has 7: mixed separators or a missing quotation mark.",
        ),
    ],
)
def test_case_58_a_bad_row_is_named_and_its_batch_is_not_saved(starter: None, now: datetime, tmp_path: Path, rows: Rows, said: str) -> None:
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, rows)
    before = state()
    with pytest.raises(BadFileError) as caught:
        import_esco(tmp_path, at=now)
    assert str(caught.value) == said
    assert state() == before


def test_case_58_what_came_before_a_bad_batch_stays(starter: None, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(esco, "BATCH_CONCEPTS", 1)
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, [GOOD, skill(OTHER, "")])
    with pytest.raises(BadFileError):
        import_esco(tmp_path, at=now)
    assert Concept.objects.filter(esco_uri=SKILL).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "skills_sv.csv: is empty."),
        ("conceptUri,preferredLabel,altLabels\n".encode("utf-16"), "skills_sv.csv, line 1: is saved as UTF-16; save it as UTF-8."),
        (
            f"conceptUri,preferredLabel,altLabels\n{SKILL},städa,\n".encode("latin-1"),
            "skills_sv.csv, line 2: is not UTF-8 (byte 73 of the line); save the file as UTF-8.",
        ),
        (
            b"conceptUri,preferredLabel\n",
            "skills_sv.csv, line 1, column altLabels: this column is missing; the first line has conceptUri, preferredLabel.",
        ),
        (
            f'conceptUri,preferredLabel,altLabels\n{SKILL},"städa,\n'.encode(),
            "skills_sv.csv, line 2: cannot be read as a table separated by commas (unexpected end of data).",
        ),
        (
            f"conceptUri,preferredLabel,altLabels\n{SKILL};städa;\n".encode(),
            "skills_sv.csv, line 2: has 1 columns where the first line has 3: mixed separators or a missing quotation mark.",
        ),
    ],
)
def test_case_58_an_unreadable_file_is_refused_with_a_sentence(
    starter: None, now: datetime, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "skills_sv.csv").write_bytes(content)
    before = state()
    with pytest.raises(BadFileError) as caught:
        import_esco(tmp_path, at=now)
    assert str(caught.value) == said
    assert state() == before


def test_case_58_a_damaged_packed_file_is_refused(starter: None, now: datetime, packed: Path) -> None:
    whole = (packed / "skill_labels.csv.gz").read_bytes()
    (packed / "skill_labels.csv.gz").write_bytes(whole[:-12])
    with pytest.raises(BadFileError, match=r"skill_labels.csv.gz, line .*: the packed file is damaged"):
        import_esco(packed, at=now)


def test_case_58_two_preferred_labels_in_one_language_are_refused(starter: None, now: datetime, packed: Path) -> None:
    write(packed / "skill_labels.csv.gz", ["uri", "lang", "label", "first"], [[SKILL, "sv", "dyka", "1"], [SKILL, "sv", "simma", "1"]])
    with pytest.raises(BadFileError, match=r"skill_labels.csv.gz, line 3, column first: .* has two preferred labels in sv"):
        import_esco(packed, at=now)


def test_case_58_a_folder_without_esco_is_refused(starter: None, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="holds no ESCO file"):
        import_esco(tmp_path, at=now)
    with pytest.raises(BadFileError, match="is not a folder"):
        import_esco(tmp_path / "nowhere", at=now)


def test_case_58_the_command_ends_with_one_sentence(starter: None, tmp_path: Path) -> None:
    write(tmp_path / "skills_sv.csv", SKILL_COLUMNS, [skill(SKILL, "")])
    with pytest.raises(CommandError, match=r"^skills_sv\.csv, line 2, column preferredLabel: is empty\.$"):
        call_command("import_esco", str(tmp_path))
