"""Who was eligible, said by Elasticsearch: `benchmarks/eligible.py --elasticsearch URL [--people 100000] [--shards 1 2]`.

Fills an index with the documents of a made region, without a database, and asks for each posting in turn how many people pass its
conditions, and which. Prints both times, and how many are said beside how many are eligible with their needs.
"""

import argparse
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

import ground  # noqa: F401 (first: it makes the settings)
import numpy as np
from django.conf import settings
from elasticsearch import Elasticsearch
from region import Region

from matching.index import elastic
from matching.index.elastic_query import MAPPING, document, fits, rows_in, who
from matching.scoring import Job, People, Person

NAME = "benchmark-eligible"
HERE = {"term": {"country": "SE"}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elasticsearch", required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--postings", type=int, default=40)
    parser.add_argument("--shards", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    settings.ELASTICSEARCH_URL = options.elasticsearch
    region = Region(options.data)
    everyone, jobs = list(region.people(options.people)), list(region.jobs(options.postings))
    lists = People(region.space, region.codes)
    lists.load((row, person, "SE") for row, person in enumerate(everyone))
    for shards in options.shards:
        with elastic.client() as server:
            try:
                fill(server, region, everyone, shards)
                report(server, region, lists, jobs, options.people, shards)
            finally:
                server.indices.delete(index=NAME, ignore_unavailable=True)


def fill(server: Elasticsearch, region: Region, people: Iterable[Person], shards: int) -> None:
    filling = {"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "-1"}
    server.indices.create(index=NAME, mappings=MAPPING, settings=filling)
    sent = ({"_op_type": "index", "_id": str(row), "_source": document(row, one, "SE", region.space)} for row, one in enumerate(people))
    elastic._send(server, sent, NAME)
    server.indices.refresh(index=NAME)


def report(server: Elasticsearch, region: Region, lists: People, jobs: list[Job], people: int, shards: int) -> None:
    counting, telling, said, exact = [], [], [], []
    for job in jobs:
        filters = [HERE, *fits(job, region.space)]
        started = time.perf_counter()
        server.search(index=NAME, query={"bool": {"filter": filters}}, size=0, track_total_hits=True, request_cache=False)
        between = time.perf_counter()
        asked = who(job, "SE", region.space, last=people)
        found = rows_in((server.search(index=NAME, request_cache=False, **one).body for one in asked), people)
        telling.append(time.perf_counter() - between)
        counting.append(between - started)
        said.append(int(np.count_nonzero(found)))
        eligible = lists.against(job, "SE", most=50, seed=1).eligible
        exact.append(int(np.count_nonzero(eligible)))
        assert not np.flatnonzero(eligible[: len(found)] & ~found[: len(eligible)]).size, "nobody who is eligible is missing"
    print(f"{people:,} people, {shards} shards")
    for what, times in (("how many pass", counting), ("who passes", telling)):
        print(f"  {what}: p50 {np.median(times) * 1e3:.0f} ms, p95 {np.percentile(times, 95) * 1e3:.0f} ms")
    print(f"  on average said {statistics.mean(said):,.0f}, eligible with their needs {statistics.mean(exact):,.0f}", flush=True)


if __name__ == "__main__":
    main()
