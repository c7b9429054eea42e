"""Labels per second, side by side in one run: `python3 scripts/train.py benchmarks/encode.py [--data DIR] [--labels N]`.

The shipped encoder and MiniLM, each on one thread and on two, and how fast character n-grams are cut. Each round asks all of them in
turn; what is printed are medians of the rounds, and how much faster than the slowest each is. On a machine that is busy with other
work torch's two threads wait for each other: compare one thread with one thread there.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import ground  # noqa: F401 (first: it makes the settings)

from taxonomy.encoders import Encoder, NordicEncoder
from taxonomy.encoders.corpus import rows
from taxonomy.linker import evaluation
from taxonomy.linker.evaluation.lexical import characters

THREADS = 2
MINILM_PART = 20  # MiniLM gets every twentieth label, or a round would take minutes
Work = Callable[[Sequence[str]], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--labels", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    found = sorted({row["label"] for name in ("occupation", "skill") for row in rows(options.data / f"esco/{name}_labels.csv.gz")})
    labels = random.Random(0).sample(found, min(options.labels, len(found)))  # noqa: S311 (which labels, not a secret)
    speeds = _measured(_systems(), labels, options.rounds)
    slowest = min(speeds.values())
    print(f"{len(labels)} labels of ESCO, {options.rounds} rounds, medians")
    lines = [(name, f"{speed:,.0f}", f"{speed / slowest:.1f}") for name, speed in speeds.items()]
    print(evaluation.table(("system", "labels per second", "times the slowest"), lines))


def _systems() -> dict[str, tuple[Work, int]]:
    """Name -> what encodes, and every how many-th label it gets."""
    nordic, pool = NordicEncoder.open(evaluation.WEIGHTS), ThreadPoolExecutor(THREADS)

    def on_two(labels: Sequence[str]) -> object:
        middle = len(labels) // 2
        return list(pool.map(nordic.encode, [labels[:middle], labels[middle:]]))

    systems: dict[str, tuple[Work, int]] = {
        f"{nordic.name}, one thread": (nordic.encode, 1),
        f"{nordic.name}, two threads": (on_two, 1),
        "character 3-5-grams, cut alone": (lambda labels: [characters(label) for label in labels], 1),
    }
    for encoder in evaluation.minilm():
        for threads, words in ((1, "one thread"), (THREADS, "two threads")):
            systems[f"{encoder.name}, {words}"] = (partial(_on_threads, encoder, threads), MINILM_PART)
    return systems


def _on_threads(encoder: Encoder, threads: int, labels: Sequence[str]) -> object:
    import torch  # noqa: PLC0415 (where MiniLM is, torch is)

    torch.set_num_threads(threads)
    return encoder.encode(labels)


def _measured(systems: dict[str, tuple[Work, int]], labels: Sequence[str], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in systems}
    for name, (work, _part) in systems.items():
        work(labels[:500])  # opens and warms
        times[name].clear()
    for _ in range(rounds):
        for name, (work, part) in systems.items():
            own = labels[::part]
            began = time.perf_counter()
            work(own)
            times[name].append(len(own) / (time.perf_counter() - began))
    return {name: statistics.median(own) for name, own in times.items()}


if __name__ == "__main__":
    main()
