"""Staff need a second factor, and there is no way around it."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.actions import end_role, grant_role
from accounts.models import Membership, RoleKind, User
from tests.accounts.codes import code_of
from tests.factories.accounts import LONG_AGO, PASSWORD, MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member

pytestmark = pytest.mark.django_db
SIGN_IN = "/sv/account/sign-in/"


@pytest.fixture(autouse=True)
def _required(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


def known(user: User) -> User:
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined] # allauth's, untyped
    return user


@pytest.fixture
def advisor() -> Membership:
    member = MembershipFactory(advisor=True)
    known(member.user)
    return member


@pytest.fixture
def editor() -> Membership:
    return grant_role(Membership(user=known(UserFactory()), kind=RoleKind.EDITOR, since=LONG_AGO), by=None, at=LONG_AGO)


def password(client: Client, member: Membership) -> Any:
    return client.post(SIGN_IN, {"login": member.user.email, "password": PASSWORD})


def with_app(member: Membership) -> str:
    """An account that has connected an app; returns the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(member.user, secret)
    return secret


def sign_in(client: Client, member: Membership, secret: str) -> None:
    password(client, member)
    assert client.post("/sv/account/factors/show/", {"code": code_of(secret)}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_staff_without_an_app_are_led_to_connect_one(client: Client, advisor: Membership) -> None:
    password(client, advisor)
    asked = client.get("/sv/advisor/")
    assert asked.url == "/sv/account/factors/app/?next=%2Fsv%2Fadvisor%2F"  # type: ignore[attr-defined] # a redirect
    page = client.get("/sv/account/factors/app/")
    found = re.search(r"<strong>([A-Z2-7]+)</strong>", page.content.decode())
    assert found
    connected = client.post("/sv/account/factors/app/", {"code": code_of(found.group(1))})
    assert connected.url == "/sv/account/factors/spare/"  # type: ignore[attr-defined] # a redirect
    assert client.get("/sv/account/factors/spare/").status_code == 200
    assert client.get("/sv/advisor/").status_code == 200


def test_the_code_is_asked_for_before_the_session_begins(client: Client, advisor: Membership) -> None:
    secret = with_app(advisor)
    assert password(client, advisor).url == "/sv/account/factors/show/"
    assert "_auth_user_id" not in client.session
    assert client.get("/sv/advisor/").status_code == 302
    assert client.get("/sv/account/factors/show/").status_code == 200
    assert client.post("/sv/account/factors/show/", {"code": "000000"}).status_code == 200
    assert client.post("/sv/account/factors/show/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/sv/advisor/").status_code == 200


def test_the_code_leads_back_to_the_page_that_was_asked_for(client: Client, advisor: Membership) -> None:
    secret = with_app(advisor)
    client.post(SIGN_IN, {"login": advisor.user.email, "password": PASSWORD, "next": "/sv/advisor/people/"})
    shown = client.post("/sv/account/factors/show/", {"code": code_of(secret)})
    assert shown.url == "/sv/advisor/people/"  # type: ignore[attr-defined] # a redirect


def test_case_73_a_code_works_once(client: Client, advisor: Membership) -> None:
    secret = with_app(advisor)
    sign_in(client, advisor, secret)
    thief = Client()
    password(thief, advisor)
    assert thief.post("/sv/account/factors/show/", {"code": code_of(secret)}).status_code == 200
    assert "_auth_user_id" not in thief.session


def test_case_73_a_session_that_never_showed_a_code_is_not_let_in(client: Client, advisor: Membership) -> None:
    """As after an enrolment on another computer: this session has only a password."""
    password(client, advisor)
    secret = with_app(advisor)
    asked = client.get("/sv/advisor/")
    assert asked.url == "/sv/account/factors/again/?next=%2Fsv%2Fadvisor%2F"  # type: ignore[attr-defined] # a redirect
    shown = client.post("/sv/account/factors/again/?next=/sv/advisor/", {"code": code_of(secret)})
    assert shown.url == "/sv/advisor/"  # type: ignore[attr-defined] # a redirect
    assert client.get("/sv/advisor/").status_code == 200


def test_others_may_go_without(client: Client) -> None:
    member = employer_member(EmployerFactory())
    known(member.user)
    password(client, member)
    assert client.get("/sv/employer/").status_code == 200


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/", "/cms/password_reset/"])
def test_the_own_doors_of_wagtail_lead_to_ours(client: Client, editor: Membership, door: str) -> None:
    for answer in (client.get(door), client.post(door, {"username": editor.user.email, "password": PASSWORD})):
        assert answer.url.endswith("/account/sign-in/")  # type: ignore[attr-defined] # a redirect
    assert "_auth_user_id" not in client.session


def test_the_admin_asks_for_sign_in_role_and_second_factor(client: Client, editor: Membership, advisor: Membership) -> None:
    assert "/account/sign-in/" in client.get("/cms/").url  # type: ignore[attr-defined] # a redirect
    password(client, editor)
    assert "/account/factors/app/" in client.get("/cms/").url  # type: ignore[attr-defined] # a redirect
    secret = with_app(editor)
    other = Client()
    sign_in(other, editor, secret)
    assert other.get("/cms/").status_code == 200
    wrong = Client()
    cache.clear()
    sign_in(wrong, advisor, with_app(advisor))
    assert wrong.get("/cms/").status_code == 403


def test_permissions_alone_do_not_open_the_admin(client: Client) -> None:
    """A superuser without an editor's role is nobody here."""
    client.force_login(UserFactory(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cms/").url == "/sv/account/role/?next=%2Fcms%2F"  # type: ignore[attr-defined] # a redirect


def test_a_granted_editor_may_review_until_the_role_ends(editor: Membership) -> None:
    assert editor.user.has_perm("wagtailadmin.access_admin")
    end_role(editor, by=None, at=LONG_AGO)
    assert not User.objects.get(pk=editor.user_id).has_perm("wagtailadmin.access_admin")
