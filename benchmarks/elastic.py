"""How much of the exact best Elasticsearch finds, and how fast: `python benchmarks/elastic.py --people 1000000 --elasticsearch URL`.

Fills an index with the product's own documents, splits it into more and more shards, and asks the product's own queries. Prints for each
number of shards the time of a look-up and which share of the exact best fifty lies among what it found; the time to say who passes the
conditions, and how many those are beside those who are eligible with their needs. No database takes part.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from itertools import tee
from pathlib import Path
from typing import Any

import ground  # noqa: F401 (first: it makes the settings)
import numpy as np
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk
from region import Region

from matching.index.elastic import FOUND, WOULD
from matching.index.elastic_query import MAPPING, document, queries, rows_in, who
from matching.scoring import Best, Job, People, Person, Space

MOST, ROUNDS, WARM = 50, 60, 5
NAME = "benchmark-people"
SETTINGS = {"number_of_replicas": 0, "refresh_interval": "-1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--shards", type=int, nargs="*", default=[1, 2, 4], help="each a multiple of the one before")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--elasticsearch", required=True)
    options = parser.parse_args()
    region = Region(options.data)
    with Elasticsearch(options.elasticsearch, request_timeout=600) as server:
        _remove(server)
        try:
            exact = _fill(server, region, options.people, options.shards)
            jobs = list(region.jobs(ROUNDS))
            best = [exact.against(job, "SE", most=MOST, seed=1) for job in jobs]
            for before, shards in zip([0, *options.shards], options.shards, strict=False):
                if before:
                    _split(server, before, shards)
                _measure(server, f"{NAME}-{shards}", jobs, best, region.space)
                _who_passes(server, f"{NAME}-{shards}", jobs, best, region.space)
        finally:
            _remove(server)


def _fill(server: Elasticsearch, region: Region, people: int, shards: list[int]) -> People:
    """The people in an index with the first number of shards, and in the lists that score everyone."""
    name, started = f"{NAME}-{shards[0]}", time.perf_counter()
    apart = {"number_of_shards": shards[0], "number_of_routing_shards": shards[-1]}
    server.indices.create(index=name, mappings=MAPPING, settings=SETTINGS | apart)
    exact = People(region.space, region.codes)
    sent, listed = tee(enumerate(region.people(people)))
    bulk = streaming_bulk(server, _documents(sent, region.space, name), chunk_size=2000)
    exact.load((row, person, "SE") for (row, person), _ in zip(listed, bulk, strict=True))
    server.indices.refresh(index=name)
    size = server.indices.stats(index=name)["_all"]["primaries"]["store"]["size_in_bytes"]
    print(f"{people:,} people indexed in {time.perf_counter() - started:.0f} s, {size / 1e6:.0f} MB on disk", flush=True)
    return exact


def _documents(people: Iterator[tuple[int, Person]], space: Space, index: str) -> Iterator[dict[str, Any]]:
    for row, person in people:
        yield {"_op_type": "index", "_index": index, "_id": str(row), "_source": document(row, person, "SE", space)}


def _split(server: Elasticsearch, before: int, shards: int) -> None:
    """The same documents in more shards: files are linked, not sent again."""
    source, target = f"{NAME}-{before}", f"{NAME}-{shards}"
    server.indices.put_settings(index=source, settings={"index.blocks.write": True})
    cleared = {"index.blocks.write": None, "index.number_of_shards": shards, "index.number_of_replicas": 0}
    server.indices.split(index=source, target=target, settings=cleared, wait_for_active_shards="all")
    server.indices.forcemerge(index=target, only_expunge_deletes=True)  # what belongs to the other half
    server.indices.delete(index=source)


def _measure(server: Elasticsearch, name: str, jobs: list[Job], best: list[Best], space: Space) -> None:
    times, shares = [], []
    for job, exact in zip(jobs, best, strict=True):
        parts = (set(exact.fitting[:MOST].tolist()), set(exact.would_fit[:MOST].tolist()))
        bodies = [
            {"query": query, "size": size, "_source": False, "track_total_hits": False}
            for query, size in zip(queries(job, "SE", space, 1), (FOUND, WOULD), strict=True)
        ]
        started = time.perf_counter()
        answers = server.msearch(searches=[part for body in bodies for part in ({"index": name}, body)])["responses"]
        times.append(time.perf_counter() - started)
        found = [{int(hit["_id"]) for hit in answer["hits"]["hits"]} for answer in answers]
        shares.append([len(part & hits) / len(part) if part else 1 for part, hits in zip(parts, found, strict=True)])
    fitting, would = (statistics.mean(one[part] for one in shares) for part in (0, 1))
    print(
        f"{name}: a look-up {_line(times)}; of the exact best {MOST} that fit {fitting:.4f}, of those that would fit {would:.4f}",
        flush=True,
    )


def _who_passes(server: Elasticsearch, name: str, jobs: list[Job], best: list[Best], space: Space) -> None:
    times, said, eligible = [], [], []
    for job, exact in zip(jobs, best, strict=True):
        started, last = time.perf_counter(), len(exact.eligible)
        found = rows_in((server.search(index=name, request_cache=False, **one).body for one in who(job, "SE", space, last=last)), last)
        times.append(time.perf_counter() - started)
        said.append(np.count_nonzero(found))
        eligible.append(np.count_nonzero(exact.eligible))
        assert not np.flatnonzero(exact.eligible & ~found[:last]).size, "nobody who is eligible is missing"
    print(f"  who passes {_line(times)}; on average {np.mean(said):,.0f}, of whom {np.mean(eligible):,.0f} with their needs", flush=True)


def _line(times: list[float]) -> str:
    times = sorted(times[WARM:])
    return f"p50 {statistics.median(times) * 1e3:.0f} ms, p95 {statistics.quantiles(times, n=20)[-1] * 1e3:.0f} ms"


def _remove(server: Elasticsearch) -> None:
    for name in server.indices.get(index=f"{NAME}-*", ignore_unavailable=True):
        server.indices.delete(index=str(name))


if __name__ == "__main__":
    main()
