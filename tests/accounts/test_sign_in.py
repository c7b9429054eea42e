"""Signing in through the front door: password, code by mail, borrowed computer, and what the log keeps."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.actions import add_staff, end_role
from accounts.models import RoleKind, User
from audit.models import Event
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member

pytestmark = pytest.mark.django_db
SIGN_IN = "/sv/account/sign-in/"


@pytest.fixture
def person() -> User:
    """Somebody with a confirmed address and no role."""
    return known(UserFactory(email="anna@example.org"))


def known(user: User) -> User:
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined] # allauth's, untyped
    return user


def sign_in(client: Client, user: User, **more: str) -> str:
    """The address that the sign-in leads to, at its end."""
    answer = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.url)


def test_password_leads_to_the_page_of_the_role(client: Client) -> None:
    member = employer_member(EmployerFactory())
    known(member.user)
    assert sign_in(client, member.user) == "/sv/?signed_in=1"
    assert client.get("/sv/?signed_in=1").url == "/sv/employer/"  # type: ignore[attr-defined] # a redirect


def test_without_a_role_the_choice_comes_first(client: Client, person: User) -> None:
    sign_in(client, person)
    assert client.get("/sv/?signed_in=1").url == "/sv/account/role/"  # type: ignore[attr-defined] # a redirect


def test_a_page_that_asked_for_sign_in_comes_back(client: Client, person: User) -> None:
    assert client.get("/sv/account/role/").url == f"{SIGN_IN}?next=/sv/account/role/"  # type: ignore[attr-defined] # a redirect
    assert sign_in(client, person, next="/sv/account/role/") == "/sv/account/role/"


def test_a_code_by_mail_comes_back_too(client: Client, person: User) -> None:
    page = client.get(f"{SIGN_IN}?next=/sv/account/role/").content.decode()
    assert f'href="{SIGN_IN}code/?next=%2Fsv%2Faccount%2Frole%2F"' in page
    asked = client.post(f"{SIGN_IN}code/?next=/sv/account/role/", {"email": person.email})
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert found
    typed = client.get(asked.url).content.decode()  # type: ignore[attr-defined] # a redirect
    assert '<input type="hidden" name="next" value="/sv/account/role/">' in typed
    given = client.post("/sv/account/code/", {"code": found.group(), "next": "/sv/account/role/"})
    assert given.url == "/sv/account/role/"  # type: ignore[attr-defined] # a redirect


def test_case_75_next_never_leads_to_another_site(client: Client, person: User) -> None:
    assert sign_in(client, person, next="https://evil.example/") == "/sv/?signed_in=1"


def test_a_code_by_mail_signs_in(client: Client, person: User) -> None:
    asked = client.post(f"{SIGN_IN}code/", {"email": person.email})
    assert asked.url == "/sv/account/code/"  # type: ignore[attr-defined] # a redirect
    letter = mail.outbox[0]
    assert letter.subject == "Din kod"
    found = re.search(r"^[A-Z0-9-]{6,}$", letter.body, re.MULTILINE)
    assert found
    assert client.get("/sv/account/code/").status_code == 200
    assert client.post("/sv/account/code/", {"code": found.group()}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_case_71_known_and_unknown_addresses_are_answered_alike(client: Client, person: User) -> None:
    answers = []
    for address in (person.email, "nobody@example.org"):
        visitor = Client()
        wrong = visitor.post(SIGN_IN, {"login": address, "password": "not the password at all"})
        code = visitor.post(f"{SIGN_IN}code/", {"email": address}, follow=True)
        reset = visitor.post("/sv/account/password/reset/", {"email": address}, follow=True)
        answers.append([clean(one.content.decode(), address) for one in (wrong, code, reset)])
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 4


def clean(page: str, address: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(address, "ADDRESS"))


def test_case_71_signing_up_with_a_known_address_looks_the_same(client: Client, person: User) -> None:
    answers = []
    for address in (person.email, "new@example.org"):
        visitor = Client()
        answer = visitor.post("/sv/account/sign-up/", {"email": address, "password1": "four quiet words together"}, follow=True)
        answers.append((answer.redirect_chain, clean(answer.content.decode(), address)))
    assert answers[0] == answers[1]
    assert User.objects.filter(email="new@example.org", language="sv").exists()


def test_a_password_has_fifteen_signs(client: Client) -> None:
    answer = client.post("/sv/account/sign-up/", {"email": "new@example.org", "password1": "fourteen-signs"})
    assert answer.status_code == 200
    assert "15" in str(answer.context["form"].errors["password1"])
    assert not User.objects.filter(email="new@example.org").exists()


def test_case_70_the_sixth_try_at_one_account_waits(client: Client, person: User) -> None:
    for _ in range(6):
        answer = client.post(SIGN_IN, {"login": person.email, "password": "not the password at all"})
    assert "Vänta fem minuter" in answer.content.decode()
    other = known(UserFactory())
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), other)


def test_success_and_failure_are_logged_without_the_name_that_was_tried(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email, "password": "not the password at all"})
    failed = Event.objects.get(what="sign_in_failed")
    assert (failed.actor_id, failed.subject_id) == (None, "")
    assert person.email not in str(Event.objects.filter(pk=failed.pk).values())
    sign_in(client, person)
    assert Event.objects.get(what="signed_in").actor_id == person.pk


def test_a_borrowed_computer_is_signed_out_after_twenty_minutes(client: Client, person: User) -> None:
    sign_in(client, person, shared="1")
    client.get("/sv/account/role/")
    assert client.session.get_expiry_age() == 20 * 60


def test_staff_are_signed_out_after_thirty_minutes(client: Client) -> None:
    member = MembershipFactory(advisor=True)
    known(member.user)
    sign_in(client, member.user)
    client.get("/sv/account/role/")
    assert client.session.get_expiry_age() == 30 * 60


def test_signing_out_is_a_post_and_says_so(client: Client, person: User) -> None:
    sign_in(client, person)
    assert client.get("/sv/account/sign-out/").status_code == 200
    assert client.post("/sv/account/sign-out/").url == "/sv/account/signed-out/"  # type: ignore[attr-defined] # a redirect
    assert "_auth_user_id" not in client.session
    assert "lånad dator" in client.get("/sv/account/signed-out/").content.decode()


def test_quick_exit_ends_the_session_and_leads_away(client: Client, person: User) -> None:
    sign_in(client, person)
    answer = client.post("/sv/leave/")
    assert answer.headers["Clear-Site-Data"]
    assert "_auth_user_id" not in client.session
    assert b"Ing" not in client.get(answer.url).content  # type: ignore[attr-defined] # a redirect


def test_case_72_ending_a_role_ends_the_sessions_of_the_account(client: Client) -> None:
    member = MembershipFactory(advisor=True)
    known(member.user)
    sign_in(client, member.user)
    end_role(member, by=None, at=timezone.now())
    assert client.get("/sv/account/role/").status_code == 302


def test_case_72_a_new_session_key_after_signing_in(client: Client, person: User) -> None:
    client.post(SIGN_IN, {"login": person.email, "password": "not the password at all"})
    before = client.session.session_key
    sign_in(client, person)
    assert client.session.session_key != before


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_open_page_of_signing_in_is_ours(client: Client, language: str) -> None:
    for page in ("sign-in/", "sign-in/code/", "sign-up/", "password/reset/", "password/reset/done/", "inactive/", "help/", "signed-out/"):
        answer = client.get(f"/{language}/account/{page}")
        assert answer.status_code == 200, page
        assert b'class="site-footer"' in answer.content, page


def test_every_page_of_an_account_is_ours(client: Client, person: User) -> None:
    sign_in(client, person)
    for page in ("role/", "address/", "password/", "again/", "factors/", "factors/app/"):
        answer = client.get(f"/sv/account/{page}")
        assert answer.status_code == 200, page
        assert b'class="site-footer"' in answer.content, page


def test_a_new_password_by_code(client: Client, person: User) -> None:
    client.post("/sv/account/password/reset/", {"email": person.email})
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert found
    client.post("/sv/account/password/reset/code/", {"code": found.group()})
    chosen = {"password1": "another long enough password", "password2": "another long enough password"}
    assert client.post("/sv/account/password/reset/new/", chosen).status_code == 302
    person.refresh_from_db()
    assert person.check_password("another long enough password")


def test_a_code_is_refused_after_a_quarter_of_an_hour(client: Client, person: User) -> None:
    client.post(f"{SIGN_IN}code/", {"email": person.email})
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert found
    later: datetime = timezone.now() + timedelta(minutes=16)
    with time_machine.travel(later):
        client.post("/sv/account/code/", {"code": found.group()})
    assert "_auth_user_id" not in client.session


def code_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"^[A-Z0-9-]{6,}$", str(letter.body), re.MULTILINE)
    assert found
    return found.group()


def by_code(email: str) -> Client:
    """A browser of the owner of the mailbox, signed in with one code."""
    owner = Client()
    owner.post(f"{SIGN_IN}code/", {"email": email})
    given = owner.post("/sv/account/code/", {"code": code_in(mail.outbox[-1])})
    assert "confirm-address" not in given.url  # type: ignore[attr-defined] # a redirect
    assert owner.session["_auth_user_id"]
    return owner


def test_case_72_an_account_that_somebody_prepared_is_its_owners(client: Client) -> None:
    """A stranger signs up with the address and waits. The owner comes by code: from then on only the owner comes in."""
    stranger, password = client, "four quiet words together"
    stranger.post("/sv/account/sign-up/", {"email": "elin@example.org", "password1": password})
    owner = by_code("elin@example.org")
    assert not User.objects.get(email="elin@example.org").has_usable_password()
    assert Event.objects.filter(what="password_removed").count() == 1
    stranger.get("/sv/account/confirm-address/")
    stranger.post("/sv/account/confirm-address/", {"code": "AAAAAA"})
    for browser in (stranger, Client()):
        browser.post(SIGN_IN, {"login": "elin@example.org", "password": password})
        assert "_auth_user_id" not in browser.session
        assert browser.get("/sv/account/role/").status_code == 302
    assert owner.get("/sv/account/role/").status_code == 200


def test_case_72_whoever_signs_up_and_brings_the_code_keeps_the_password(client: Client) -> None:
    client.post("/sv/account/sign-up/", {"email": "elin@example.org", "password1": "four quiet words together"})
    client.post("/sv/account/confirm-address/", {"code": code_in(mail.outbox[-1])})
    assert client.session["_auth_user_id"]
    assert User.objects.get(email="elin@example.org").has_usable_password()


def test_an_account_made_for_somebody_opens_with_one_code() -> None:
    team = MembershipFactory(advisor=True).team
    add_staff(email="Ny@example.org", kind=RoleKind.ADVISOR, team=team, at=timezone.now(), by=None)
    by_code("ny@example.org")
    assert [letter.subject for letter in mail.outbox] == ["Din kod"]
