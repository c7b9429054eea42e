"""The evaluation counts as it says: ranks by hand, baselines that know what they should, sets that are refused with a sentence."""

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from taxonomy.encoders import NordicEncoder
from taxonomy.linker.evaluation import (
    BadSetError,
    LinkingSet,
    Result,
    evaluate_linking,
    evaluate_skills,
    labels_of_the_database,
    labels_of_the_files,
    table,
    worse,
)
from taxonomy.linker.evaluation.lexical import bm25, tf_idf
from taxonomy.linker.vocabulary import WEIGHTS
from taxonomy.models import Concept, Kind

NORDIC = NordicEncoder.open(WEIGHTS)
JOB = "http://data.europa.eu/esco/occupation/"
CORPUS = [
    ("C0", "bagare", JOB + "a"),
    ("C1", "konditor och bagare", JOB + "a"),
    ("C2", "målare", JOB + "b"),
    ("C3", "svetsare", JOB + "c"),
]


def write(path: Path, head: str, lines: Iterable[tuple[str, ...]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") if path.suffix == ".gz" else path.open("w", encoding="utf-8") as file:
        csv.writer(file).writerows([head.split(), *lines])
    return path


def given(
    folder: Path, queries: list[tuple[str, str]], relevant: list[tuple[str, str]], corpus: list[tuple[str, str, str]] = CORPUS
) -> LinkingSet:
    return LinkingSet.read(
        write(folder / "small.corpus.csv.gz", "element_id label concept_uri", corpus),
        write(folder / "small.queries.csv", "query_id text", queries),
        write(folder / "small.relevant.csv.gz", "query_id element_id", relevant),
        language="sv",
    )


def nothing_known(_uris: object) -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    return {}, {}


def test_a_set_is_ranked_both_ways(tmp_path: Path) -> None:
    asked = given(tmp_path, [("Q0", "bagare"), ("Q1", "svetsare till verkstad"), ("Q2", "nobody asks")], [("Q0", "C2"), ("Q1", "C3")])
    assert (asked.name, asked.queries) == ("small", ("bagare", "svetsare till verkstad"))
    found = evaluate_linking(asked, nothing_known, [NORDIC])
    assert [one.name for one in found["list of concepts"]] == [NORDIC.name, "averaged vector", "character tf-idf", "BM25"]
    concepts, every = found["list of concepts"][0], found["every label listed"][0]
    # "bagare" is not what is right here: its concept stands before C2, and as labels its two names do.
    assert concepts.first.value == every.first.value == 0.5
    assert concepts.mrr.value > every.mrr.value
    assert 0 <= concepts.mrr.low <= concepts.mrr.value <= concepts.mrr.high <= 1


def test_labels_that_are_known_beside_the_set_help(tmp_path: Path, db: None) -> None:
    write(tmp_path / "occupation_labels.csv.gz", "uri lang label first", [(JOB + "b", "en", "house painter", "1")])
    write(tmp_path / "occupations.csv.gz", "uri kind isco08", [(JOB + "b", "occupation", "7131.1")])
    asked = given(tmp_path, [("Q0", "house painter")], [("Q0", "C2")])
    alone, helped = (
        evaluate_linking(asked, known, [NORDIC], baselines=False)["list of concepts"][0].mrr.value
        for known in (nothing_known, labels_of_the_files(tmp_path))
    )
    assert helped == 1 >= alone
    concept = Concept.objects.create(key="b", kind=Kind.OCCUPATION, isco="7131", esco_uri=JOB + "b")
    concept.labels.create(language="en", text="house painter", preferred=True)
    labels, codes = labels_of_the_database(asked.uris)
    assert (labels, codes[JOB + "b"]) == ({JOB + "b": {"en": ["house painter"]}}, "7131")


def test_ties_go_to_the_last_element_and_what_is_not_found_counts_nothing() -> None:
    result = Result.of("by hand", [1, 2, 0, 20])
    assert (result.first.value, result.ten.value, result.mrr.value) == (0.25, 0.5, (1 + 0.5 + 0 + 0.05) / 4)
    assert Result.of("nobody asked", []).mrr.value == 0


def test_intervals_are_the_same_each_time_and_narrow_with_more_queries() -> None:
    few, many = Result.of("few", [1, 3] * 10), Result.of("many", [1, 3] * 1000)
    assert few == Result.of("few", [1, 3] * 10)
    assert many.mrr.high - many.mrr.low < few.mrr.high - few.mrr.low


@pytest.mark.parametrize("plain", [tf_idf, bm25])
def test_baselines_put_the_same_words_first(plain: object) -> None:
    documents = ["plocka varor", "vaske gulv", "plocka bär i skogen"]
    scores = plain(documents, ["plocka varor", "skogen", "💥"])  # type: ignore[operator]
    assert scores.shape == (3, 3)
    assert scores[:2].argmax(axis=1).tolist() == [0, 2]
    assert not scores[2].any()


def test_letters_find_what_words_do_not() -> None:
    documents = ["lagerarbetare", "kock"]
    assert tf_idf(documents, ["lager"])[0].argmax() == 0
    assert not bm25(documents, ["lager"]).any()


def test_skills_are_linked_in_both_languages(tmp_path: Path) -> None:
    names = [
        ("s1", "sv", "plocka varor", "1"),
        ("s1", "en", "pick goods", "1"),
        ("s2", "sv", "måla hus", "1"),
        ("s2", "en", "paint houses", "1"),
    ]
    write(tmp_path / "skill_labels.csv.gz", "uri lang label first", names)
    queries = [("plockning av varor", "s1"), ("Målning", "s2"), ("borta", "s9")]
    asked = write(tmp_path / "asked.csv.gz", "query_sv esco_skill_uri", queries)
    found = evaluate_skills(asked, tmp_path, [NORDIC])
    assert list(found) == ["sv", "en"]
    assert [found[language][0].queries for language in found] == [2, 2]
    assert found["sv"][0].first.value == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"relevant": [("Q0", "C9")]}, "names the element C9"),
        ({"relevant": [("Q9", "C0")]}, "names no query"),
        ({"corpus": [("C0", "bagare")]}, r"can't be read|has no column"),
    ],
)
def test_a_set_that_does_not_fit_is_refused(tmp_path: Path, change: dict[str, list[tuple[str, ...]]], sentence: str) -> None:
    parts = {"corpus": CORPUS, "queries": [("Q0", "bagare")], "relevant": [("Q0", "C0")]} | change
    heads = {"corpus": "element_id label concept_uri", "queries": "query_id text", "relevant": "query_id element_id"}
    if "corpus" in change:
        heads["corpus"] = "element_id label"
    paths = [write(tmp_path / f"{name}.csv", heads[name], parts[name]) for name in ("corpus", "queries", "relevant")]
    with pytest.raises(BadSetError, match=sentence):
        LinkingSet.read(*paths, language="sv")
    with pytest.raises(BadSetError, match="can't be read"):
        LinkingSet.read(tmp_path / "none.csv", *paths[1:], language="sv")


def test_a_model_is_worse_by_more_than_a_repeat() -> None:
    baseline = {"occupations": 0.66, "skills": 0.78}
    assert worse({"occupations": 0.656, "skills": 0.776}, baseline) == []
    assert worse({"occupations": 0.654, "skills": 0.79}, baseline) == ["occupations"]
    assert worse({"occupations": 0.7}, baseline) == ["skills"]


def test_tables_are_aligned() -> None:
    assert table(("set", "MRR"), [("da", "0.700"), ("longer name", np.float32(0.5))]).splitlines() == [
        "set            MRR",
        "da           0.700",
        "longer name    0.5",
    ]
