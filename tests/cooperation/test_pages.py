"""The pages of meetings, for each who comes: what stands there, what a press does, and the same 404 for not yours and not there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import TERMS_VERSION
from accounts.models import Terms
from audit.models import Event, Read
from cooperation import access, actions
from cooperation.models import Meeting, MeetingTask, Note, Party
from tests.factories.accounts import browser
from tests.factories.matching import make_pair
from tests.factories.meetings import CLINIC, Gathered, gather, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW = {"type": "se_several", "purpose": "next", "where": "place", "place": "Storgatan 4", "day": "2026-12-03", "start": "13:30"}


@pytest.fixture
def whole(db: None, now: datetime) -> Gathered:
    whole = gather(now)
    Terms.objects.create(user_id=whole.pair.member.user_id, version=TERMS_VERSION, at=now)
    return whole


@pytest.fixture
def advisor(whole: Gathered) -> Client:
    return browser(whole.advisor.user_id)


@pytest.fixture
def person(whole: Gathered) -> Client:
    return browser(whole.pair.jobseeker.user_id)


@pytest.fixture
def member(whole: Gathered) -> Client:
    return browser(whole.pair.member.user_id)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def send(client: Client, to: str, /, *args: Any, **words: Any) -> Any:
    return client.post(reverse(to, args=args), words)


def test_an_advisor_plans_a_meeting_and_nobody_hears_of_it(whole: Gathered, advisor: Client) -> None:
    pk = whole.profile.pk
    assert whole.profile.name in page(advisor, "new_meeting")
    url = f"{reverse('new_meeting')}?person={pk}"
    assert "Avstämningsmöte" in advisor.get(url).content.decode()
    answer = advisor.post(url, {**NEW, "minutes": "60", "agenda": "Vem gör vad"})
    made = Meeting.objects.latest("starts", "planned_at")
    assert answer.headers["Location"] == reverse("advisor_meeting", args=[made.pk])
    assert made.starts.astimezone(made.zone).isoformat() == "2026-12-03T13:30:00+01:00"
    assert Read.objects.filter(profile_id=pk, page="meeting").exists()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("place", "Hemma hos {name}", "utan något namn"),
        ("place", "Psykiatriska mottagningen", "inget om hälsa"),
        ("agenda", "Hennes depression", "hälsa"),
        ("start", "25:00", "13:30"),
        ("day", "2020-01-01", "Välj en dag"),
        ("type", "no_dialogue_1", "Välj ett av svaren"),
        ("minutes", "61", "Välj ett av svaren"),
    ],
)
def test_what_may_not_stand_in_a_meeting_is_told_at_its_field(whole: Gathered, advisor: Client, field: str, typed: str, told: str) -> None:
    given = {**NEW, "minutes": "60", "agenda": "", field: typed.format(name=whole.profile.first_name)}
    answer = advisor.post(f"{reverse('new_meeting')}?person={whole.profile.pk}", given)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_case_51_an_hour_that_is_not_there_is_refused(whole: Gathered, advisor: Client) -> None:
    given = {**NEW, "minutes": "60", "agenda": "", "day": "2027-03-28", "start": "02:30"}
    answer = advisor.post(f"{reverse('new_meeting')}?person={whole.profile.pk}", given)
    assert "sommartiden" in answer.content.decode()


def test_from_asking_to_minutes_by_the_pages_alone(whole: Gathered, advisor: Client, person: Client, member: Client) -> None:
    """Advisor and person do it all by pressing; each page that says no says why."""
    pk = whole.meeting.pk
    assert "Fråga" in page(advisor, "advisor_meeting", pk)
    assert send(advisor, "invite_to_meeting", pk).status_code == 409
    assert CLINIC["name"] not in page(person, "my_meeting", pk), "not asked yet"
    send(advisor, "ask_about_meeting", pk)
    assert CLINIC["name"] in page(person, "my_meeting", pk)
    assert "Väntar på ditt svar" in page(person, "my_meetings")
    for party in (whole.agency, whole.member):
        send(person, "my_meeting", pk, party=party.pk, answer="yes")
    assert "brev" in page(advisor, "invite_to_meeting", pk)
    send(advisor, "invite_to_meeting", pk)
    send(person, "my_meeting", pk, comes="yes")
    send(member, "employer_meeting", pk, comes="no")
    assert dict(Party.objects.values_list("kind", "comes")) == {"person": "yes", "advisor": "", "agency": "", "employer": "no"}
    send(advisor, "meeting_note", pk, kind="decision", words="Vi provar i mars", readers=[str(whole.person.pk)])
    send(advisor, "meeting_task", pk, words="Ringa", owner=str(whole.member.pk), due="2026-12-01")
    assert "Vi provar i mars" in page(person, "my_meeting", pk)
    seen = page(member, "employer_meeting", pk)
    assert "Ringa" in seen
    assert "Vi provar" not in seen
    send(member, "finish_meeting_task", MeetingTask.objects.get().pk)
    assert "Klart" in page(advisor, "advisor_meeting", pk)
    send(advisor, "remove_meeting_note", Note.objects.get().pk)
    assert not Note.objects.exists()
    assert send(advisor, "meeting_held", pk).status_code == 409


def test_a_person_removes_somebody_in_two_steps(whole: Gathered, person: Client, member: Client, now: datetime) -> None:
    whole.invite(now)
    pk = whole.meeting.pk
    assert whole.profile.first_name in page(member, "employer_meeting", pk)
    assert whole.member.name in page(person, "my_meeting_remove", pk, whole.member.pk)
    assert whole.again(whole.member).invited_at, "looking changes nothing"
    send(person, "my_meeting_remove", pk, whole.member.pk)
    for answer in (member.get(reverse("employer_meeting", args=[pk])), member.get(reverse("employer_meeting_calendar", args=[pk]))):
        assert answer.status_code == 404
    assert "Du sa nej. De ser inget." in page(person, "my_meeting", pk)


def test_yes_and_no_are_alike(whole: Gathered, person: Client, now: datetime) -> None:
    actions.ask_person(whole.meeting.pk, by=whole.advisor, at=now)
    body = page(person, "my_meeting", whole.meeting.pk)
    buttons = [line.partition(">")[0] for line in body.split("<button")[1:] if 'name="answer"' in line]
    assert len(buttons) == 4
    assert len({one.replace('"yes"', '""').replace('"no"', '""') for one in buttons}) == 1


def test_case_30_the_person_reads_what_was_answered_for_them(whole: Gathered, advisor: Client, person: Client) -> None:
    pk = whole.agency.pk
    assert "Välj" in send(advisor, "meeting_party", pk, answer="yes").content.decode(), "how and why are asked for"
    send(advisor, "meeting_party", pk, answer="yes", channel="phone", why="asked")
    assert "svarade åt dig" in page(person, "my_meeting", whole.meeting.pk)
    assert "Sa ja till att någon kommer till ett möte" in page(person, "who_has_seen")
    send(advisor, "meeting_party", whole.member.pk, drop="1")
    assert not Party.objects.filter(pk=whole.member.pk).exists()


def test_parties_are_added_by_the_pages(whole: Gathered, advisor: Client) -> None:
    pk = whole.meeting.pk
    assert send(advisor, "meeting_agency", pk, **CLINIC).status_code == 409, "there already"
    send(advisor, "meeting_agency", pk, **{**CLINIC, "email": "other@example.com"})
    assert Party.objects.filter(kind="agency").count() == 2
    assert whole.member.name in page(advisor, "meeting_member", pk)
    send(advisor, "meeting_party", whole.member.pk, drop="1")
    send(advisor, "meeting_member", pk, member=f"{whole.door.pk}:{whole.pair.member.user_id}")
    assert Party.objects.filter(kind="employer").count() == 1


def test_a_professional_sees_this_meeting_and_answers_without_an_account(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    actions.add_note(whole.meeting.pk, "note", "till vården", {whole.agency.pk}, by=whole.advisor, at=now)
    actions.add_note(whole.meeting.pk, "note", "till arbetsplatsen", {whole.member.pk}, by=whole.advisor, at=now)
    visitor, token = Client(), access.link_of(whole.again(whole.agency))
    answer = visitor.get(reverse("meeting_link", args=[token]))
    body = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert {word for word in ("Storgatan 4", "10:30", "till vården", whole.profile.advisor.phone) if word not in body} == set()
    hidden = (whole.profile.first_name, whole.member.name, whole.pair.employer.name, "till arbetsplatsen", "flerparts", "Vem gör vad")
    assert [word for word in hidden if word in body] == []
    assert send(visitor, "meeting_link", token, comes="yes").status_code == 303
    assert whole.again(whole.agency).comes == "yes"
    assert Event.objects.filter(what="meeting_read_by_link", subject_id=str(whole.agency.pk)).count() == 1
    actions.cancel_meeting(whole.meeting.pk, by=whole.advisor, at=now)
    assert visitor.get(reverse("meeting_link", args=[token])).status_code == 404
    assert send(visitor, "meeting_link", token, comes="no").status_code == 404


def test_a_member_promises_confidentiality_first_and_a_colleague_sees_nothing(whole: Gathered, member: Client, now: datetime) -> None:
    whole.invite(now)
    other = make_pair()
    Terms.objects.create(user_id=other.member.user_id, version=TERMS_VERSION, at=now)
    url = reverse("employer_meeting", args=[whole.meeting.pk])
    assert browser(other.member.user_id).get(url).status_code == 404
    Terms.objects.filter(user_id=whole.pair.member.user_id).delete()
    assert member.get(url).status_code == 302


def test_case_7_not_yours_and_not_there_are_one_answer(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    other = make_pair()
    stranger, seeker = browser(other.advisor.user_id), browser(other.jobseeker.user_id)
    pages: list[tuple[Client, str, Callable[[], Any]]] = [
        *(
            (stranger, name, lambda: whole.meeting.pk)
            for name in ("advisor_meeting", "change_meeting", "meeting_agenda", "invite_to_meeting")
        ),
        *((stranger, name, lambda: whole.meeting.pk) for name in ("cancel_meeting", "meeting_held", "meeting_agency", "meeting_member")),
        *((stranger, name, lambda: whole.meeting.pk) for name in ("meeting_note", "meeting_task", "advisor_meeting_calendar")),
        (stranger, "meeting_party", lambda: whole.agency.pk),
        *((seeker, name, lambda: whole.meeting.pk) for name in ("my_meeting", "my_meeting_calendar")),
    ]
    for client, name, theirs in pages:
        answers = [client.get(reverse(name, args=[pk])) for pk in (theirs(), uuid4())]
        assert [one.status_code for one in answers] == [404, 404], name
        assert send(client, name, theirs()).status_code in {404, 405}, name


def test_the_calendar_file_is_neutral(whole: Gathered, person: Client, advisor: Client, member: Client, now: datetime) -> None:
    whole.invite(now)
    for client, name in ((person, "my_meeting_calendar"), (advisor, "advisor_meeting_calendar"), (member, "employer_meeting_calendar")):
        answer = client.get(reverse(name, args=[whole.meeting.pk]))
        text = answer.content.decode()
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert "SUMMARY:Möte" in text
        assert [word for word in (whole.profile.first_name, whole.pair.employer.name, CLINIC["agency"]) if word in text] == []


def test_a_time_can_be_changed_and_a_meeting_called_off(whole: Gathered, advisor: Client, now: datetime) -> None:
    whole.invite(now)
    pk = whole.meeting.pk
    assert "Storgatan 4, rum 2" in page(advisor, "change_meeting", pk)
    given = {name: NEW[name] for name in ("where", "place", "day", "start")}
    send(advisor, "change_meeting", pk, **given, minutes="30")
    assert Meeting.objects.get().sequence == 1
    send(advisor, "meeting_agenda", pk, agenda="Kort")
    assert "Kort" in page(advisor, "advisor_meeting", pk)
    assert whole.member.name in page(advisor, "cancel_meeting", pk)
    send(advisor, "cancel_meeting", pk)
    assert "Inställt" in page(advisor, "advisor_meeting", pk)


@pytest.mark.parametrize(("kind", "name"), [("advisor", "advisor_meetings"), ("jobseeker", "my_meetings")])
def test_lists_ask_as_often_for_many_as_for_few(whole: Gathered, now: datetime, kind: str, name: str) -> None:
    client = browser(getattr(whole.pair, kind).user_id)
    page(client, name)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, name)
        return len(queries)

    for days in range(2, 5):
        plan(whole.pair, now, starts=now + timedelta(days=days))
    few = asked()
    for days in range(5, 25):
        plan(whole.pair, now, starts=now + timedelta(days=days))
    assert asked() == few
