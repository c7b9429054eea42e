"""A colleague saved first: the page comes back with 409, keeps what was typed, says what it says now, and a second send is meant."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.access import ActiveRole
from accounts.models import Membership
from employers import actions
from employers.models import Posting, Supervisor, Workplace
from employers.queries import working_copy
from taxonomy.models import Concept, Kind, Label
from tests.factories.employers import PlaceFactory
from tests.factories.pages import told, version_on

pytestmark = pytest.mark.django_db
ANSWER = "acc-step_free-answer"


@pytest.fixture
def client_of(member: Membership, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(member)


@pytest.fixture
def skill() -> str:
    made = Concept.objects.create(key="watering", kind=Kind.SKILL)
    Label.objects.create(concept=made, language="sv", text="Vattna", preferred=True)
    return made.key


def test_a_workplace(client_of: Client, workplace: Workplace, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/workplaces/{workplace.pk}/edit/"
    read = version_on(client_of.get(path))
    town = PlaceFactory(name="Varberg", folded="varberg", municipality_code="1383")
    actions.save_workplace(workplace.pk, {"place": town, "directions": "Buss 7\nPorten till höger"}, by=by, at=now)
    sent = {"name": workplace.name, "place": "borås", "directions": "Ring på", "most_at_once": "2", "version": read}
    answer = client_of.post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert told(answer) == {"Ort": "Varberg", "Så hittar man hit": "Buss 7Porten till höger"}
    assert "Ring på</textarea>" in page
    assert "Ändrat: Ändra arbetsplatsen" in page
    workplace.refresh_from_db()
    assert workplace.place == town
    assert client_of.post(path, {**sent, "version": version_on(answer)}).status_code == 303
    workplace.refresh_from_db()
    assert workplace.directions == "Ring på"


def test_a_new_workplace_and_a_new_supervisor_have_no_version(client_of: Client, workplace: Workplace) -> None:
    for path in ("new/", f"{workplace.pk}/supervisors/new/"):
        assert 'name="version"' not in client_of.get(f"/sv/employer/workplaces/{path}").content.decode()


def test_a_supervisor(client_of: Client, workplace: Workplace, by: ActiveRole, now: datetime) -> None:
    held = Supervisor.objects.create(workplace=workplace, name="Anna Berg", hours_per_week=4)
    path = f"/sv/employer/workplaces/{workplace.pk}/supervisors/{held.pk}/"
    read = version_on(client_of.get(path))
    actions.save_supervisor(workplace.pk, held.pk, {"hours_per_week": 6}, by=by, at=now)
    answer = client_of.post(path, {"name": "Anna Berg", "title": "", "hours_per_week": "2", "version": read})
    assert answer.status_code == 409
    assert list(told(answer).values()) == ["6"]


def test_offers_of_a_workplace(client_of: Client, workplace: Workplace, need: str, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/workplaces/{workplace.pk}/offers/acc/"
    read = version_on(client_of.get(path))
    actions.save_offers(workplace.pk, {need: {"answer": "can", "lead": "month", "how": "Ramp"}}, by=by, at=now)
    answer = client_of.post(path, {ANSWER: "no", "version": read})
    assert answer.status_code == 409
    assert told(answer) == {"Trappfri väg in": "Kan ordnas, En månad, Ramp"}
    assert workplace.offers.get().answer == "can"
    assert client_of.post(path, {ANSWER: "no", "version": version_on(answer)}).status_code == 303
    assert workplace.offers.get().answer == "no"


def test_evidence_is_no_part_of_an_answer(client_of: Client, workplace: Workplace, need: str, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/workplaces/{workplace.pk}/offers/acc/"
    actions.save_offers(workplace.pk, {need: {"answer": "yes"}}, by=by, at=now)
    read = version_on(client_of.get(path))
    workplace.offers.update(evidence="visited")
    assert client_of.post(path, {ANSWER: "no", "version": read}).status_code == 303


def test_offers_of_a_posting(client_of: Client, draft: Posting, need: str, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/postings/{draft.pk}/edit/6/acc/"
    read = version_on(client_of.get(path))
    actions.save_step(draft.pk, 6, {"offers": {need: {"answer": "yes", "how": "Ramp"}}}, by=by, at=now)
    answer = client_of.post(path, {ANSWER: "no", "version": read})
    assert answer.status_code == 409
    assert told(answer) == {"Trappfri väg in": "Ordnat, Ramp"}
    assert client_of.post(path, {ANSWER: "no", "version": version_on(answer)}).status_code == 303
    draft.refresh_from_db()
    assert draft.offer(need) == "no"


def test_a_step(client_of: Client, draft: Posting, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/postings/{draft.pk}/edit/4/"
    read = version_on(client_of.get(path))
    actions.save_step(draft.pk, 4, {"hours_max": 25, "times": ["day", "evening"]}, by=by, at=now)
    sent = {"hours_min": "10", "hours_max": "30", "times": ["night"], "places": "1", "version": read}
    answer = client_of.post(path, sent)
    assert answer.status_code == 409
    assert list(told(answer).values()) == ["25", "Dag, Kväll"]
    assert 'value="30"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.hours_max == 25
    assert client_of.post(path, {**sent, "version": version_on(answer)}).status_code == 303
    draft.refresh_from_db()
    assert (draft.hours_max, draft.times) == (30, ["night"])


def test_a_step_of_a_public_posting_is_compared_with_its_newest_words(
    client_of: Client, published: Posting, by: ActiveRole, now: datetime
) -> None:
    path = f"/sv/employer/postings/{published.pk}/edit/3/"
    actions.save_step(published.pk, 3, {"day": "Vi börjar nio."}, by=by, at=now)
    read = version_on(client_of.get(path))
    actions.save_step(published.pk, 3, {"title": "Kollegans rubrik"}, by=by, at=now)
    sent = {"title": "Min rubrik", "tasks": published.tasks, "day": "Vi börjar nio.", "language": "sv", "words": ""}
    answer = client_of.post(path, {**sent, "version": read})
    assert (answer.status_code, told(answer)) == (409, {"Rubrik": "Kollegans rubrik"})
    assert client_of.post(path, {**sent, "version": version_on(answer)}).status_code == 303
    published.refresh_from_db()
    assert working_copy(published).title == "Min rubrik"


def test_skills_that_were_chosen_stay_chosen(client_of: Client, draft: Posting, skill: str, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/postings/{draft.pk}/edit/5/"
    read = version_on(client_of.get(path))
    actions.save_step(draft.pk, 5, {"skills": [{"key": skill, "importance": "must"}], "language_level": "B1"}, by=by, at=now)
    sent = {f"skill:{skill}": "out", "language_level": "", "words": "gräva", "version": read}
    answer = client_of.post(path, sent)
    page = answer.content.decode()
    assert list(told(answer).values()) == ["Vattna", "Inte besvarat", "B1: vardagligt samtal"]
    assert 'value="out" checked' in page
    assert 'value="gräva"' in page


def test_the_occupation_that_was_chosen_stays_chosen(client_of: Client, draft: Posting, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/postings/{draft.pk}/edit/3/"
    read = version_on(client_of.get(path))
    actions.save_step(draft.pk, 3, {"title": "Kollegans rubrik"}, by=by, at=now)
    sent = {"title": "Min rubrik", "tasks": "Vattna.", "day": "", "language": "sv", "words": "odlare", "occupation": "none"}
    page = client_of.post(path, {**sent, "version": read}).content.decode()
    assert 'value="none" checked' in page
    assert 'value="odlare"' in page


def test_other_steps_and_a_second_press_are_in_nobodys_way(client_of: Client, draft: Posting, by: ActiveRole, now: datetime) -> None:
    path = f"/sv/employer/postings/{draft.pk}/edit/2/"
    read = version_on(client_of.get(path))
    actions.save_step(draft.pk, 4, {"hours_max": 25}, by=by, at=now)
    sent = {"kind": "job", "leads_to_job": "plan", "version": read}
    assert [client_of.post(path, sent).status_code for _ in range(2)] == [303, 303]


def test_every_step_carries_a_version(client_of: Client, draft: Posting, need: str) -> None:
    for step in ("1", "2", "3", "4", "5", "6", "6/acc", "7"):
        assert version_on(client_of.get(f"/sv/employer/postings/{draft.pk}/edit/{step}/")), step


def test_what_was_typed_while_an_editor_began_to_read_stays_on_the_page(
    client_of: Client, draft: Posting, by: ActiveRole, now: datetime
) -> None:
    address = f"/sv/employer/postings/{draft.pk}/edit/3/"
    actions.submit_posting(draft.pk, by=by, at=now)
    answer = client_of.post(address, {"title": "En ny rubrik", "tasks": draft.tasks, "day": "", "language": "sv", "words": ""})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "En redaktör läser platsen." in page
    assert "En ny rubrik" in page
    draft.refresh_from_db()
    assert draft.title != "En ny rubrik"
