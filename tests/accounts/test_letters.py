"""Which letters come: one page for every role, and what is turned off there is not sent."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Membership, User
from audit.models import Event
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.employers import EmployerFactory, employer_member
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

pytestmark = pytest.mark.django_db
Somebody = Callable[[], User]
ROLES: dict[str, tuple[Somebody, bool]] = {
    "no role": (UserFactory, True),
    "jobseeker": (lambda: jobseeker_role(ProfileFactory()).user, True),
    "employer": (lambda: employer_member(EmployerFactory()).user, False),
    "advisor": (lambda: MembershipFactory(advisor=True).user, False),
    "coordinator": (lambda: MembershipFactory(coordinator=True).user, False),
    "editor": (lambda: MembershipFactory(editor=True).user, False),
}
HEADINGS = {"sv": "Vilka brev du får", "nb": "Hvilke brev du får", "en": "Which letters you get"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_the_page_in_every_language(role: str, language: str) -> None:
    make, reminded = ROLES[role]
    page = signed_in(make()).get(f"/{language}/account/letters/").content.decode()
    assert f"<h1>{HEADINGS[language]}</h1>" in page
    assert ('value="reminders"' in page) is reminded
    assert page.count(" checked") == 1 + reminded


@pytest.mark.parametrize(
    ("role", "begins"),
    [("jobseeker", "me/settings/"), ("employer", "employer/settings/"), ("advisor", "account/role/"), ("coordinator", "account/role/")],
)
def test_a_page_of_each_role_leads_there_and_back(role: str, begins: str) -> None:
    client = signed_in(ROLES[role][0]())
    page = client.get(f"/sv/{begins}").content.decode()
    assert 'href="/sv/account/letters/"' in page or 'name="wanted"' in page
    assert f'href="/sv/{begins}"' in client.get("/sv/account/letters/").content.decode()


def post(reader: User, kind: str, now: datetime) -> str:
    outbox.post(kind, reader_id=reader.pk, at=now)
    letter = Letter.objects.get(reader=reader, done_at=None)
    outbox.send(str(letter.pk), at=now)
    letter.refresh_from_db()
    return letter.outcome


def test_what_is_turned_off_is_not_sent_and_what_is_on_again_is(now: datetime) -> None:
    user = jobseeker_role(ProfileFactory()).user
    client = signed_in(user)
    answer = client.post("/sv/account/letters/", {"wanted": ["reminders"]}, follow=True)
    assert "Sparat. Det gäller alla brev" in answer.content.decode()
    assert post(user, "something_new", now) == "dropped"
    assert post(user, "answered_for_you", now) == "sent"
    client.post("/sv/account/letters/", {"wanted": ["news", "reminders"]})
    assert post(user, "something_new", now) == "sent"
    assert len(mail.outbox) == 2
    events = Event.objects.filter(what="letters_chosen").order_by("pk").values_list("before", "after", "actor_id")
    assert list(events) == [("", "news", user.pk), ("news", "", user.pk)]


def test_the_employers_settings_hold_the_same(now: datetime) -> None:
    member: Membership = employer_member(EmployerFactory())
    User.objects.filter(pk=member.user_id).update(quiet=["reminders"])
    client = signed_in(member.user)
    assert 'href="/sv/employer/settings/"' in client.get("/sv/employer/").content.decode()
    assert client.post("/sv/employer/settings/", {}).status_code == 303
    assert User.objects.get(pk=member.user_id).quiet == ["news", "reminders"]  # what the form does not show stays


def test_nonsense_is_answered_with_a_sentence() -> None:
    user = UserFactory()
    page = signed_in(user).post("/sv/account/letters/", {"wanted": ["everything"]}).content.decode()
    assert "Välj bland svaren" in page
    assert User.objects.get(pk=user.pk).quiet == []
