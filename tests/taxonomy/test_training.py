"""The training of the encoder end to end, on a handful of concepts: same seed, same numbers; below the baseline, nothing is written."""

import csv
import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from taxonomy.encoders import NordicEncoder, SentenceTransformerEncoder

pytestmark = pytest.mark.train

TRADES = {"baker": "bagare", "painter": "målare", "driver": "förare", "welder": "svetsare", "cook": "kock", "gardener": "trädgårdsmästare"}
PLACES = {"hotel": "hotell", "school": "skola", "ship": "fartyg", "hospital": "sjukhus", "factory": "fabrik", "farm": "lantgård"}
JOBS = [(f"{place} {trade}", f"{trad} på {plats}") for trade, trad in TRADES.items() for place, plats in PLACES.items()]
TEXTS = ["hotel baker", "bagare på hotell", "svetsning", "", "C++"]


def _write(path: Path, head: str, lines: Iterable[tuple[str, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(), *lines])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layout of the real data, with 36 occupations and as many skills."""
    folder = tmp_path_factory.mktemp("data")
    named = [(f"http://data.europa.eu/esco/occupation/{i}", english, swedish) for i, (english, swedish) in enumerate(JOBS)]
    languages = ("da", "de", "nl", "en")
    _write(
        folder / "esco/occupation_labels.csv.gz",
        "uri lang label first",
        [(uri, lang, text, "1") for uri, en, sv in named for lang, text in [("sv", sv), *((one, en) for one in languages)]],
    )
    _write(
        folder / "esco/skill_labels.csv.gz",
        "uri lang label first",
        [(f"s{i}", lang, text, "1") for i, (en, sv) in enumerate(JOBS) for lang, text in (("sv", f"vara {sv}"), ("en", f"be a {en}"))],
    )
    _write(folder / "esco/occupations.csv.gz", "uri kind isco08", [(uri, "occupation", f"{i % 6}111") for i, (uri, *_) in enumerate(named)])
    related = [(uri, f"s{i}", "essential") for i, (uri, *_) in enumerate(named)]
    _write(folder / "esco/occupation_skills.csv.gz", "occupation_uri skill_uri relation", related)
    corpus = [(f"C{i}", en, uri) for i, (uri, en, _) in enumerate(named)]
    for name in ("dnk_q_da_c_da", "deu_q_de_c_de", "usa_q_en_c_en", "nld_q_nl_c_nl"):
        _write(folder / f"melo-dev/{name}.corpus.csv.gz", "element_id label concept_uri", corpus)
        _write(folder / f"melo-dev/{name}.queries.csv.gz", "query_id text", [(f"Q{i}", f"{en}s") for i, (_, en, _) in enumerate(named)])
        _write(folder / f"melo-dev/{name}.relevant.csv.gz", "query_id element_id", [(f"Q{i}", f"C{i}") for i in range(len(named))])
    _write(folder / "skill-link-dev.csv.gz", "query_sv esco_skill_uri", [(sv, f"s{i}") for i, (_, sv) in enumerate(JOBS)])
    return folder


def _train(data: Path, out: Path, baseline: Path) -> str:
    said = io.StringIO()
    call_command("train_encoder", data=data, out=out, steps=6, batch=24, rows=4096, seed=3, baseline=baseline, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    said = _train(data, out, out / "none.json")
    assert "step 6 of 6" in said
    return out


def test_the_same_seed_gives_the_same_numbers(data: Path, trained: Path, tmp_path: Path) -> None:
    _train(data, tmp_path, trained / "baseline.json")
    assert json.loads((tmp_path / "baseline.json").read_text()) == json.loads((trained / "baseline.json").read_text())
    assert (tmp_path / "nordic.bin").read_bytes() == (trained / "nordic.bin").read_bytes()


def test_a_model_below_the_baseline_is_refused_and_the_old_files_stay(data: Path, trained: Path, tmp_path: Path) -> None:
    high = tmp_path / "high.json"
    high.write_text(json.dumps({"model": "better", "reached": {"occupations": 1.1, "skills": 0.0}}))
    before = {path: path.stat().st_mtime_ns for path in trained.iterdir()}
    with pytest.raises(CommandError, match=r"below the baseline and is not kept: occupations [01]\.\d+ \(baseline 1\.1000\)"):
        _train(data, trained, high)
    assert {path: path.stat().st_mtime_ns for path in trained.iterdir()} == before


def test_the_library_and_numpy_read_the_same_numbers(trained: Path) -> None:
    library, numpy = SentenceTransformerEncoder(str(trained / "sentence-transformers")), NordicEncoder.open(trained / "nordic.bin")
    assert library.dimensions == numpy.dimensions
    assert np.abs(library.encode(TEXTS) - numpy.encode(TEXTS)).max() < 1e-3
    assert numpy.encode(["hotel baker"]) @ numpy.encode(["bagare på hotell"]).T > 0.3


def test_the_card_says_what_was_measured(trained: Path) -> None:
    card = (trained / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert card.startswith(f"# {NordicEncoder.open(trained / 'nordic.bin').name}\n")
    assert "| skills_sv_en | 36 |" in card
    assert (trained / "sentence-transformers/README.md").read_text(encoding="utf-8") == card


def test_too_few_concepts_for_a_batch_are_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="too few concepts"):
        call_command("train_encoder", data=data, out=tmp_path, steps=1)
