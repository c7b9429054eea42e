"""How the pages look for whoever chose it, whom a jobseeker can call, and who sees what is on a page."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from jobseekers.models import Profile
from tests.factories.employers import EmployerFactory, employer_member
from tests.jobseekers.conftest import People, SignedIn
from tests.portal.test_access import addresses

SETTINGS = "/sv/me/settings/"
SENT = {"language": "sv", "phone": ""}
SHOWN_THEMSELVES = {"today", "my_profile", "my_needs", "who_has_seen"}  # where the advisor stands beside the page already


def look_of(answer: object) -> tuple[str, str]:
    """What the page says to its style sheet: colours, and size of text."""
    page = BeautifulSoup(answer.content, "html.parser")  # type: ignore[attr-defined]
    assert page.html is not None
    assert page.body is not None
    return str(page.html["data-color-scheme"]), str(page.body.get("data-size", ""))


def test_colours_and_size_follow_the_person_to_every_page_and_browser(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    assert look_of(client.get(SETTINGS)) == ("auto", "")
    assert client.post(SETTINGS, SENT | {"colours": "dark", "text_size": "lg"}).status_code == 303
    for path in (SETTINGS, "/sv/me/", "/nb/postings/", "/en/"):
        assert look_of(signed_in(people.seeking).get(path)) == ("dark", "lg"), path
    assert look_of(Client().get("/sv/")) == ("auto", "")
    client.post(SETTINGS, SENT | {"colours": "light", "text_size": "md"})
    assert look_of(client.get(SETTINGS)) == ("light", "")


def test_a_form_without_the_choices_leaves_them_as_they_are(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    client.post(SETTINGS, SENT | {"colours": "dark", "text_size": "lg"})
    client.post(SETTINGS, {"language": "nb", "phone": ""})
    assert look_of(client.get(SETTINGS)) == ("dark", "lg")


def test_other_looks_are_refused(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    answer = client.post(SETTINGS, SENT | {"colours": '"><script>', "text_size": "xl"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"colours", "text_size"}
    assert look_of(client.get(SETTINGS)) == ("auto", "")


def test_staff_keep_their_size_unless_they_chose_another(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.advising)
    assert look_of(client.get("/sv/advisor/")) == ("auto", "sm")
    people.advising.user.text_size = "lg"
    people.advising.user.save()
    assert look_of(client.get("/sv/advisor/")) == ("auto", "lg")


def own_pages() -> dict[str, str]:
    """Every page of a jobseeker whose address holds no id."""
    named = {one.name: path for path, one in addresses()}
    return {name: reverse(name) for name, path in named.items() if re.fullmatch(r"\S*me/[a-z/]*", str(path)) and name}


def helpers_of(client: Client, path: str) -> list[str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [re.sub(r"\s+", " ", one.get_text()).strip() for one in page.select("aside.helper")]


def test_whom_to_call_stands_on_every_page_of_a_jobseeker(people: People, signed_in: SignedIn) -> None:
    client, advisor = signed_in(people.seeking), people.advising.user
    pages = {name: path for name, path in own_pages().items() if client.get(path).status_code == 200}
    assert len(pages) > 10
    for name, path in (*pages.items(), ("postings", "/sv/postings/"), ("help", "/sv/help/privacy/")):
        page = client.get(path).content.decode()
        assert f'href="tel:{advisor.phone.replace(" ", "").replace("-", "")}"' in page.replace("tel:+46", "tel:0"), name
        assert bool(helpers_of(client, path)) == (name not in SHOWN_THEMSELVES), name


def test_without_an_advisor_the_office_is_called(people: People, signed_in: SignedIn) -> None:
    client = signed_in(people.seeking)
    Profile.objects.update(advisor=None)
    assert helpers_of(client, SETTINGS) == ["Du har ingen handläggare just nu. Prata med oss"]
    agency = people.profile.team.agency
    agency.phone = "033-17 40 09"
    agency.save()
    assert helpers_of(client, SETTINGS) == [f"Du har ingen handläggare just nu. Ring {agency.name}: 033-17 40 09"]
    for name in SHOWN_THEMSELVES:
        assert "033-17 40 09" in client.get(reverse(name)).content.decode(), name


def test_nobody_else_has_the_line(people: People, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(people.advising), signed_in(people.coordinating), signed_in(employer_member(EmployerFactory()))):
        assert helpers_of(client, "/sv/postings/") == []


@pytest.mark.parametrize("name", ["my_profile", "my_needs", "my_data", "my_suggestions", "my_consents", "my_interests"])
def test_a_page_says_that_the_team_can_read(people: People, signed_in: SignedIn, name: str) -> None:
    page = signed_in(people.seeking).get(reverse(name)).content.decode()
    assert "Du, din handläggare och handläggarens team ser det här." in page
    assert "Bara du och din handläggare" not in page
