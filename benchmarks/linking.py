"""Linking on the development sets, beside the published results: `python benchmarks/linking.py [--data DIR] [--weights FILE]`.

Prints one table per set with every label listed, as the published numbers count, and one line per set as a list of concepts.
"""

import argparse
import csv
from pathlib import Path

import ground  # noqa: F401 (first: it makes the settings)

from taxonomy.encoders import Encoder, NordicEncoder
from taxonomy.linker import evaluation
from taxonomy.linker.evaluation.development import OCCUPATION_SETS, development

CROSSED = {"dnk_q_da_c_en": "en"}
MOST_PUBLISHED = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--weights", type=Path, default=evaluation.WEIGHTS)
    options = parser.parse_args()
    encoder = NordicEncoder.open(options.weights)
    print("List of concepts; skill names against Swedish and English labels")
    lines = [(name, one.queries, one.first, one.ten, one.mrr) for name, one in development(encoder, options.data).items()]
    print(evaluation.table(("set", "queries", "found first", "among ten", "MRR"), lines))
    for name, language in (OCCUPATION_SETS | CROSSED).items():
        _beside_the_published(encoder, options.data, name, language)


def _beside_the_published(encoder: Encoder, data: Path, name: str, language: str) -> None:
    parts = [data / "melo-dev" / f"{name}.{part}.csv.gz" for part in ("corpus", "queries", "relevant")]
    given = evaluation.LinkingSet.read(*parts, language=language)
    found = evaluation.evaluate_linking(given, evaluation.labels_of_the_files(data / "esco"), [encoder])["every label listed"]
    lines: list[tuple[str, str, str, str, str]] = [
        (one.name, f"{one.first.value:.3f}", f"{one.ten.value:.3f}", f"{one.mrr.value:.3f}", "measured here") for one in found
    ]
    lines += _published(data / "melo-dev" / "published.csv", name)
    print(f"\n{name}, every label listed")
    heads = ("system", "found first", "among ten", "MRR", "")
    lines.sort(key=lambda line: line[3], reverse=True)
    print(evaluation.table(heads, lines))


def _published(path: Path, name: str) -> list[tuple[str, str, str, str, str]]:
    """The best of the published methods."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] == name]
    best = sorted(rows, key=lambda row: float(row["mrr"]), reverse=True)[:MOST_PUBLISHED]
    first, ten, mrr = ([f"{float(row[column]):.3f}" for row in best] for column in ("success_1", "success_10", "mrr"))
    return [(row["method"], *three, "published") for row, three in zip(best, zip(first, ten, mrr, strict=True), strict=True)]


if __name__ == "__main__":
    main()
