"""Exact scores for everyone, in the worker's memory: `python benchmarks/everyone.py --people 100000 [--data DIR]`.

Prints how long one posting takes against everyone with all conditions and needs, and the ratio to reading the touched bytes once;
and how long one person takes against every posting.
"""

import argparse
import resource
import time
from pathlib import Path

import ground  # noqa: F401 (first: it makes the settings)
import numpy as np
from region import Region

from matching.scoring import People, Postings

ROUNDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--postings", type=int, default=10_000)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    region = Region(options.data)
    lists, started = People(region.space, region.codes), time.perf_counter()
    lists.load((row, person, "SE") for row, person in enumerate(region.people(options.people)))
    print(
        f"{options.people:,} people made and listed in {time.perf_counter() - started:.1f} s; lists and columns {lists.nbytes / 1e6:.0f} MB"
    )
    times, reads = [], []
    for job in region.jobs(ROUNDS):
        started = time.perf_counter()
        lists.against(job, "SE", most=50, seed=1)
        times.append(time.perf_counter() - started)
        reads.append(_read_once(lists.touched(job)))
    _line("one posting against everyone", times)
    print(f"  ratio to reading the touched bytes once: {np.median(times) / np.median(reads):.1f}")
    postings = Postings(region.space, region.codes)
    postings.load((row, job, "SE") for row, job in enumerate(region.jobs(options.postings)))
    times = []
    for person in region.people(ROUNDS):
        started = time.perf_counter()
        postings.against(person, "SE", most=50, seed=1)
        times.append(time.perf_counter() - started)
    _line(f"one person against {options.postings:,} postings", times)
    print(f"memory of this process, at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def _read_once(size: int) -> float:
    """Seconds to sum a fresh array of so many bytes."""
    array = np.ones(max(1, size // 8), np.uint64)
    started = time.perf_counter()
    array.sum()
    return time.perf_counter() - started


def _line(what: str, times: list[float]) -> None:
    print(f"{what}: p50 {np.median(times) * 1e3:.1f} ms, p95 {np.percentile(times, 95) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
