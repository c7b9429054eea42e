"""What changes around a meeting: its parties, their work, the person's advisor. And buttons pressed twice."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.access import TERMS_VERSION
from accounts.models import Membership, Terms
from cooperation import access, actions, queries
from cooperation.documents import calendar_of
from cooperation.models import Meeting, Note, Party
from jobseekers import exports as people
from jobseekers.models import Profile
from jobseekers.states import Refused
from tests.cooperation.reading import deliver, event_of, said_in
from tests.factories.accounts import MembershipFactory, browser, role_of
from tests.factories.meetings import Gathered, gather, plan, terms

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("frozen")]
OTHER_PLACE = "Hamngatan 1"


@pytest.fixture
def whole(db: None, now: datetime) -> Gathered:
    return gather(now)


def another_advisor(whole: Gathered) -> Membership:
    """Somebody of the team helps the person from now on."""
    new = MembershipFactory(advisor=True, team=whole.profile.team)
    give(whole, new.user_id)
    return new


def give(whole: Gathered, advisor_id: int) -> None:
    Profile.objects.filter(pk=whole.profile.pk).update(advisor_id=advisor_id)


class TestAnotherAdvisor:
    """Who helps the person comes; who helped them before does not."""

    def test_the_one_before_is_not_invited(self, whole: Gathered, now: datetime) -> None:
        old = whole.advisor.user_id
        new = another_advisor(whole)
        actions.follow_advisor(whole.profile.pk, at=now)
        for party in (whole.agency, whole.member):
            actions.answer_party(party.pk, True, by=role_of(new), at=now, channel="phone", why="asked")
        assert whole.pair.advisor.user_id == old
        body = browser(new.user_id).get(reverse("invite_to_meeting", args=[whole.meeting.pk])).content.decode()
        assert str(whole.meeting.parties.get(user_id=old).name) not in body
        assert actions.invite(whole.meeting.pk, by=role_of(new), at=now) == 4
        assert set(Party.objects.invited().filter(kind="advisor").values_list("user_id", flat=True)) == {new.user_id}

    def test_nobody_is_left_to_invite_after_a_change(self, whole: Gathered, now: datetime) -> None:
        whole.invite(now)
        new = another_advisor(whole)
        actions.follow_advisor(whole.profile.pk, at=now)
        with pytest.raises(Refused, match="nobody"):
            actions.invite(whole.meeting.pk, by=role_of(new), at=now)
        body = browser(new.user_id).get(reverse("advisor_meeting", args=[whole.meeting.pk])).content.decode()
        assert reverse("invite_to_meeting", args=[whole.meeting.pk]) not in body

    def test_who_comes_back_is_in_again(self, whole: Gathered, now: datetime) -> None:
        """The advisor was away, somebody stood in, and the advisor is back."""
        whole.invite(now)
        deliver(now)
        old = whole.advisor.user_id
        another_advisor(whole)
        actions.follow_advisor(whole.profile.pk, at=now)
        deliver(now)
        give(whole, old)
        assert actions.follow_advisor(whole.profile.pk, at=now) == 1
        assert set(Party.objects.invited().filter(kind="advisor").values_list("user_id", flat=True)) == {old}
        [letter] = deliver(now, whole.meeting.parties.get(user_id=old).account.email or "")
        assert "METHOD:REQUEST" in said_in(letter)
        assert int(event_of(letter)["sequence"]) > 1, "newer than what called it off"

    def test_the_person_reads_who_comes_and_not_who_came_before(self, whole: Gathered, now: datetime) -> None:
        old = whole.meeting.parties.get(kind="advisor")
        new = another_advisor(whole)
        actions.follow_advisor(whole.profile.pk, at=now)
        seen = access.own_meeting(whole.meeting.pk, by=whole.pair.jobseeker, at=now)
        assert seen is not None
        assert [one.name for one in seen.parties if one.kind == "advisor"] == [new.user.get_full_name()]
        with pytest.raises(Refused, match="uninvited"):
            actions.add_task(whole.meeting.pk, old.pk, "Ringa", now.date(), by=role_of(new), at=now)


class TestWhoLeftTheEmployer:
    """A member who works there no more hears nothing new of the person."""

    @pytest.fixture
    def gone(self, whole: Gathered, now: datetime) -> Gathered:
        whole.invite(now)
        deliver(now)
        Membership.objects.filter(user_id=whole.pair.member.user_id, kind="employer").update(until=now)
        return whole

    def test_no_change_no_reminder_and_no_second_invitation(self, gone: Gathered, now: datetime) -> None:
        whole, email = gone, gone.emails["employer"]
        later = now + timedelta(minutes=1)
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=5), place=OTHER_PLACE), by=whole.advisor, at=later)
        told = "\n".join(said_in(one) for one in deliver(later, email))
        assert "METHOD:REQUEST" not in told
        assert OTHER_PLACE not in told
        assert "METHOD:CANCEL" in told
        assert whole.again(whole.member).invited_at is None
        with pytest.raises(Refused, match="gone"):
            actions.invite(whole.meeting.pk, by=whole.advisor, at=later)

    def test_none_that_waited_is_sent(self, whole: Gathered, now: datetime) -> None:
        whole.invite(now)
        Membership.objects.filter(user_id=whole.pair.member.user_id, kind="employer").update(until=now)
        assert deliver(now, whole.emails["employer"]) == []


class TestPressedTwice:
    def test_a_meeting(self, whole: Gathered, now: datetime) -> None:
        plan(whole.pair, now + timedelta(seconds=2), starts=whole.meeting.starts)
        assert Meeting.objects.count() == 1
        plan(whole.pair, now + timedelta(seconds=2), starts=whole.meeting.starts + timedelta(days=1))
        assert Meeting.objects.count() == 2

    def test_the_same_time_and_place_changes_nothing(self, whole: Gathered, now: datetime) -> None:
        whole.invite(now)
        deliver(now)
        actions.answer_invitation(whole.agency.pk, True, by=None, at=now)
        actions.change_meeting(whole.meeting.pk, terms(whole.meeting.starts), by=whole.advisor, at=now)
        assert whole.again(whole.agency).comes == "yes"
        assert deliver(now) == []

    def test_a_note_and_a_task(self, whole: Gathered, now: datetime) -> None:
        for _ in range(2):
            actions.add_note(whole.meeting.pk, "note", "Samma ord", {whole.person.pk}, by=whole.advisor, at=now)
            actions.add_task(whole.meeting.pk, whole.person.pk, "Ringa", now.date(), by=whole.advisor, at=now)
        assert Note.objects.count() == 1
        assert whole.meeting.tasks.count() == 1
        actions.add_note(whole.meeting.pk, "note", "Samma ord", {whole.person.pk}, by=whole.advisor, at=now + timedelta(hours=1))
        actions.add_note(whole.meeting.pk, "note", "Samma ord", set(), by=whole.advisor, at=now)
        assert Note.objects.count() == 3


def test_a_professional_reads_what_they_have_promised(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    actions.add_task(whole.meeting.pk, whole.agency.pk, "Skicka tiderna", now.date(), by=whole.advisor, at=now)
    actions.add_task(whole.meeting.pk, whole.member.pk, "Visa runt", now.date(), by=whole.advisor, at=now)
    body = Client().get(reverse("meeting_link", args=[access.link_of(whole.again(whole.agency))])).content.decode()
    assert "Skicka tiderna" in body
    assert "Visa runt" not in body
    assert "/tasks/" not in body, "that it is done is said by phone: the button asks for an account"


def test_the_person_sees_that_the_link_was_opened(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    url, person = reverse("meeting_link", args=[access.link_of(whole.again(whole.agency))]), browser(whole.pair.jobseeker.user_id)
    Client().head(url)
    assert "inbjudan" not in person.get(reverse("who_has_seen")).content.decode(), "only the head of the page was asked for"
    Client().get(url)
    for page in (reverse("who_has_seen"), f"{reverse('who_has_seen')}?by=0"):
        assert "Någon med länken i en inbjudan" in person.get(page).content.decode()
    assert "Någon med länken" in str(people.whole(Profile.objects.get(pk=whole.profile.pk), now)["who_has_seen"])


def test_one_invitation_is_one(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    whole.say(whole.agency, now, yes=False)
    whole.say(whole.agency, now)
    answer = browser(whole.advisor.user_id).post(reverse("invite_to_meeting", args=[whole.meeting.pk]), follow=True)
    assert "1 inbjudan är på väg." in answer.content.decode()


def test_the_calendar_of_a_member_asks_for_the_promise_too(whole: Gathered, now: datetime) -> None:
    whole.invite(now)
    url = reverse("employer_meeting_calendar", args=[whole.meeting.pk])
    assert browser(whole.pair.member.user_id).get(url).status_code == 302
    Terms.objects.create(user_id=whole.pair.member.user_id, version=TERMS_VERSION, at=now)
    assert browser(whole.pair.member.user_id).get(url).status_code == 200


@pytest.mark.parametrize("place", ["Vårdcentralen Ugglan, Storgatan 4", "Hos Petra Nyström"])
def test_case_24_no_party_stands_in_the_place(whole: Gathered, now: datetime, place: str) -> None:
    """Which clinic is there tells the others of somebody's health. Whichever came first, the place or the party."""
    with pytest.raises(Refused, match="names"):
        actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=2), place=place), by=whole.advisor, at=now)
    actions.drop_party(whole.agency.pk, by=whole.advisor, at=now)
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=2), place=place), by=whole.advisor, at=now)
    with pytest.raises(Refused, match="names"):
        actions.add_agency(
            whole.meeting.pk,
            name="Petra Nyström",
            agency="Vårdcentralen Ugglan",
            email="petra@example.com",
            language="sv",
            by=whole.advisor,
            at=now,
        )


