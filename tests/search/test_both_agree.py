"""The database and a real Elasticsearch over the same mixed list: the same page, counts and order for whatever is asked."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from search import index
from search.documents import Filters
from search.index.elastic import Elastic
from taxonomy.models import Place
from tests.factories.employers import PostingFactory
from tests.search.shelf import DECLARED, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("needs"), pytest.mark.xdist_group("elasticsearch")]
WORDS = ("lager", "barn", "kök", "städa", "butik", "odla", "truck", "kontor", "renhold", "assistent")
CODES = ("sens.quiet", "time.reduced_hours", "phys.no_heavy_lifting")


def a_posting(chance: random.Random, n: int, places: list[Any]) -> None:
    posting = PostingFactory(
        published=True,
        title=f"{chance.choice(WORDS)} {chance.choice(WORDS)}",
        tasks=" ".join(chance.choices(WORDS, k=5)),
        workplace=chance.choice(places),
        kind=chance.choice(["job", "trial", "activity"]),
        licences=chance.choice([[], ["B"], ["C"]]),
        times=chance.choice([[], ["day"], ["night"]]),
        offers={code: {**DECLARED, "evidence": chance.choice(["declared", "visited", "shown"])} for code in chance.sample(CODES, 2)},
    )
    posting.status.published_at = datetime(2026, 10, 1 + n % 20, tzinfo=UTC)
    posting.status.save()


def some_filters(chance: random.Random, here: Place) -> Filters:
    return Filters(
        q=chance.choice(["", "", *WORDS, "lager barn"]),
        kinds=tuple(chance.sample(["job", "trial"], chance.randint(0, 2))),
        place=chance.choice([None, here]),
        km=chance.choice([30, 100]),
        licence=chance.choice(["", "none", "B"]),
        times=chance.choice([(), ("night",)]),
        offers=tuple(chance.sample(CODES, chance.randint(0, 1))),
        evidence=chance.choice(["", "visited"]),
        sort=chance.choice(["newest", "nearest", "best"]),
    )


def test_the_same_first_page_for_two_hundred_questions(server: Elastic) -> None:
    chance = random.Random(5)
    places = [at(f"Ort{n}", 57.0 + n / 3, 12.0 + n / 5) for n in range(6)]
    for n in range(60):
        a_posting(chance, n, places)
    assert index.rebuild() == 60
    here = Place.objects.get(name="Ort2")
    found = 0
    for _ in range(200):
        filters = some_filters(chance, here)
        ours, theirs = (one.find(filters, start=0, size=12) for one in (index.database(), server))
        assert ours == theirs, filters
        found += bool(ours.total)
    assert found > 100, "most questions find something"
