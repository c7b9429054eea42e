"""Taking part in a programme: asked by the person or for them, taken and answered by the team that holds it, told, copied, deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from audit.models import Event, Read
from content.actions import translate
from content.models import ProgrammePage
from jobseekers import actions
from jobseekers.models import Profile, ProgrammeRequest
from jobseekers.states import NotThere, Refused
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.content import write
from tests.factories.jobseekers import ProfileFactory, jobseeker_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TITLE = "Navigatorcentrum"
ENROL = "/sv/programmes/navigator/enrol/"
ASKED = {"language": "sv", "reach": "phone"}


@dataclass
class Held:
    """A programme, the coordinator of the team that holds it, and somebody of another team who wants to take part."""

    page: ProgrammePage
    coordinator: Membership
    profile: Profile
    jobseeker: Membership

    @property
    def person(self) -> Client:
        return browser(self.jobseeker.user_id)

    @property
    def team(self) -> Client:
        return browser(self.coordinator.user_id)

    @property
    def advisor(self) -> Client:
        assert self.profile.advisor_id
        return browser(self.profile.advisor_id)


@pytest.fixture
def held() -> Held:
    coordinator = MembershipFactory(coordinator=True)
    profile = ProfileFactory(user__first_name="Elin", user__last_name="Ek", user__phone="070 174 06 50")
    page = write(ProgrammePage, TITLE, slug="navigator", team=coordinator.team)
    return Held(page, coordinator, profile, jobseeker_role(profile))


def deliver(at: datetime) -> list[Any]:
    mail.outbox.clear()
    for letter in outbox.waiting(Letter, at=at):
        outbox.send(letter, at=at)
    return mail.outbox


def asked(held: Held) -> ProgrammeRequest:
    held.person.post(ENROL, ASKED)
    return ProgrammeRequest.objects.get()


def test_who_is_not_signed_in_reads_what_it_takes_and_who_has_no_team_is_called(client: Client, held: Held) -> None:
    page = client.get("/sv/programmes/navigator/").content.decode()
    assert f'href="{ENROL}"' in page
    shown = client.get(ENROL)
    assert shown.status_code == 200
    assert "/sv/help/advisor/" in shown.content.decode()
    write(ProgrammePage, "Utan lag", slug="utan")
    assert "/sv/help/advisor/" in client.get("/sv/programmes/utan/").content.decode()
    assert client.get("/sv/programmes/utan/enrol/").status_code == 404


def test_only_who_can_enrol_is_shown_the_way_to_it(held: Held) -> None:
    page = "/sv/programmes/navigator/"
    assert ENROL in held.person.get(page).content.decode()
    assert 'href="/sv/advisor/people/"' in held.advisor.get(page).content.decode().partition("<main")[2]
    for client in (held.advisor, held.team, browser(MembershipFactory(editor=True).user_id)):
        assert ENROL not in client.get(page).content.decode()
        assert client.get(ENROL).status_code == 403


@pytest.mark.parametrize(
    ("reach", "given"), [("phone", (True, False)), ("message", (True, False)), ("email", (False, True)), ("advisor", (False, False))]
)
def test_the_team_gets_the_way_to_the_person_that_was_chosen_and_no_other(reach: str, given: tuple[bool, bool], held: Held) -> None:
    held.person.post(ENROL, {**ASKED, "reach": reach})
    page = held.team.get(reverse("team_programme", args=[ProgrammeRequest.objects.get().pk])).content.decode()
    assert (held.profile.user.phone in page, held.profile.email in page) == given


def test_one_press_puts_the_person_on_the_list_of_the_team(held: Held, now: datetime) -> None:
    assert "Inget av din profil" in held.person.get(ENROL).content.decode()
    answer = held.person.post(ENROL, ASKED)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("my_programmes"))
    held.person.post(ENROL, ASKED)
    row = ProgrammeRequest.objects.get()
    assert (row.team, row.state) == (held.coordinator.team, "sent")
    assert "Du bad om det här" in held.person.get(ENROL).content.decode()
    letters = {letter.to[0]: letter for letter in deliver(now)}
    assert list(letters) == [held.coordinator.user.email]
    assert not [word for word in ("Elin", TITLE) if word in letters[held.coordinator.user.email].body]
    assert TITLE in held.team.get(reverse("team_programmes")).content.decode()
    assert "vill vara med" in held.team.get(reverse("team_home")).content.decode()
    assert Read.objects.filter(profile_id=held.profile.pk, reader_id=held.coordinator.user_id, page="programmes").exists()
    assert "Insatserna du har bett om" in held.person.get(reverse("who_has_seen")).content.decode()


def test_the_languages_lead_to_the_same_page_of_the_translated_programme(client: Client, held: Held) -> None:
    twin = translate(held.page, "nb", values={"title": "Navigatorsenteret", "slug": "senteret"})
    twin.publish(twin.save_revision())
    for shown in (client.get(ENROL), held.person.get(ENROL)):
        assert 'href="/nb/programmes/senteret/enrol/"' in shown.content.decode()
    assert client.get("/nb/programmes/senteret/enrol/").status_code == 200
    held.person.post("/nb/programmes/senteret/enrol/", {**ASKED, "language": "other"})
    assert "Du bad om det här" in held.person.get(ENROL).content.decode(), "one programme, whatever the language of the page"
    row = ProgrammeRequest.objects.get()
    assert "tolk" in held.team.get(reverse("team_programme", args=[row.pk])).content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(held: Held, now: datetime) -> None:
    counts = []
    for _ in range(3):
        profile = ProfileFactory()
        told = {
            "programme": held.page.translation_key,
            "title": TITLE,
            "team_id": held.coordinator.team_id,
            "language": "sv",
            "reach": "phone",
        }
        actions.ask_for_programme(profile.pk, **told, by=role_of(jobseeker_role(profile)), at=now)
        held.team.get(reverse("team_programmes"))
        client = held.team
        client.get(reverse("team_programmes"))
        with CaptureQueriesContext(connection) as asked_of:
            client.get(reverse("team_programmes"))
        counts.append(len(asked_of))
    assert counts[0] == counts[1] == counts[2]


def test_which_programme_it_is_lies_sealed(held: Held) -> None:
    asked(held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM jobseekers_programmerequest")
        raw = repr([bytes(one) if isinstance(one, memoryview) else one for one in cursor.fetchone()])
    assert TITLE not in raw
    assert str(held.page.translation_key) not in raw
    assert TITLE not in repr(list(Event.objects.values()))


def test_the_team_takes_and_answers_and_the_person_hears_nothing_but_that_there_is_something(held: Held, now: datetime) -> None:
    row = asked(held)
    deliver(now)
    where = reverse("team_programme", args=[row.pk])
    assert "070 174 06 50" in held.team.get(where).content.decode()
    assert held.team.post(where, {"answer": "enrolled"}).status_code == 409, "nobody has taken it"
    held.team.post(where, {"take": "1"})
    assert "Någon i teamet har hand om det" in held.person.get(reverse("my_programmes")).content.decode()
    assert held.team.post(where, {}).status_code == 200
    held.team.post(where, {"answer": "not_now:full"})
    row.refresh_from_db()
    assert (row.state, row.told["reason"]) == ("not_now", "full")
    told = deliver(now)
    assert held.profile.advisor
    assert {letter.to[0] for letter in told} == {held.profile.user.email, held.profile.advisor.email}
    assert not [word for letter in told for word in (TITLE, "Elin", "plats") if word in letter.body]
    assert "Det finns ingen plats just nu" in held.person.get(reverse("my_programmes")).content.decode()
    assert held.team.get(where).status_code == 404
    whats = Event.objects.filter(what__startswith="programme_").order_by("pk").values_list("what", "after")
    assert list(whats) == [("programme_asked", "sent"), ("programme_taken", "taken"), ("programme_answered", "not_now")]


@pytest.mark.parametrize("answer", ["full", "not_now", "not_now:agency", "referred:full", "enrolled:full", "sent"])
def test_an_answer_that_is_none_is_refused(held: Held, now: datetime, answer: str) -> None:
    row, by = asked(held), role_of(held.coordinator)
    actions.take_programme_request(row.pk, by=by, at=now)
    said, _colon, reason = answer.partition(":")
    with pytest.raises(Refused):
        actions.answer_programme_request(row.pk, answer=said, reason=reason, by=by, at=now)
    assert held.team.post(reverse("team_programme", args=[row.pk]), {"answer": answer}).status_code == 200


def test_a_colleague_takes_it_over_and_then_only_they_answer(held: Held, now: datetime) -> None:
    row = asked(held)
    colleague = MembershipFactory(advisor=True, team=held.coordinator.team)
    for member in (held.coordinator, colleague):
        actions.take_programme_request(row.pk, by=role_of(member), at=now)
    with pytest.raises(Refused):
        actions.answer_programme_request(row.pk, answer="enrolled", by=role_of(held.coordinator), at=now)
    browser(colleague.user_id).post(reverse("team_programme", args=[row.pk]), {"answer": "enrolled"})
    row.refresh_from_db()
    assert row.state == "enrolled"


def test_nobody_of_another_team_sees_takes_or_answers(held: Held, now: datetime) -> None:
    row = asked(held)
    for member in (MembershipFactory(coordinator=True), MembershipFactory(advisor=True)):
        client, where = browser(member.user_id), reverse("team_programme", args=[row.pk])
        assert "Elin" not in client.get(reverse("team_programmes")).content.decode()
        assert client.get(where).status_code == client.post(where, {"take": "1"}).status_code == 404
        with pytest.raises(NotThere):
            actions.take_programme_request(row.pk, by=role_of(member), at=now)
    assert held.advisor.get(reverse("team_programme", args=[row.pk])).status_code == 404
    other = browser(jobseeker_role(ProfileFactory()).user_id)
    assert "Navigatorcentrum" not in other.get(reverse("my_programmes")).content.decode()
    assert other.post(reverse("my_programme_withdraw", args=[row.pk])).status_code == 404
    assert ProgrammeRequest.objects.get().state == "sent"


def test_the_advisor_asks_for_the_person_who_is_told(held: Held, now: datetime) -> None:
    where = reverse("person_programme_enrol", args=[held.profile.pk])
    assert held.advisor.post(where, ASKED).status_code == 200, "which programme, how and why must be said"
    told = {**ASKED, "programme": str(held.page.pk), "channel": "phone", "why": "asked"}
    assert held.advisor.post(where, told).status_code == 303
    assert ProgrammeRequest.objects.get().state == "sent"
    assert Letter.objects.filter(kind="answered_for_you", reader_id=held.profile.user_id).count() == 1
    assert "Bad om att få vara med i en insats" in held.person.get(reverse("who_has_seen")).content.decode()
    assert TITLE in held.advisor.get(reverse("person_programmes", args=[held.profile.pk])).content.decode()
    assert browser(MembershipFactory(advisor=True).user_id).post(where, told).status_code == 404


def test_who_takes_it_back_is_off_the_list(held: Held, now: datetime) -> None:
    row = asked(held)
    where = reverse("my_programme_withdraw", args=[row.pk])
    assert held.person.get(where).status_code == 200
    assert ProgrammeRequest.objects.get().state == "sent"
    held.person.post(where)
    assert ProgrammeRequest.objects.get().state == "withdrawn"
    assert "Elin" not in held.team.get(reverse("team_programmes")).content.decode()
    assert deliver(now) == [], "nobody is told of what is no more"
    assert held.person.post(ENROL, ASKED).status_code == 303
    assert ProgrammeRequest.objects.open().count() == 1


def test_the_copy_holds_it_and_the_deletion_takes_it(held: Held, now: datetime) -> None:
    row = asked(held)
    actions.take_programme_request(row.pk, by=role_of(held.coordinator), at=now)
    actions.answer_programme_request(row.pk, answer="referred", reason="agency", by=role_of(held.coordinator), at=now)
    (copy,) = held.person.post(reverse("copy_data")).json()["programmes"]
    assert (copy["programme"], copy["state"], copy["reason"]) == (TITLE, "referred", "Till en annan myndighet eller förening")
    held.person.post(reverse("delete_data_now"))
    assert not ProgrammeRequest.objects.exists()
    assert not Letter.objects.filter(about=row.pk, reader_id=held.profile.user_id).exists()


def test_a_team_without_a_coordinator_gets_nobody(held: Held, now: datetime) -> None:
    held.coordinator.until = held.coordinator.since
    held.coordinator.save()
    assert held.person.post(ENROL, ASKED).status_code == 404
    assert ENROL not in Client().get("/sv/programmes/navigator/").content.decode()
    assert not ProgrammeRequest.objects.exists()