def test_a_calendar_says_that_a_plan_is_a_plan_and_each_change_is_newer(whole: Gathered, now: datetime) -> None:
    """The person and the advisor can take the file before anybody is invited."""
    first = Calendar.from_ical(calendar_of(whole.meeting, at=now)).walk("VEVENT")[0]
    actions.change_meeting(whole.meeting.pk, terms(now + timedelta(days=2)), by=whole.advisor, at=now)
    second = Calendar.from_ical(calendar_of(Meeting.objects.get(), at=now)).walk("VEVENT")[0]
    assert (str(first["status"]), str(second["status"])) == ("TENTATIVE", "TENTATIVE")
    assert int(second["sequence"]) > int(first["sequence"])


def test_a_missed_meeting_with_an_agency_is_not_the_persons(whole: Gathered, now: datetime) -> None:
    """Nobody may read that a person did not come because somebody else did not."""
    actions.note_contact("missed", profile_id=whole.profile.pk, agency="skolans kurator", by=whole.advisor, at=now)
    assert queries.missed_of(whole.profile) is None
    actions.note_contact("missed", profile_id=whole.profile.pk, by=whole.advisor, at=now + timedelta(hours=1))
    missed = queries.missed_of(whole.profile)
    assert missed is not None
    assert (missed.meetings, missed.tries) == (1, 0)
