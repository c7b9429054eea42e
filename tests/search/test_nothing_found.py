"""A list that is empty says what to change: one thing each, the smallest change first, with as many postings as it leads to."""

import pytest
from django.test import Client

from search.index import Answer, IndexUnavailable
from taxonomy.models import Concept, Label, Need
from tests.search.test_browse import GIVEN, LIST, at, open_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet() -> Need:
    return Need.objects.create(code="sens.quiet", group="sens", position=1, label_sv="Tyst", label_nb="Stille", label_en="Quiet", common=1)


def changes(client: Client, query: str) -> list[tuple[str, int, str]]:
    """What an empty list offers, in order, each with the address that it leads to; each leads to as many as it says."""
    answer = client.get(f"{LIST}{query}")
    told = [(one.name, one.count, address) for one, _, address in answer.context["changes"]]
    for name, count, address in told:
        assert client.get(f"{LIST}?{address}").context["page"].paginator.count == count > 0, name
    return told


def test_an_empty_list_says_which_filter_to_let_go(client: Client, quiet: Need) -> None:
    open_posting(title="Jobb", kind="job")
    assert changes(client, f"?kind=job&offer={quiet.code}") == [("offers", 1, "kind=job")]
    assert [posting.title for posting in client.get(f"{LIST}?kind=job&offer={quiet.code}").context["others"]] == ["Jobb"]


def test_an_empty_list_names_the_smallest_change_first(client: Client, quiet: Need) -> None:
    seats = Need.objects.create(code="pos.seat", group="pos", position=2, label_sv="Sitta", label_nb="Sitte", label_en="Sit", common=2)
    open_posting(title="Nära", kind="job", workplace=at("Borås", 57.721, 12.94), offers={seats.code: GIVEN}, hours_min=20, hours_max=20)
    open_posting(title="Långt", kind="trial", workplace=at("Kinna", 57.507, 12.694), offers={seats.code: GIVEN, quiet.code: GIVEN})
    query = f"?place=Borås&km=10&kind=job&offer={seats.code}&offer={quiet.code}"
    assert [(name, count) for name, count, _ in changes(client, query)] == [("offer", 1), ("offers", 1)]
    assert [name for name, _, _ in changes(client, "?place=Borås&km=10&kind=trial")] == ["radius", "kind", "place"]
    assert changes(client, "?place=Borås&km=10&kind=trial")[0] == ("radius", 1, "place=Bor%C3%A5s&kind=trial&km=30")


def test_an_empty_list_names_other_work_of_the_same_field(client: Client) -> None:
    for isco, label in (("61", "Odling"), ("62", "Skog och fiske"), ("91", "Städning")):
        group = Concept.objects.create(key=isco, kind="group", isco=isco)
        Label.objects.create(concept=group, language="sv", text=label, preferred=True)
    gardener, fisher, cleaner = (
        Concept.objects.create(key=key, kind="occupation", isco=isco) for key, isco in (("g", "6113"), ("f", "6222"), ("c", "9112"))
    )
    Label.objects.create(concept=gardener, language="sv", text="Fruktodlare", preferred=True)
    open_posting(title="Fiska", occupation=fisher)
    open_posting(title="Städa", occupation=cleaner)
    assert changes(client, "?field=61") == [("near_field", 1, "field=62"), ("field", 2, "")]
    open_posting(title="Rensa land", tasks="Du rensar.", occupation=Concept.objects.create(key="g2", kind="occupation", isco="6111"))
    assert changes(client, "?q=fruktodlare&time=night")[:1] != changes(client, "?q=fruktodlare")[:1] == [("same_field", 1, "field=61")]


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Inga platser just nu. Prata med oss." in client.get(LIST).content.decode()
    open_posting(title="Odla")
    page = client.get(f"{LIST}?q=svetsa&kind=job").content.decode()
    assert "Ta bort några, eller prata med oss." in page
    page = client.get(f"{LIST}?q=odla&kind=job").content.decode()
    assert "Ändra en sak" in page
    assert "En annan typ av plats, " in page


def test_where_no_single_change_helps_each_thing_is_offered_alone(client: Client) -> None:
    open_posting(title="Odla", kind="trial", times=["day"])
    open_posting(title="Diska", kind="job", times=["evening"])
    assert changes(client, "?q=svetsa&kind=trial&time=evening") == [("alone", 1, "kind=trial"), ("alone", 1, "time=evening")]
    page = client.get(f"{LIST}?q=svetsa&kind=trial&time=evening").content.decode()
    assert "Bara Kvällar: 1" in page


def test_an_empty_list_waits_once_for_a_server_that_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch, quiet: Need) -> None:
    """Every change of the question is counted: each of them would wait as long as the page itself."""
    open_posting(title="Odla", kind="trial", workplace=at("Borås", 57.721, 12.94))
    asked = []

    class Away:
        def find(self, *_: object, **__: object) -> Answer:
            asked.append(1)
            raise IndexUnavailable("ConnectionTimeout")

    monkeypatch.setattr("search.index.chosen", Away)
    answer = client.get(f"{LIST}?q=svetsa&kind=job&place=Borås&km=10&level=A1&hours_from=5&offer={quiet.code}")
    assert answer.context["page"].paginator.count == 0
    assert answer.context["hits"].resting
    assert answer.context["changes"]
    assert len(asked) == 1
