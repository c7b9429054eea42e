"""Browsing with any filters: `python benchmarks/browse.py --postings 100000 [--elasticsearch URL]`.

Makes postings from the starter vocabulary in a database of its own, builds the index (its rate is printed), and asks the same random
questions of the index, of the database alone (the rows of the first page and their number, without counts beside the form) and, with
--elasticsearch, of the server alone; then of the whole page, through the front door. All in one run, in turns.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import ground  # noqa: F401 (first: it makes the settings)
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from elasticsearch import Elasticsearch

from employers.models import Employer, Posting, PostingStatus, Workplace
from search import index
from search.documents import LEVELS, Filters, asked
from search.forms import filters_of
from search.index import text
from search.index.elastic import ALIAS
from search.index.elastic_query import searches
from search.models import PostingEntry
from taxonomy.actions import load_needs, load_places, load_starter
from taxonomy.models import Concept, Need, Place

NOW = timezone.now()
AT_ONCE = 2000
WORDS = ("lager", "barn", "kök", "städa", "butik", "renhold", "kontor", "truck", "odla", "vård", "assistent", "cook", "lagerarbetare kund")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--elasticsearch", default="")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    if not Posting.objects.exists():
        load_starter(at=NOW)
        load_needs(at=NOW)
        load_places(at=NOW)
        make_postings(options.postings)
        began = time.perf_counter()
        index.rebuild(lambda line: print(line, flush=True) if "0000 of" in line else None)
        print(f"index rebuilt in {time.perf_counter() - began:.0f} s", flush=True)
    chance = random.Random(3)  # noqa: S311 (the same questions at every run)
    questions = [question(chance) for _ in range(options.rounds)]
    index.database().find(Filters(), start=0, size=12)
    compare("the database", questions, [lambda f: index.database().find(f, start=0, size=12), bare_database, page(Client())])
    if options.elasticsearch:
        settings.ELASTICSEARCH_URL = options.elasticsearch
        index.put_missing()
        server = Elasticsearch(options.elasticsearch)
        compare(
            "Elasticsearch",
            questions,
            [lambda f: index.chosen().find(f, start=0, size=12), lambda f: bare_server(server, f), page(Client())],
        )
        same = sum(
            set(index.chosen().find(one, start=0, size=12).ids) == set(index.database().find(one, start=0, size=12).ids)
            for one in map(filters, questions)
        )
        print(f"first page the same on both: {same} of {len(questions)}")


def make_postings(count: int) -> None:
    chance = random.Random(1)  # noqa: S311 (the same postings at every run)
    employer = Employer.objects.create(country="SE", number="5560000001", name="Employer", joined_at=NOW)
    work = list(Concept.objects.occupations().with_labels())
    skills = list(Concept.objects.skills().with_labels())
    places = [Workplace.objects.create(employer=employer, name=place.name, place=place) for place in Place.objects.all()]
    codes = list(Need.objects.values_list("code", flat=True))
    for start in range(0, count, AT_ONCE):
        made = Posting.objects.bulk_create(one(chance, employer, work, skills, places, codes) for _ in range(min(AT_ONCE, count - start)))
        statuses = (
            PostingStatus(posting=posting, state="published", published_at=NOW - timedelta(minutes=chance.randrange(90_000)))
            for posting in made
        )
        PostingStatus.objects.bulk_create(statuses)
    print(f"{count:,} postings made", flush=True)


def one(
    chance: random.Random, employer: Employer, work: list[Concept], skills: list[Concept], places: list[Workplace], codes: list[str]
) -> Posting:
    occupation, held = chance.choice(work), chance.sample(skills, 8)
    hours = chance.choice([(None, None), (10, 20), (20, 30), (40, 40)])
    given = {
        code: {"answer": "yes", "evidence": chance.choice(["declared", "declared", "visited", "shown"])}
        for code in chance.sample(codes, 20)
    }
    return Posting(
        **{
            "employer": employer,
            "workplace": chance.choice(places),
            "live": True,
            "kind": chance.choice(["job", "trial", "trial", "activity"]),
        },
        **{"title": f"{occupation.label_in('sv')} till {chance.choice(places).name}", "occupation": occupation, "offers": given},
        **{"tasks": ". ".join(f"Du får {skill.label_in('sv')}" for skill in held), "hours_min": hours[0], "hours_max": hours[1]},
        **{"skills": [{"key": skill.key, "importance": "good"} for skill in held[:4]], "licences": chance.choice([[], [], ["B"], ["C"]])},
        **{"times": chance.choice([[], ["day"], ["day", "evening"], ["night"]]), "language_level": chance.choice(["", "A2", "B1"])},
    )


def question(chance: random.Random) -> str:
    """The address of a random combination."""
    codes = list(Need.objects.values_list("code", flat=True))
    given: list[tuple[str, str]] = []
    if chance.random() < 0.5:
        given.append(("q", chance.choice(WORDS)))
    if chance.random() < 0.4:
        given += [("place", chance.choice(["Borås", "Göteborg", "Oslo"])), ("km", chance.choice(["10", "30", "100"]))]
    given += [("kind", "job")] if chance.random() < 0.3 else []
    given += [("offer", code) for code in chance.sample(codes, chance.choice([0, 0, 1, 2]))]
    given += [("licence", "none")] if chance.random() < 0.2 else []
    given += [("hours_to", "25")] if chance.random() < 0.2 else []
    return urlencode([*given, ("sort", chance.choice(["newest", "nearest", "best"]))])


def filters(address: str) -> Filters:
    return filters_of(QueryDict(address))


def bare_database(asked_for: Filters) -> None:
    """The rows of the first page and how many there are, as the tables say it, nothing else."""
    found: QuerySet[PostingEntry] = PostingEntry.objects.filter(gone=False)
    if words := asked(asked_for.q):
        which = "search_postingentry.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)"
        found = found.extra(where=[which], params=[text.question(words, "w", *text.SIGNS["sqlite"])])  # noqa: S610 (tokens of ours)
    if asked_for.kinds:
        found = found.filter(kind__in=asked_for.kinds)
    if asked_for.hours_to:
        found = found.filter(Q(hours_min=None) | Q(hours_min__lte=asked_for.hours_to))
    if asked_for.licence:
        found = found.filter(licence=0)
    if asked_for.level:
        found = found.filter(level__lte=LEVELS.index(asked_for.level))
    for code in asked_for.offers:
        found = found.filter(offers__contains=f"{code}:")
    if place := asked_for.place:
        box = asked_for.km / 111.2
        found = found.filter(latitude__range=(place.latitude - box, place.latitude + box))
        found = found.filter(longitude__range=(place.longitude - 2 * box, place.longitude + 2 * box))
    found.count()
    list(found.order_by("-published_at", "-posting_id").values_list("posting_id", flat=True)[:12])


def bare_server(server: Elasticsearch, asked_for: Filters) -> None:
    """The first of the four searches: the rows of the page, their number, and one count."""
    server.search(index=ALIAS, body=searches(asked_for, start=0, size=12, without=[])[0])


def page(client: Client) -> Callable[[str], None]:
    def fetch(address: str) -> None:
        answer = client.get(f"/sv/postings/?{address}")
        assert answer.status_code == 200, answer.status_code

    return fetch


def compare(what: str, questions: list[str], ways: list[Callable[..., object]]) -> None:
    """Each question asked of the index, of the bare one, and of the page, in turns."""
    times: list[list[float]] = [[], [], []]
    for address in questions:
        for took, way in zip(times, ways, strict=True):
            given = address if way is ways[2] else filters(address)
            began = time.perf_counter()
            way(given)
            took.append(time.perf_counter() - began)
    for name, took in zip(("index", "bare query", "page"), times, strict=True):
        print(f"{what}, {name}: p50 {statistics.median(took) * 1e3:.1f} ms, p95 {statistics.quantiles(took, n=20)[-1] * 1e3:.1f} ms")
    at_95 = [statistics.quantiles(took, n=20)[-1] for took in times[:2]]
    ratios = statistics.median(a / b for a, b in zip(times[0], times[1], strict=True))
    print(
        f"{what}: index over bare query, p95 {at_95[0] / at_95[1]:.2f}, median of ratios {ratios:.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
