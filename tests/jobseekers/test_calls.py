"""Getting an advisor: anyone leaves a name and a number, the office calls, and what was left is gone."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Event
from jobseekers import actions
from jobseekers.models import CallRequest
from jobseekers.states import NotThere
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, role_of
from tests.jobseekers.conftest import People, SignedIn


def _sent(people: People, **other: str) -> dict[str, str]:
    return {"name": "Åsa Ek", "phone": "070-174 06 05", "team": str(people.advising.team_id), "language": "sv", **other}


def test_anyone_asks_without_an_account_or_a_cookie(people: People, client: Client) -> None:
    answer = client.post(reverse("help_advisor"), _sent(people), follow=True)
    assert "ringer dig inom två arbetsdagar" in answer.content.decode()
    assert client.cookies.output() == ""
    made = CallRequest.objects.get()
    assert made.sealed == {"name": "Åsa Ek", "phone": "070-174 06 05", "language": "sv"}
    assert Letter.objects.get(kind="call_asked").reader_id == people.coordinating.user_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM jobseekers_callrequest")
        assert b"070" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"phone": "ring"}, {"team": ""}, {"team": "x"}, {"language": "xx"}, {"name": "19900101-1234 Åsa"}]
)
def test_what_cannot_be_gets_a_sentence_and_stays(people: People, client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(reverse("help_advisor"), _sent(people, **wrong))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == set(wrong)
    assert not CallRequest.objects.exists()


def test_case_70_the_sixth_request_in_an_hour_waits(people: People, client: Client) -> None:
    cache.clear()
    statuses = [client.post(reverse("help_advisor"), _sent(people)).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert CallRequest.objects.count() == 5


def test_the_office_sees_it_calls_and_forgets(people: People, signed_in: SignedIn, client: Client) -> None:
    client.post(reverse("help_advisor"), _sent(people))
    made, office = CallRequest.objects.get(), signed_in(people.coordinating)
    assert "070-174 06 05" in office.get(reverse("waiting_list")).content.decode()
    office.post(reverse("note_call", args=[made.pk]))
    made.refresh_from_db()
    assert made.sealed is None
    assert "070-174 06 05" not in office.get(reverse("waiting_list")).content.decode()
    assert Event.objects.filter(what="call_made").count() == 1
    assert office.post(reverse("note_call", args=[made.pk])).status_code == 404


def test_case_2_another_office_sees_nothing(people: People, signed_in: SignedIn, client: Client, now: datetime) -> None:
    client.post(reverse("help_advisor"), _sent(people))
    other = MembershipFactory(coordinator=True)
    assert "070-174 06 05" not in signed_in(other).get(reverse("waiting_list")).content.decode()
    for role in (role_of(other), people.advisor, people.person):
        with pytest.raises(NotThere):
            actions.note_call(CallRequest.objects.get().pk, by=role, at=now)
    with pytest.raises(NotThere):
        actions.ask_to_be_called(uuid4(), name="Åsa", phone="070", language="sv", at=now)


@pytest.mark.parametrize("page", ["help_advisor", "help_contact"])
def test_only_an_office_with_a_coordinator_is_offered(people: People, client: Client, now: datetime, page: str) -> None:
    empty = MembershipFactory(advisor=True).team
    assert [str(pk) for pk, _name in client.get(reverse(page)).context["form"].fields["team"].choices][1:] == [str(people.advising.team_id)]
    answer = client.post(reverse(page), _sent(people, team=str(empty.pk)))
    assert answer.context["form"].errors.keys() == {"team"}
    people.coordinating.until = now
    people.coordinating.save()
    with pytest.raises(NotThere):
        actions.ask_to_be_called(people.advising.team_id, name="Åsa", phone="070", language="sv", at=now)


def test_the_contact_page_has_the_same_form(people: People, client: Client) -> None:
    answer = client.post(reverse("help_contact"), _sent(people), follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('help_contact')}?sent=1"
    assert "ringer dig inom två arbetsdagar" in answer.content.decode()
    assert CallRequest.objects.get().sealed["name"] == "Åsa Ek"
