"""How words find postings: the same in the database and in Elasticsearch."""

import pytest
from django.test import Client

from search import queries
from search.documents import Filters
from taxonomy.models import Concept
from tests.search.shelf import put, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept"), pytest.mark.xdist_group("elasticsearch")]
on_postgres = pytest.mark.postgres  # what asks for words, which PostgreSQL keeps in its own way


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


def test_words_that_only_begin_alike_are_not_found() -> None:
    put(title="Hjälp oss", tasks="Du lagar mat i vårt lag. Arbetet är lugnt.")
    put(title="På lager")
    put(title="På lagret")
    assert set(titles("q=lager")) == {"På lager", "På lagret"}
    assert titles("q=lagerarbetare") == []


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


@on_postgres
@pytest.mark.parametrize(
    "typed", ['"', "a AND (", "*:*", "'; drop table x; --", "lager\\", "OR", "(" * 500, "\u202e", "🙂", "a" * 5000, "NEAR(a b)"]
)
def test_hostile_words_find_nothing_and_break_nothing(client: Client, typed: str) -> None:
    put(title="Växthus")
    answer = client.get("/sv/postings/", {"q": typed})
    assert answer.status_code == 200
    assert answer.context["hits"].resting is False
