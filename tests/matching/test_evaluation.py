"""Ranking and fairness are measured with the engine's own numbers, and the command prints them for people and for programs."""

import csv
import gzip
import io
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from matching.queries.evaluation import Made, MissingRelationsError, evaluate_fairness, evaluate_ranking, made_from
from matching.queries.evaluation.ranking import harmonic, sides
from matching.scoring import Space, score
from taxonomy.encoders import NordicEncoder
from taxonomy.encoders.transformer import MINILM, installed
from taxonomy.linker.vocabulary import WEIGHTS

NORDIC = NordicEncoder.open(WEIGHTS)
DOING = {"plocka": "pick", "packa": "pack", "sälja": "sell", "tvätta": "wash", "laga": "repair", "räkna": "count", "lyfta": "lift"}
THINGS = {"varor": "goods", "bilar": "cars", "kläder": "clothes", "stolar": "chairs", "fönster": "windows", "böcker": "books"}


@pytest.fixture(scope="module")
def esco(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six occupations, one per kind of thing, each with seven skills."""
    folder = tmp_path_factory.mktemp("esco")
    skills = {f"{do}-{thing}": (f"{do} {thing}", f"{to} {things}") for do, to in DOING.items() for thing, things in THINGS.items()}
    tables = {
        "skill_labels": [["uri", "lang", "label", "first"]]
        + [[uri, language, text, "1"] for uri, names in skills.items() for language, text in zip(("sv", "en"), names, strict=True)],
        "occupation_skills": [["occupation_uri", "skill_uri", "relation"]]
        + [[f"about {uri.split('-')[1]}", uri, "essential"] for uri in skills],
    }
    for name, lines in tables.items():
        with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    return folder


@pytest.fixture(scope="module")
def made(esco: Path) -> Made:
    return made_from(esco, people=12, seed=1)


def test_the_made_world_repeats_itself(esco: Path, made: Made) -> None:
    assert made == made_from(esco, people=12, seed=1)
    assert made != made_from(esco, people=12, seed=2)
    assert (len(made.jobs), len(made.people)) == (6, 12)


def test_the_numbers_are_those_of_scoring(made: Made) -> None:
    keys = list(made.names)
    vectors = NORDIC.encode([made.names[key]["sv"] for key in keys])
    fit = harmonic(*sides(made.asked(), made.held(), (vectors, vectors), made.weights()))
    space = Space(keys, vectors, made.weights())
    one_by_one = [[score(person, job, space).fit for job in made.jobs] for person in made.people]
    assert np.allclose(fit, one_by_one, atol=1e-4)


def test_ranking_finds_the_own_occupation(made: Made) -> None:
    found = evaluate_ranking(made, [NORDIC])
    assert list(found) == ["same language", "crossed languages"]
    ours = {title: results[0] for title, results in found.items()}
    assert ours["same language"].queries == 12
    assert ours["same language"].mrr.value > 0.6
    assert len({one.name for one in found["same language"]}) == 5


def test_twins_are_equal_and_nothing_forbidden_is_read(made: Made) -> None:
    found = evaluate_fairness(made, NORDIC, seed=1)
    assert (found.unequal_twins, found.forbidden) == (0, ())
    assert max(ratio.value for ratio in found.by_language.values()) == 1
    assert set(found.by_country) == {"SE", "NO"}


@pytest.mark.parametrize("what", ["ranking", "fairness"])
def test_the_command_prints_a_table_or_json(esco: Path, what: str) -> None:
    table, read = io.StringIO(), io.StringIO()
    call_command("evaluate", what, "--esco", str(esco), "--people", "8", stdout=table)
    call_command("evaluate", what, "--esco", str(esco), "--people", "8", "--json", stdout=read)
    assert {"ranking": "same language", "fairness": "Twins, one of whom"}[what] in table.getvalue()
    assert json.loads(read.getvalue())


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_minilm_has_its_row_or_is_said_to_be_left_out(esco: Path, words: list[str]) -> None:
    table, beside = io.StringIO(), io.StringIO()
    call_command("evaluate", "ranking", "--esco", str(esco), "--people", "4", *words, stdout=table, stderr=beside)
    if words:
        json.loads(table.getvalue())
    said = beside.getvalue() if words else table.getvalue()
    assert ("After `make train` it is there" in said) != installed()
    assert (MINILM in table.getvalue()) == installed()
    alone = io.StringIO()
    call_command("evaluate", "fairness", "--esco", str(esco), "--people", "4", *words, stdout=alone, stderr=alone)
    assert "MiniLM" not in alone.getvalue(), "it has no part in fairness"


@pytest.mark.train
def test_minilm_stands_beside_the_others_in_every_table(esco: Path, tmp_path: Path) -> None:
    rows = {
        "corpus": [["element_id", "label", "concept_uri"], ["C0", "baker", "u:a"], ["C1", "plumber", "u:b"]],
        "queries": [["query_id", "text"], ["Q0", "baker of bread"]],
        "relevant": [["query_id", "element_id"], ["Q0", "C0"]],
        "skills": [["query_sv", "esco_skill_uri"], ["plocka varor", "plocka-varor"]],
    }
    for name, lines in rows.items():
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    for name, head in (("occupation_labels", ["uri", "lang", "label", "first"]), ("occupations", ["uri", "kind", "isco08"])):
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head])
    parts = [word for name in ("corpus", "queries", "relevant") for word in (f"--{name}", str(tmp_path / f"{name}.csv.gz"))]
    asked = {
        "linking": [*parts, "--lang", "en", "--esco", str(tmp_path)],
        "skills": ["--queries", str(tmp_path / "skills.csv.gz"), "--esco", str(esco)],
        "ranking": ["--esco", str(esco), "--people", "4"],
    }
    for what, words in asked.items():
        out = io.StringIO()
        call_command("evaluate", what, *words, "--json", stdout=out)
        for title, results in json.loads(out.getvalue()).items():
            assert any(MINILM in one["name"] for one in results), (what, title)


def test_missing_files_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MissingRelationsError, match="can be read"):
        made_from(tmp_path, people=1, seed=1)
    with pytest.raises(CommandError, match="can be read"):
        call_command("evaluate", "ranking", "--esco", str(tmp_path))
    with pytest.raises(CommandError, match="can't be read"):
        call_command(
            "evaluate", "skills", "--queries", str(tmp_path / "q.csv.gz"), "--esco", str(tmp_path), "--weights", str(tmp_path / "w")
        )
