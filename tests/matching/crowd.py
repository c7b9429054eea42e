"""People of all sorts and postings for them, and what an index finds."""

import random
from datetime import date
from uuid import UUID

from employers.models import Posting
from matching.documents import job_of
from matching.index import Index, world
from matching.models import ListedPerson
from taxonomy.models import Concept
from tests.factories.accounts import MembershipFactory
from tests.factories.employers import PlaceFactory, PostingFactory
from tests.factories.jobseekers import ProfileFactory


def crowd(count: int) -> None:
    """People of all sorts, always the same ones."""
    chance = random.Random(4)
    skills = list(Concept.objects.skills().order_by("key").values_list("key", flat=True)[:60])
    work = list(Concept.objects.occupations().order_by("key").values_list("key", flat=True)[:20])
    places = [
        None,
        PlaceFactory(),
        PlaceFactory(name="Göteborg", folded="goteborg", municipality_code="1480", latitude=57.708, longitude=11.974),
    ]
    advised_by = MembershipFactory(advisor=True)
    for _ in range(count):
        ProfileFactory(
            advised_by=advised_by,
            country=chance.choice(["SE", "SE", "SE", "NO"]),
            skills=chance.sample(skills, chance.randint(0, 8)),
            wishes=chance.sample(work, chance.randint(0, 2)),
            needs={
                code: chance.choice(["must", "helps"]) for code in chance.sample(["sens.quiet", "time.reduced_hours", "soc.not_alone"], 1)
            },
            place=chance.choice(places),
            travel_km=chance.choice([None, 5, 40, 80]),
            hours_now=chance.choice([None, 5, 20]),
            hours_goal=chance.choice([None, 30]),
            times=chance.choice([[], ["day"], ["night"]]),
            kinds=chance.choice([[], ["trial"], ["job"]]),
            licences=chance.choice([[], ["B"], ["CE"]]),
            languages=chance.choice([[], [{"code": "sv", "level": "A2"}], [{"code": "sv", "level": "C1"}]]),
            available_from=chance.choice([None, date(2027, 1, 1), date(2027, 6, 1)]),
        )


def postings() -> list[Posting]:
    skills = list(Concept.objects.skills().order_by("key").values_list("key", flat=True)[:60])
    work = Concept.objects.occupations().order_by("key")[0]
    plain = {"published": True, "offers": {"sens.quiet": {"answer": "no"}, "soc.not_alone": {"answer": "can"}}}
    asks = [{"key": key, "importance": "must"} for key in skills[3:9]]
    return [
        PostingFactory(skills=asks, occupation=work, **plain),
        PostingFactory(skills=asks[:1], licences=["B"], language_level="B1", starts_on=date(2027, 1, 4), weeks_max=4, **plain),
        PostingFactory(skills=asks, times=["day"], hours_min=10, hours_max=25, kind="job", **plain),
        PostingFactory(skills=[], occupation=work, **plain),
    ]


def found_in(lists: Index, posting: Posting) -> list[UUID]:
    near = lists.people_for(job_of(posting), posting.employer.country, world(), most=50, seed=3)
    ids = dict(ListedPerson.objects.filter(row__in=near.rows).values_list("row", "profile_id"))
    return [ids[row] for row in near.rows]
