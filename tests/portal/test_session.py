"""How long a session lasts, what a page left open is told about it, and that asking prolongs nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership
from portal.keeping import mark_of
from portal.models import Draft
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role
from tests.portal.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ASK = "/sv/session/"
SOON, SAVED, STAY = "Du loggas snart ut för säkerhets skull.", "Det du har skrivit är sparat.", "Stanna kvar"
OVER, STILL = "Du har loggats ut för säkerhets skull.", "Du är fortfarande inloggad."
MINUTES = {"jobseeker": 60, "employer": 60, "advisor": 30, "coordinator": 30, "editor": 30}


def member(kind: str) -> Membership:
    if kind == "jobseeker":
        return jobseeker_role(ProfileFactory())
    return employer_member(EmployerFactory()) if kind == "employer" else MembershipFactory(**{kind: True})


def ask(client: Client, who: Membership, page: str = "/sv/", *, stay: bool = False, **words: str) -> str:
    """What htmx gets: it says which page it is on, and the page says whose it is."""
    told: dict[str, Any] = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}", "Session-Of": mark_of(who.user_id)}
    method = client.post if stay or words else client.get
    answer = method(f"{ASK}?stay=1" if stay else ASK, words, headers=told)
    assert answer.status_code == 200
    return answer.content.decode()


def delay(piece: str) -> int:
    found = re.search(r'hx-trigger="load delay:(\d+)s"', piece)
    assert found, piece
    return int(found[1])


def ends() -> Any:
    return Session.objects.get().expire_date


@pytest.mark.parametrize("kind", MINUTES)
def test_two_minutes_before_the_end_there_is_a_bar_with_one_button(signed_in: SignIn, frozen: time_machine.Traveller, kind: str) -> None:
    who = member(kind)
    client = signed_in(who)
    page = client.get("/sv/").content.decode()
    assert delay(page) == (MINUTES[kind] - 2) * 60
    assert "session-bar" not in page
    frozen.shift(delay(page))
    soon = ask(client, who)
    assert SOON in soon
    assert SAVED not in soon
    assert soon.count("<button") == 1
    assert STAY in soon
    assert 'role="alert"' in soon
    frozen.shift(60)
    assert STILL in ask(client, who, stay=True)
    assert ends() == timezone.now() + timedelta(minutes=MINUTES[kind])


def test_asking_prolongs_nothing(signed_in: SignIn, frozen: time_machine.Traveller) -> None:
    who = member("jobseeker")
    client = signed_in(who)
    client.get("/sv/me/")
    before = ends()
    for minutes in (10, 30, 18.5):
        frozen.shift(minutes * 60)
        ask(client, who)
        ask(client, who, "/sv/me/profile/words/", words="Jag tycker om växter")
        assert ends() == before
    frozen.shift(91)
    over = ask(client, who, "/sv/me/profile/words/")
    assert OVER in over
    assert 'href="/sv/account/sign-in/?next=/sv/me/profile/words/"' in over
    assert "hx-trigger" not in over
    assert client.get("/sv/me/").status_code == 302


def test_another_tab_has_prolonged_it(signed_in: SignIn, frozen: time_machine.Traveller) -> None:
    who = member("advisor")
    client = signed_in(who)
    client.get("/sv/advisor/")
    frozen.shift(20 * 60)
    client.get("/sv/advisor/people/")
    frozen.shift(8 * 60)
    piece = ask(client, who)
    assert SOON not in piece
    assert delay(piece) == 20 * 60


def test_a_borrowed_computer_has_twenty_minutes(client: Client) -> None:
    who = member("jobseeker")
    who.user.emailaddress_set.create(email=who.user.email, verified=True, primary=True)  # type: ignore[attr-defined] # allauth's
    client.post("/sv/account/sign-in/", {"login": who.user.email, "password": PASSWORD, "shared": "1"})
    assert delay(client.get("/sv/me/").content.decode()) == 18 * 60


def test_an_open_page_of_the_admin_is_nobody_at_work(signed_in: SignIn, frozen: time_machine.Traveller) -> None:
    client = signed_in(member("editor"))
    client.get("/sv/")
    before = ends()
    frozen.shift(600)
    client.post("/cms/editing-sessions/release/1/")
    assert ends() == before


def test_visitors_have_no_bar_and_a_person_at_the_keyboard_gets_no_piece(client: Client, signed_in: SignIn) -> None:
    assert 'id="session"' not in client.get("/sv/").content.decode()
    assert client.get(ASK).status_code == 404
    assert client.post(ASK, {"words": "x"}).status_code == 404
    assert signed_in(member("employer")).get(ASK).status_code == 404


def test_what_is_written_is_kept_with_the_question_and_after_the_end(signed_in: SignIn, frozen: time_machine.Traveller) -> None:
    who = member("jobseeker")
    client = signed_in(who)
    page = "/sv/me/profile/words/"
    client.get(page)
    frozen.shift(58 * 60)
    assert SAVED in ask(client, who, page, words="Jag tycker om växter", csrfmiddlewaretoken="x")
    assert Draft.objects.get().words == {"words": ["Jag tycker om växter"]}
    frozen.shift(121)
    over = ask(client, who, page, words="Jag tycker om växter och djur")
    assert OVER in over
    assert SAVED in over
    assert Draft.objects.get().words == {"words": ["Jag tycker om växter och djur"]}


def test_only_a_page_in_which_something_was_typed_sends_words(signed_in: SignIn) -> None:
    who = member("jobseeker")
    client = signed_in(who)
    page = client.get("/sv/me/profile/words/").content.decode()
    assert 'hx-get="/sv/session/?written=1" data-hx-trigger="input from:main once"' in page
    assert "hx-include" not in page
    told = {"HX-Request": "true", "HX-Current-URL": "http://testserver/sv/me/", "Session-Of": mark_of(who.user_id)}
    touched = client.get(f"{ASK}?written=1", headers=told).content.decode()
    assert f'hx-post="{ASK}" data-hx-include="main form[method=post] ' in touched
    assert "input from:main" not in touched


def test_pages_with_passwords_and_the_admin_send_nothing(signed_in: SignIn) -> None:
    client = signed_in(UserFactory())
    assert "input from:main" not in client.get("/sv/account/password/").content.decode()


def test_a_page_left_open_by_somebody_else_keeps_nothing_for_me(signed_in: SignIn, frozen: time_machine.Traveller) -> None:
    before, now_here = member("jobseeker"), member("jobseeker")
    client = signed_in(before)
    client.get("/sv/me/")
    signed_in(now_here, client)
    client.get("/sv/me/")
    assert OVER in ask(client, before, "/sv/me/profile/words/", words="Den förras ord")
    assert OVER in ask(client, before, stay=True)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "page", ["http://[", "http://testserver/\x00", "http://testserver/%00/", "http://testserver/å/", "?", "//", "/sv/me/"]
)
def test_addresses_that_no_browser_sends(signed_in: SignIn, frozen: time_machine.Traveller, page: str) -> None:
    who = member("jobseeker")
    client = signed_in(who)
    told = {"HX-Request": "true", "HX-Current-URL": page, "Session-Of": mark_of(who.user_id)}
    assert client.post(ASK, {"words": "x"}, headers=told).status_code == 200
    assert client.post("/sv/draft/throw-away/", {"next": page}, headers={"Referer": page}).status_code == 302
    frozen.shift(3601)
    assert client.post("/sv/me/settings/", {"phone": "x"}, headers={"Referer": page}).url.endswith("next=/sv/me/settings/")  # type: ignore[attr-defined]
    assert Draft.objects.get().path == "/me/settings/"


def test_the_cookies_end_with_the_browser(signed_in: SignIn, settings: Settings) -> None:
    client = signed_in(member("employer"))
    client.get("/sv/employer/")
    for name in (settings.SESSION_COOKIE_NAME, settings.WRITER_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax"), name


def test_after_a_new_sign_in_the_role_is_chosen_and_the_page_comes_back(signed_in: SignIn) -> None:
    who = member("employer")
    advising = MembershipFactory(advisor=True, user=who.user)
    client = signed_in(who)
    asked = client.get("/sv/advisor/people/")
    assert asked.url == "/sv/account/role/?next=%2Fsv%2Fadvisor%2Fpeople%2F"  # type: ignore[attr-defined] # a redirect
    wrong = client.post(asked.url, {"membership": who.pk})  # type: ignore[attr-defined] # a redirect
    assert wrong.url == "/sv/employer/"  # type: ignore[attr-defined] # a redirect
    right = client.post("/sv/account/role/?next=/sv/advisor/people/", {"membership": advising.pk})
    assert right.url == "/sv/advisor/people/"  # type: ignore[attr-defined] # a redirect
    away = client.post("/sv/account/role/?next=https://evil.example/sv/advisor/people/", {"membership": advising.pk})
    assert away.url == "/sv/advisor/"  # type: ignore[attr-defined] # a redirect


def test_a_piece_that_needs_signing_in_opens_the_whole_page(client: Client) -> None:
    told = {"HX-Request": "true", "HX-Current-URL": "http://testserver/sv/me/needs/"}
    answer = client.get("/sv/me/", headers=told)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/sv/account/sign-in/?next=/sv/me/needs/")
