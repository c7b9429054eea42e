"""How long the first visitor after a start waits for the list of postings, with and without reading it ahead (portal.server).

`benchmarks/first.py --postings 100000` makes the postings in a database that is gone afterwards, and starts gunicorn six times.
"""

import argparse
import io
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime

import ground
import machines
from django.core.management import call_command
from django.utils import timezone

from employers.models import Posting
from search.models import PostingEntry, Turn
from taxonomy.actions import load_needs
from taxonomy.models import Need

PORT = 8391
AHEAD = ["-c", "python:portal.server"]
PAUSE = 8  # seconds between the start and the first visitor


def make(count: int, now: datetime) -> None:
    """Postings, and their entries without the words, which are not read here."""
    machines.make(count)
    codes = list(Need.objects.values_list("code", flat=True))
    offers = [" ".join(f"{code}:declared" for code in codes[n : n + 8]) for n in range(len(codes))]
    ids = Posting.objects.open().values_list("pk", flat=True)
    entries = (
        PostingEntry(posting_id=pk, changed=1, kind="job", field="61", latitude=57.7, longitude=12.9, hours_min=20, hours_max=40)
        for pk in ids
    )
    rows = []
    for place, entry in enumerate(entries):
        entry.times, entry.offers, entry.published_at, entry.stems = "day evening", offers[place % len(offers)], now, "x"
        rows.append(entry)
    PostingEntry.objects.bulk_create(rows, batch_size=2_000)
    Turn.objects.update_or_create(pk=1, defaults={"number": 1})


def first(more: list[str]) -> tuple[float, float]:
    """Milliseconds of the first list in a new process, which has answered one small question before, and of the second."""
    words = [sys.executable, "-m", "gunicorn", "portal.wsgi", "-b", f"127.0.0.1:{PORT}", "--threads", "2", *more]
    served = subprocess.Popen(words, cwd=ground.BASE, stderr=subprocess.DEVNULL)
    try:
        while not asked("/robots.txt"):
            time.sleep(0.05)
        time.sleep(PAUSE)
        moments = [time.perf_counter()]
        for number in (1, 2):
            assert asked(f"/api/v1/postings?per_page={number}")
            moments.append(time.perf_counter())
        return 1000 * (moments[1] - moments[0]), 1000 * (moments[2] - moments[1])
    finally:
        served.terminate()
        served.wait()


def asked(path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}") as answer:
            return bool(answer.read())
    except urllib.error.URLError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=100_000)
    count = parser.parse_args().postings
    for command in ("migrate", "load_starter"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    load_needs(at=timezone.now())
    make(count, timezone.now())
    times = {name: [first(more) for _ in range(3)] for name, more in (("as it was", []), ("read ahead", AHEAD))}
    for name, took in times.items():
        one, two = (statistics.median(times) for times in zip(*took, strict=True))
        print(f"{name:<20}{one:8.0f} ms, the second question {two:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
