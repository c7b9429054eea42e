"""From a fact to stored suggestions, on the database: `python benchmarks/stored.py --people 100000 --postings 10000 [--elasticsearch URL]`.

Makes a region in a database of its own, and prints: a posting published -> suggestions stored; a profile changed -> its suggestions
updated; a worker started -> its first match, and its memory. With --elasticsearch the first of them with people looked up there as well.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

import ground  # noqa: F401 (first: it makes the settings)
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from region import START, Region

from accounts.models import Agency, Team, User
from employers.models import Employer, Posting, PostingStatus, Workplace
from jobseekers.models import NeedsRecord, Profile, ProfileSkill, ProfileWish
from matching import actions, index, tasks
from matching.models import ListedPerson, ListedPosting, Run
from matching.scoring import Job, Person
from outbox.signals import Effect
from taxonomy.actions import load_needs
from taxonomy.encoders.corpus import labels
from taxonomy.models import Concept, Kind, Label, OccupationSkill, Place, Release

AT_ONCE = 2000
MOST = 50
NOW = timezone.now()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--postings", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--elasticsearch", default="")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    load_needs(at=NOW)
    if not Profile.objects.exists():  # else the folder of an earlier run was given, and what it has not scored yet is measured
        make_region(options)
    actions.list_missing()
    subprocess.run([sys.executable, Path(__file__).with_name("worker.py")], check=True)
    measure("posting published -> suggestions stored, in memory", new_postings(options.rounds), "posting_id")
    measure("profile changed -> suggestions updated", new_people(options.rounds), "profile_id")
    if options.elasticsearch:
        settings.ELASTICSEARCH_URL = options.elasticsearch
        in_elasticsearch(options.rounds)


def make_region(options: argparse.Namespace) -> None:
    region = Region(options.data)
    with timed("vocabulary"):
        make_vocabulary(options.data)
    with timed(f"{options.people:,} people and {options.postings:,} postings made"):
        make_people(region, options.people)
        make_postings(region, options.postings)
        actions.list_missing()


class timed:  # noqa: N801 (reads as a word of the sentence)
    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        print(f"{self._what}: {time.perf_counter() - self._start:.1f} s", flush=True)


def make_vocabulary(data: Path) -> None:
    """Concepts and labels straight from the evaluation data: their keys are the addresses that the region uses."""
    skills, occupations = labels(data / "esco/skill_labels.csv.gz"), labels(data / "esco/occupation_labels.csv.gz")
    work = {uri: own for uri, own in occupations.items() if "/isco/" not in uri}
    concepts = [Concept(key=uri, kind=Kind.SKILL) for uri in skills] + [Concept(key=uri, kind=Kind.OCCUPATION) for uri in work]
    Concept.objects.bulk_create(concepts, batch_size=AT_ONCE)
    found = {
        (uri, language, text[:400]): number == 0
        for uri, own in (skills | work).items()
        for language, texts in own.items()
        if language in {"sv", "nb", "da", "en"}
        for number, text in reversed(list(enumerate(texts)))
    }
    rows = (Label(concept_id=uri, language=language, text=text, preferred=first) for (uri, language, text), first in found.items())
    Label.objects.bulk_create(rows, batch_size=AT_ONCE)
    pairs = ((uri, skill) for uri, held in Region(data).relations.items() if uri in work for skill in held if skill in skills)
    OccupationSkill.objects.bulk_create(
        (OccupationSkill(occupation_id=uri, skill_id=skill, essential=True) for uri, skill in pairs), batch_size=AT_ONCE
    )
    Release.objects.create(at=NOW, what="a benchmark")


def place_of(where: tuple[float, float], known: dict[tuple[float, float], Place]) -> Place:
    if where not in known:
        town = f"Town {len(known)}"
        fields = {"name": town, "folded": town.lower(), "country": "SE", "municipality_code": f"{len(known):04}"}
        known[where] = Place.objects.create(latitude=where[0], longitude=where[1], **fields)
    return known[where]


PLACES: dict[tuple[float, float], Place] = {}


def make_people(region: Region, count: int) -> None:
    team = Team.objects.create(agency=Agency.objects.create(name="Agency", country="SE"), name="Team")
    advisor = User.objects.create(email="advisor@example.org")
    left = region.people(count)
    while batch := list(islice(left, AT_ONCE)):
        with transaction.atomic():
            users = User.objects.bulk_create(User(email=f"{uuid4()}@example.org", first_name="A") for _ in batch)
            profiles = Profile.objects.bulk_create(profile_of(one, user, advisor, team) for one, user in zip(batch, users, strict=True))
            store_told(list(zip(profiles, batch, strict=True)))


def profile_of(person: Person, user: User, advisor: User, team: Team) -> Profile:
    assert person.place
    return Profile(
        user=user,
        advisor=advisor,
        team=team,
        country="SE",
        stage_since=NOW,
        enrolled_at=NOW,
        changed_at=NOW,
        place=place_of(person.place, PLACES),
        travel_km=person.travel_km,
        hours_now=person.hours_now,
        hours_goal=person.hours_goal,
        available_from=person.available_from,
        languages=[{"code": code, "level": level} for code, level in person.languages.items()],
        licences=sorted(person.licences),
        kinds=sorted(person.kinds),
    )


def store_told(told: Iterable[tuple[Profile, Person]]) -> None:
    told = list(told)
    skills = (ProfileSkill(profile=profile, concept_id=key, added_at=NOW) for profile, person in told for key in person.skills)
    ProfileSkill.objects.bulk_create(skills, batch_size=AT_ONCE)
    wishes = (ProfileWish(profile=profile, concept_id=key, added_at=NOW) for profile, person in told for key in set(person.wishes))
    ProfileWish.objects.bulk_create(wishes, batch_size=AT_ONCE)
    NeedsRecord.objects.bulk_create(
        NeedsRecord(profile=profile, sealed={"needs": needs_of(person), "review_on": {}}, changed_at=NOW)
        for profile, person in told
        if person.needs
    )


def needs_of(person: Person) -> dict[str, dict[str, str]]:
    return {one.code: {"importance": "must" if one.must else "helps", "parameter": "", "stated_by": "self"} for one in person.needs}


def make_postings(region: Region, count: int) -> None:
    employer = Employer.objects.create(country="SE", number="5560000001", name="Employer", joined_at=NOW)
    known: dict[tuple[float, float], Workplace] = {}
    with transaction.atomic():
        for job in region.jobs(count):
            assert job.place
            if job.place not in known:
                known[job.place] = Workplace.objects.create(employer=employer, name="W", place=place_of(job.place, PLACES))
            posting = posting_of(job, employer, known[job.place])
            posting.save()
            PostingStatus.objects.create(posting=posting, state="published", published_at=NOW, published_hash=posting.content_hash())


def posting_of(job: Job, employer: Employer, workplace: Workplace) -> Posting:
    wanted = [(key, "must") for key in job.musts] + [(key, "good") for key in job.goods]
    return Posting(
        employer=employer,
        workplace=workplace,
        live=True,
        language=job.language,
        kind=job.kind,
        title="A posting",
        occupation_id=job.occupation,
        skills=[{"key": key, "importance": importance} for key, importance in wanted],
        offers={code: {"answer": answer} for code, answer in job.offers.items()},
        hours_min=job.hours[0],
        hours_max=job.hours[1],
        starts_on=START,
        weeks_max=28,
        language_level=job.level,
        licences=sorted(job.licences),
    )


def new_people(count: int) -> list[UUID]:
    """Those who were enrolled first, of whom nothing has been computed yet."""
    found = ListedPerson.objects.exclude(profile__in=Run.objects.exclude(profile=None).values("profile"))
    return list(found.order_by("row").values_list("profile_id", flat=True)[:count])


def new_postings(count: int) -> list[UUID]:
    found = ListedPosting.objects.exclude(posting__in=Run.objects.exclude(posting=None).values("posting"))
    return list(found.order_by("row").values_list("posting_id", flat=True)[:count])


def carried(effect: Effect | None) -> None:
    """As the outbox does: computed outside, stored in one transaction."""
    if effect:
        with transaction.atomic():
            effect()


def measure(what: str, ids: Iterable[UUID], side: str) -> None:
    times = []
    for one in ids:
        started = time.perf_counter()
        carried(tasks.suggest(**{side: str(one)}))
        times.append(time.perf_counter() - started)
    line(what, times[1:])  # the first builds the lists


def line(what: str, times: list[float]) -> None:
    at_95 = statistics.quantiles(times, n=20)[-1]
    print(f"{what}: p50 {statistics.median(times) * 1e3:.0f} ms, p95 {at_95 * 1e3:.0f} ms", flush=True)


def in_elasticsearch(rounds: int) -> None:
    """The same through Elasticsearch."""
    with timed("the index filled"):
        carried(tasks.suggest(posting_id=str(new_postings(1)[0])))
    measure("posting published -> suggestions stored, Elasticsearch", new_postings(rounds), "posting_id")
    index.chosen().remove()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
