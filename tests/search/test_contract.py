"""The contract of the index of postings: in the database and in Elasticsearch, on a real server. What both find is what the rules say."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client

from employers.models import Posting
from employers.states import PostingState
from search import index, queries
from search.documents import Filters
from search.forms import filters_of
from search.index import IndexUnavailable
from taxonomy.actions import load_needs, load_starter
from taxonomy.models import Concept, Place
from taxonomy.queries import folded
from tests.factories.employers import PlaceFactory, PostingFactory, WorkplaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept"), pytest.mark.xdist_group("elasticsearch")]
on_postgres = pytest.mark.postgres  # what asks for words, which PostgreSQL keeps in its own way
DECLARED = {"answer": "yes", "lead": "", "how": "", "evidence": "declared", "at": "2026-11-01"}


@pytest.fixture
def vocabulary(now: datetime) -> None:
    load_starter(at=now)


@pytest.fixture
def needs(now: datetime) -> None:
    load_needs(at=now)


def put(**fields: Any) -> Posting:
    """A published posting that both indexes hold."""
    posting: Posting = PostingFactory(published=True, **fields)
    tell(posting)
    return posting


def tell(posting: Posting) -> None:
    """As the receivers do."""
    index.put(posting.pk)
    if server := index.copy():
        document = index.current(posting.pk)
        if document:
            server.put(document)
        else:
            server.drop(posting.pk)


def published(posting: Posting, at: datetime) -> Posting:
    posting.status.published_at = at
    posting.status.save()
    tell(posting)
    return posting


def titles(address: str = "") -> list[str]:
    """Of the list at an address, in order."""
    return [one.title for one in queries.fetch(queries.ordered(filters_of(QueryDict(address)))[:100])]


def at(name: str, latitude: float, longitude: float) -> Any:
    place = PlaceFactory(name=name, folded=folded(name), municipality_code=name[:4], latitude=latitude, longitude=longitude)
    return WorkplaceFactory(place=place)


@on_postgres
@pytest.mark.usefixtures("vocabulary")
def test_one_occupation_is_found_by_the_names_of_it_and_by_parts_of_them() -> None:
    worker = Concept.objects.get(key="warehouse-worker")
    put(title="Terminalarbetare", occupation=worker)
    put(title="Lagerarbetare sökes")
    put(title="Diskare")
    assert set(titles("q=lager")) == {"Terminalarbetare", "Lagerarbetare sökes"}
    assert set(titles("q=lagerarbeider")) == {"Terminalarbetare", "Lagerarbetare sökes"}


def test_a_word_finds_a_compound_of_the_neighbours_language() -> None:
    put(title="Assistent søkes", tasks="Du hjelper til i barnehagen vår.", language="nb")
    put(title="Barnehageassistent", language="nb")
    put(title="Kokk")
    assert set(titles("q=barn")) == {"Assistent søkes", "Barnehageassistent"}


@on_postgres
@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("typed", ["lagerabetare", "lagrearbetare", "städre"])
def test_a_slip_of_the_finger_still_finds(typed: str) -> None:
    put(title="Lagerarbetare")
    put(title="Städare")
    hits = queries.ordered(Filters(q=typed))
    assert len(hits) == 1
    assert hits.instead_of == typed


@pytest.mark.usefixtures("vocabulary")
def test_a_word_that_is_there_is_never_taken_for_another() -> None:
    put(title="Storkök")
    put(title="Städare")
    hits = queries.ordered(Filters(q="storkök"))
    assert (len(hits), hits.instead_of) == (1, "")


@pytest.mark.parametrize("typed", ["växthus", "VAXTHUS", "vaxthusen"])
def test_letters_with_signs_may_be_typed_without(typed: str) -> None:
    put(title="Odla i växthus")
    assert titles(f"q={typed}") == ["Odla i växthus"]


@on_postgres
@pytest.mark.parametrize(
    ("typed", "title"), [("brød", "Bake brød"), ("brod", "Bake brød"), ("æbler", "Plukke æbler"), ("aebler", "Plukke æbler")]
)
def test_norwegian_letters(typed: str, title: str) -> None:
    put(title="Bake brød", language="nb")
    put(title="Plukke æbler", language="nb")
    assert titles(f"q={typed}") == [title]


@on_postgres
def test_every_word_is_asked_for_and_a_compound_by_its_halves() -> None:
    put(title="Hjälp på lagret", tasks="Ett jobb med lyft. Vi har ett lager.")
    put(title="Jobb i köket", tasks="Diska.")
    assert titles("q=lagerjobb") == ["Hjälp på lagret"]
    assert titles("q=jobb+diska") == ["Jobb i köket"]
    assert titles("q=jobb+växthus") == []


@on_postgres
@pytest.mark.usefixtures("vocabulary")
def test_the_best_fit_has_the_words_in_its_title_then_in_its_occupation() -> None:
    worker = Concept.objects.get(key="warehouse-worker")
    put(title="Butik", tasks="Ibland är du på vårt lager.")
    put(title="Vi behöver dig", occupation=worker)
    put(title="På lager")
    assert titles("q=lager") == ["På lager", "Vi behöver dig", "Butik"]


def test_newest_first_and_equals_by_the_posting(now: datetime) -> None:
    old = published(put(title="Gammal"), now - timedelta(days=30))
    same = [published(put(title=f"Ny {n}"), now) for n in range(4)]
    expected = [one.title for one in sorted(same, key=lambda one: one.pk.hex, reverse=True)]
    assert titles("sort=newest") == [*expected, old.title]


def test_nearest_first_and_what_is_nowhere_last() -> None:
    put(title="Kinna", workplace=at("Kinna", 57.507, 12.694))
    put(title="Borås", workplace=at("Borås", 57.721, 12.94))
    put(title="Göteborg", workplace=at("Göteborg", 57.707, 11.967))
    assert titles("place=Borås&km=100&sort=nearest") == ["Borås", "Kinna", "Göteborg"]
    assert titles("place=Borås&km=30&sort=nearest") == ["Borås", "Kinna"]


@on_postgres
@pytest.mark.usefixtures("needs")
def test_filters_one_by_one() -> None:
    gardener = Concept.objects.create(key="gardener-x", kind="occupation", isco="6113")
    sure = {"sens.quiet": {**DECLARED, "evidence": "visited"}, "time.reduced_hours": DECLARED}
    put(title="A", kind="job", hours_min=10, hours_max=20, language_level="B1", licences=["B"], starts_on=date(2027, 2, 1), times=["day"])
    put(title="B", kind="activity", hours_min=30, hours_max=40, licences=["B", "CE"], times=["night", "weekend"], occupation=gardener)
    put(title="C", hours_min=None, hours_max=None, offers=sure)
    found = {
        "kind=job": "A",
        "kind=job&kind=activity": "AB",
        "hours_to=25": "AC",
        "hours_from=25": "BC",
        "level=A2": "BC",
        "level=B1": "ABC",
        "licence=none": "C",
        "licence=B": "AC",
        "time=night": "BC",
        "time=day&time=night": "ABC",
        "start=2027-01-01": "BC",
        "field=61": "B",
        "anyone=1": "B",
        "offer=sens.quiet": "C",
        "offer=sens.quiet&evidence=visited": "C",
        "offer=sens.quiet&evidence=shown": "",
        "offer=time.reduced_hours&evidence=visited": "",
        "offer=sens.quiet&offer=time.reduced_hours": "C",
    }
    for address, expected in found.items():
        assert "".join(sorted(titles(address))) == expected, address


@pytest.mark.usefixtures("needs")
def test_counts_say_what_each_box_would_show() -> None:
    put(kind="job", offers={"sens.quiet": DECLARED}, times=["day"])
    put(kind="job", times=["night"])
    put(kind="trial", offers={"sens.quiet": DECLARED, "phys.no_heavy_lifting": {**DECLARED, "answer": "no"}})
    answer = queries.ordered(filters_of(QueryDict("kind=job"))).answer
    assert answer.total == 2
    assert answer.kinds == {"job": 2, "trial": 1}, "a kind counts whatever kinds are chosen"
    assert answer.offers == {"sens.quiet": 1}
    assert answer.times == {"day": 1, "night": 1}
    assert queries.ordered(filters_of(QueryDict("offer=sens.quiet"))).answer.kinds == {"job": 1, "trial": 1}


def test_what_is_closed_or_deleted_is_not_found(client: Client) -> None:
    kept, filled, deleted = put(title="Kvar"), put(title="Tillsatt"), put(title="Borta")
    filled.status.state = PostingState.FILLED
    filled.status.save()
    deleted.delete()
    page = client.get("/sv/postings/?q=")
    assert [one.title for one in page.context["found"]] == [kept.title], "before the index has heard of it"
    assert page.context["page"].paginator.count == 1
    tell(filled)
    assert titles() == [kept.title]


@on_postgres
def test_a_posting_that_comes_back_is_found_with_its_new_words() -> None:
    posting = put(title="Första")
    posting.status.state = PostingState.PAUSED
    posting.status.save()
    tell(posting)
    assert titles("q=första") == []
    posting.title = "Andra"
    posting.save()
    posting.status.state = PostingState.PUBLISHED
    posting.status.save()
    tell(posting)
    assert titles("q=första") == []
    assert titles("q=andra") == ["Andra"]


def test_an_empty_index_answers() -> None:
    put(title="Ett").delete()
    index.rebuild()
    assert titles() == []
    assert titles("q=ett&kind=job&place=Borås") == []


def test_deep_pages(client: Client) -> None:
    for n in range(30):
        put(title=f"Plats {n}")
    assert len(client.get("/sv/postings/?page=3").context["found"]) == 6
    for far in ("4", "99999", "-1", "0", "x", "9" * 40):
        page = client.get(f"/sv/postings/?page={far}")
        assert page.status_code == 200
        assert page.context["found"]
    every = [one for number in (1, 2, 3) for one in client.get(f"/sv/postings/?page={number}").context["found"]]
    assert len({one.pk for one in every}) == 30


@on_postgres
@pytest.mark.parametrize(
    "typed", ['"', "a AND (", "*:*", "'; drop table x; --", "lager\\", "OR", "(" * 500, "\u202e", "🙂", "a" * 5000, "NEAR(a b)"]
)
def test_hostile_words_find_nothing_and_break_nothing(client: Client, typed: str) -> None:
    put(title="Växthus")
    answer = client.get("/sv/postings/", {"q": typed})
    assert answer.status_code == 200
    assert answer.context["hits"].resting is False


@on_postgres
def test_rebuilding_finds_what_is_there_and_forgets_the_rest() -> None:
    stale = put(title="Stängd")
    stale.status.state = PostingState.EXPIRED
    stale.status.save()
    PostingFactory(title="Aldrig indexerad", published=True)
    said: list[str] = []
    assert index.rebuild(said.append) == 1
    assert titles() == ["Aldrig indexerad"]
    assert any("1 of 1 postings" in one for one in said)


def test_without_leaves_out() -> None:
    gone, kept = put(title="Borta"), put(title="Kvar")
    answer = index.chosen().find(Filters(), start=0, size=12, without=[gone.pk, uuid4()])
    assert answer.ids == (kept.pk,)
    assert answer.total == 1


@pytest.mark.usefixtures("needs")
def test_the_same_first_page_for_many_questions(server: Any) -> None:
    """Two hundred random questions over a mixed list: the database and the server agree on every page, count and order."""
    rng = random.Random(5)
    words = ["lager", "barn", "kök", "städa", "butik", "odla", "truck", "kontor", "renhold", "assistent"]
    codes = ["sens.quiet", "time.reduced_hours", "phys.no_heavy_lifting"]
    places = [at(f"Ort{n}", 57.0 + n / 3, 12.0 + n / 5) for n in range(6)]
    for n in range(60):
        put(
            **{
                "title": f"{rng.choice(words)} {rng.choice(words)}",
                "tasks": " ".join(rng.choices(words, k=5)),
                "workplace": rng.choice(places),
            },
            **{
                "kind": rng.choice(["job", "trial", "activity"]),
                "licences": rng.choice([[], ["B"], ["C"]]),
                "times": rng.sample(["day", "night"], 1),
            },
            offers={code: {**DECLARED, "evidence": rng.choice(["declared", "visited", "shown"])} for code in rng.sample(codes, 2)},
        )
        published(Posting.objects.latest("created_at"), datetime(2026, 10, 1 + n % 20, tzinfo=UTC))
    for _ in range(200):
        filters = Filters(
            **{"q": rng.choice(["", "", *words, "lager barn"]), "kinds": tuple(rng.sample(["job", "trial"], rng.randint(0, 2)))},
            **{
                "place": rng.choice([None, Place.objects.get(name="Ort2")]),
                "km": rng.choice([30, 100]),
                "licence": rng.choice(["", "none", "B"]),
            },
            **{
                "offers": tuple(rng.sample(codes, rng.randint(0, 1))),
                "evidence": rng.choice(["", "visited"]),
                "sort": rng.choice(["newest", "nearest", "best"]),
            },
        )
        ours, theirs = (one.find(filters, start=0, size=12) for one in (index.database(), server))
        assert ours == theirs, filters


def test_when_the_server_is_gone_the_page_says_so_and_the_database_answers(client: Client, kept: str, settings: Any) -> None:
    put(title="Kvar")
    if kept == "elastic":
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    answer = client.get("/sv/postings/?q=kvar")
    assert [one.title for one in answer.context["found"]] == ["Kvar"]
    assert answer.context["hits"].resting is (kept == "elastic")
    if kept == "elastic":
        assert "Sökningen vilar" in answer.content.decode()
        with pytest.raises(IndexUnavailable):
            index.rebuild()
