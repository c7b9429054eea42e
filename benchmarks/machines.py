"""What other machines read, with many postings: the time of each address, and its ratio to reading the same rows bare.

`benchmarks/machines.py --postings 100000` makes the postings in a database that is gone afterwards.
"""

import argparse
import io
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import ground
from django.core.management import call_command
from django.test import Client, RequestFactory, override_settings

from employers.models import Employer, Posting, PostingStatus, Workplace
from search import index
from search.api.limits import seconds_to_wait
from search.models import PostingChange
from search.models.changes import ChangeCounter
from taxonomy.models import Concept, Place

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
AGAIN = 9
BATCH = 2_000
WORDS = "Plocka varor och hålla ordning. "
TITLES = ("Plocka i lager", "Odla tomater", "Diska på lunchen", "Köra truck", "Baka bröd", "Städa kontor", "Passa butiken", "Laga cyklar")


def make(count: int) -> None:
    """Open postings of a hundred workplaces in a hundred places; every tenth is closed again."""
    chance = random.Random(0)  # noqa: S311 (a made-up region)
    places = list(Place.objects.order_by("pk")[:100])
    work, skills = list(Concept.objects.occupations().order_by("key")), list(Concept.objects.skills().order_by("key"))
    employer = Employer.objects.create(country="SE", number="5560004615", name="Lagret AB", joined_at=BEGAN)
    workplaces = Workplace.objects.bulk_create(Workplace(employer=employer, name=f"Plats {n}", place=one) for n, one in enumerate(places))
    numbers = iter(range(1, 3 * count))
    for first in range(0, count, BATCH):
        rows = [
            Posting(
                id=uuid4(),
                employer=employer,
                workplace=chance.choice(workplaces),
                live=True,
                kind=chance.choice(("job", "trial")),
                title=chance.choice(TITLES),
                tasks=WORDS * 20,
                occupation=chance.choice(work),
                skills=[{"key": one.key, "importance": "must"} for one in chance.sample(skills, 5)],
            )
            for _ in range(min(BATCH, count - first))
        ]
        _store(rows, first, numbers)
    ChangeCounter.objects.update_or_create(pk=1, defaults={"last": next(numbers)})


def _store(rows: list[Posting], first: int, numbers: Iterator[int]) -> None:
    closed = {one.pk for place, one in enumerate(rows) if place % 10 == 0}
    at = BEGAN + timedelta(seconds=first)
    Posting.objects.bulk_create(rows)
    PostingStatus.objects.bulk_create(
        PostingStatus(posting=one, state="expired" if one.pk in closed else "published", published_at=at) for one in rows
    )
    changes = [PostingChange(number=next(numbers), posting_id=one.pk, at=at, active=True, said="x") for one in rows]
    changes += [PostingChange(number=next(numbers), posting_id=pk, at=at, active=False) for pk in closed]
    PostingChange.objects.bulk_create(changes)


def median(ask: Callable[[], object]) -> float:
    """In milliseconds."""
    ask()
    times = []
    for _ in range(AGAIN):
        began = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def bare() -> object:
    """What any list costs: the ids of all that are open in their order, and twenty of them read."""
    ids = list(Posting.objects.open().order_by("-status__published_at", "pk").values_list("pk", flat=True))
    return list(Posting.objects.filter(pk__in=ids[:20]).values())


def read(client: Client, address: str) -> object:
    answer: Any = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=20_000)
    count = parser.parse_args().postings
    for command in ("migrate", "load_starter"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    began = time.perf_counter()
    make(count)
    index.put_missing()
    print(f"{count} postings made in {time.perf_counter() - began:.0f} s")
    with override_settings(READS_A_MINUTE={"api": 10**9, "snapshot": 10**9}):
        measure(Client(headers={"host": "localhost"}), count)


def measure(client: Client, count: int) -> None:
    floor = median(bare)
    print(f"{'bare: every id, twenty rows':<58}{floor:8.1f} ms")
    posting, last = Posting.objects.open().latest("pk").pk, client.get("/api/nav/v1/feed?last=true").json()["feed_url"]
    late = (BEGAN + timedelta(seconds=count - BATCH)).strftime("%Y-%m-%dT%H:%M:%SZ")
    addresses = (
        *("/api/v1/postings", "/api/v1/postings?place=Bor%C3%A5s&km=50", f"/api/v1/postings/{posting}", "/api/jobtech/search?limit=20"),
        *(
            "/api/jobtech/search?limit=20&municipality=1490",
            f"/api/jobtech/stream?date={late}",
            "/api/nav/v1/feed",
            last,
            "/sitemap-postings.xml",
        ),
    )
    for address in addresses:
        took = median(lambda address=address: read(client, address))  # type: ignore[misc]
        print(f"{address[:57]:<58}{took:8.1f} ms{took / floor:8.2f}")
    reader = RequestFactory().get("/api/v1/postings")
    print(f"{'counting a limit, a thousand times':<58}{median(lambda: [seconds_to_wait(reader, 'api') for _ in range(1000)]):8.1f} ms")
    began = time.perf_counter()
    size = len(bytes(read(client, "/api/jobtech/snapshot")))  # type: ignore[call-overload]
    took = time.perf_counter() - began
    print(f"/api/jobtech/snapshot: {size / 1e6:.0f} MB in {took:.1f} s, {count * 0.9 / took:.0f} ads a second")


if __name__ == "__main__":
    print(f"in {ground.FOLDER}")
    main()
