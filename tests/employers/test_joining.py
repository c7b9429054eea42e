"""Joining when something is there already: a role of the account, or an employer that was imported and has nobody."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from audit.models import Event
from employers import actions
from employers.models import Employer, JoinRequest
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member, organisation_number

pytestmark = pytest.mark.django_db
SignIn = Callable[[Membership], Client]
ALREADY = "Det här kontot företräder redan en arbetsgivare."
ASKING = "/sv/editor/join-requests/"
YOU = {"first_name": "Åsa", "last_name": "Ek", "phone": "033-17 40 01", "right": "on"}


def organisation(employer: Employer) -> dict[str, str]:
    return {"country": "SE", "number": employer.number, "name": employer.name, "street": "", "city": "Borås"}


def test_an_account_that_acts_in_another_role_is_told_that_it_has_an_employer(client: Client) -> None:
    held = employer_member(EmployerFactory())
    other = MembershipFactory(user=held.user, kind="jobseeker")
    client.force_login(held.user)
    client.post(reverse("choose_role"), {"membership": other.pk})
    answer = client.get(reverse("employer_register"), follow=True)
    assert answer.redirect_chain == [(reverse("choose_role"), 302)]
    assert ALREADY in answer.content.decode()


def test_who_became_a_member_meanwhile_is_told_on_the_last_page(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    new = EmployerFactory.build(number=organisation_number(4711))
    client.post(reverse("employer_register"), organisation(new))
    assert client.post(reverse("employer_register_you"), YOU).status_code == 303
    held = employer_member(EmployerFactory(), user=user)
    answer = client.post(reverse("employer_register_check"), follow=True)
    assert ALREADY in answer.content.decode()
    assert list(Membership.objects.filter(user=user)) == [held]
    assert not Employer.objects.filter(number=new.number).exists()


@pytest.fixture
def asked(now: datetime, editor: Membership) -> JoinRequest:
    """For an employer that an import has made."""
    imported, user = EmployerFactory(source="jobtech", name="Hämtad AB"), UserFactory()
    given = {"country": imported.country, "number": imported.number, "name": "", "city": ""}
    assert actions.register(**given, user=user, at=now) is None
    return JoinRequest.objects.get()


def test_for_an_employer_that_nobody_answers_for_the_editors_are_asked(asked: JoinRequest, editor: Membership, signed_in: SignIn) -> None:
    assert Letter.objects.get(kind="join_question").reader_id == editor.user_id
    client = signed_in(editor)
    assert ASKING in client.get("/cms/").content.decode()
    page = client.get(ASKING).content.decode()
    assert "Hämtad AB" in page
    assert asked.user.email in page
    assert client.post(ASKING, {"asking": str(asked.pk), "welcome": "1"}).status_code == 303
    made = Membership.objects.get(user=asked.user)
    assert (made.employer_id, made.manages) == (asked.employer_id, True)
    assert Event.objects.filter(what="join_answered", after="welcome", role="editor").count() == 1
    assert client.post(ASKING, {"asking": str(asked.pk), "welcome": "1"}).status_code == 404


def test_a_no_of_the_editors_makes_nobody_a_member(asked: JoinRequest, editor: Membership, signed_in: SignIn) -> None:
    client = signed_in(editor)
    client.post(ASKING, {"asking": str(asked.pk), "no": "1"})
    assert not Membership.objects.filter(user=asked.user).exists()
    assert "Hämtad AB" not in client.get(ASKING).content.decode()


def test_where_a_manager_answers_the_editors_do_not(now: datetime, editor: Membership, signed_in: SignIn) -> None:
    held = employer_member(EmployerFactory(), manages=True)
    place = Employer.objects.get(pk=held.employer_id)
    actions.register(country="SE", number=place.number, name="", city="", user=UserFactory(), at=now)
    asked = JoinRequest.objects.get()
    assert Letter.objects.get(kind="join_question").reader_id == held.user_id
    assert place.name not in signed_in(editor).get(ASKING).content.decode()
    assert signed_in(editor).post(ASKING, {"asking": str(asked.pk), "welcome": "1"}).status_code == 404
    assert signed_in(held).get(ASKING).status_code == 403
