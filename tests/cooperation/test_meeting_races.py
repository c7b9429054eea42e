"""Two at once about one meeting, on a real PostgreSQL: whoever comes first, nobody is invited without a yes, and when all letters have
left, each calendar says what is so."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail

from audit.models import Event
from cooperation import access, actions
from cooperation.models import Meeting, Note, Party
from cooperation.states import MeetingState
from jobseekers.models import Profile
from jobseekers.states import NotThere, Refused
from matching import actions as matching
from outbox import actions as outbox
from outbox.models import Letter
from tests.cooperation.meeting_mail import calendars_are_true, deliver, entries, rows_are_true
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.meetings import CLINIC, Gathered, gather, plan, terms
from tests.factories.races import at_once
from tests.journeys.world import carry_facts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres(only=True), pytest.mark.usefixtures("frozen")]
ROUNDS = 2
OTHER_PLACE = "Hamngatan 1"
Step = Callable[[], object]


class Race:
    """One meeting, and what anybody can do with it a minute from now."""

    def __init__(self, now: datetime, *, invited: bool = False, sent: bool = False) -> None:
        self.whole: Gathered = gather(now)
        Letter.objects.all().delete()
        mail.outbox.clear()
        self.now, self.at, self.pk = now, now + timedelta(minutes=1), self.whole.meeting.pk
        actions.ask_person(self.pk, by=self.whole.advisor, at=now)
        for party in (self.whole.agency, self.whole.member):
            self.whole.say(party, now)
        if invited or sent:
            actions.invite(self.pk, by=self.whole.advisor, at=now)
        if sent:
            deliver(now)

    def say(self, yes: bool) -> Step:
        return lambda: self.whole.say(self.whole.agency, self.at, yes=yes)

    def invite(self) -> object:
        return actions.invite(self.pk, by=self.whole.advisor, at=self.at)

    def cancel(self) -> object:
        return actions.cancel_meeting(self.pk, by=self.whole.advisor, at=self.at)

    def move(self) -> object:
        return actions.change_meeting(self.pk, terms(self.now + timedelta(days=5), place=OTHER_PLACE), by=self.whole.advisor, at=self.at)

    def send(self) -> object:
        return [outbox.send(pk, at=self.now) for pk in outbox.waiting(Letter, at=self.now)]

    def withdraw(self) -> object:
        return matching.withdraw(self.whole.door.consent_id, by=self.whole.pair.jobseeker, at=self.at)

    def drop(self) -> object:
        return actions.drop_party(self.whole.agency.pk, by=self.whole.advisor, at=self.at)

    def come(self) -> object:
        return actions.answer_invitation(self.whole.agency.pk, True, by=None, at=self.at)

    def both(self, *steps: Step) -> list[object]:
        """At once; then the worker has its time, and what must be so is so."""
        answers = at_once(*steps)
        unexpected = [one for one in answers if isinstance(one, Exception) and not isinstance(one, (Refused, NotThere))]
        assert unexpected == []
        rows_are_true(self.pk, self.at)
        with time_machine.travel(self.at, tick=False):
            carry_facts()
        rows_are_true(self.pk, self.at)
        deliver(self.at)
        calendars_are_true(self.pk, self.at)
        return answers


def test_case_24_an_invitation_and_something_that_ends_it(now: datetime) -> None:
    """Either the invitation sees it, or what ends it takes it back before anything leaves."""
    for first in ROUNDS * ("withdraw", "cancel", "move", "drop"):
        race = Race(now)
        race.both(getattr(race, first), race.invite)
    for _ in range(ROUNDS):
        race = Race(now)
        race.both(race.say(False), race.invite)
        assert race.whole.again(race.whole.agency).said == "no"
        assert CLINIC["email"].lower() not in {one.to for one in entries()}


def test_case_35_the_worker_sends_while_it_changes(now: datetime) -> None:
    for first in ROUNDS * ("withdraw", "cancel", "move"):
        race = Race(now, invited=True)
        race.both(getattr(race, first), race.send)
    for _ in range(ROUNDS):
        race = Race(now, invited=True)
        race.both(race.say(False), race.send)
        assert access.of_guest(access.link_of(race.whole.again(race.whole.agency)), at=race.at) is None
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        actions.change_meeting(race.pk, terms(now + timedelta(days=3)), by=race.whole.advisor, at=now)
        race.both(race.move, race.send)


def test_case_35_a_no_and_something_else(now: datetime) -> None:
    """Who is taken out does not learn where it moves if the no came first; is called off once; and comes no more."""
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        race.both(race.say(False), race.move)
        told = [one.place for one in entries() if one.to == CLINIC["email"].lower()]
        moved_first = Letter.objects.filter(kind="meeting_changed", about=race.whole.agency.pk).exists()
        assert moved_first or OTHER_PLACE not in told
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        race.both(race.say(False), race.say(True), race.invite)
        party = race.whole.again(race.whole.agency)
        assert party.said == "yes" or party.invited_at is None
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        race.both(race.say(False), race.cancel)
        assert [one.method for one in entries() if one.to == CLINIC["email"].lower()] == ["REQUEST", "CANCEL"]
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        race.both(race.say(False), race.come)
        party = race.whole.again(race.whole.agency)
        assert (party.said, party.comes, party.invited_at) == ("no", "", None)


def test_two_presses_are_one(now: datetime) -> None:
    for _ in range(ROUNDS):
        race = Race(now)
        assert sum(isinstance(one, Refused) for one in race.both(race.invite, race.invite)) == 1
        assert {kind: len([one for one in entries() if one.to == to]) for kind, to in race.whole.emails.items()} == dict.fromkeys(
            race.whole.emails, 1
        )
        assert sorted(race.both(race.cancel, race.cancel), key=str) == [0, 4]
    pair = race.whole.pair
    starts = now + timedelta(days=20)
    begin: Step = lambda: plan(pair, now, starts=starts)  # noqa: E731
    first, second = at_once(begin, begin)
    assert first == second
    assert isinstance(first, Meeting)
    write: Step = lambda: actions.add_note(first.pk, "note", "Samma ord", set(), by=pair.advisor, at=now)  # noqa: E731
    at_once(write, write)
    assert Note.objects.filter(meeting=first).count() == 1


def test_case_51_two_beats_remind_once_and_not_of_what_is_called_off(now: datetime) -> None:
    for _ in range(ROUNDS):
        race = Race(now, sent=True)
        day_before = race.whole.meeting.starts - timedelta(days=1)
        remind: Step = lambda at=day_before: actions.remind(at=at)  # noqa: E731
        told = at_once(remind, remind, race.cancel)
        assert told[0] == 0 or told[1] == 0
        assert not Letter.objects.filter(kind="meeting_reminder", done_at=None).exists()
        Meeting.objects.all().delete()


def test_another_advisor_while_invitations_are_sent(now: datetime) -> None:
    for _ in range(ROUNDS):
        race = Race(now)
        new = MembershipFactory(advisor=True, team=race.whole.profile.team)
        Profile.objects.filter(pk=race.whole.profile.pk).update(advisor_id=new.user_id)
        follow: Step = lambda race=race: actions.follow_advisor(race.whole.profile.pk, at=race.at)  # noqa: E731
        invite: Step = lambda race=race, new=new: actions.invite(race.pk, by=role_of(new), at=race.at)  # noqa: E731
        race.both(follow, follow, invite)
        assert set(Party.objects.invited().filter(meeting_id=race.pk, kind="advisor").values_list("user_id", flat=True)) == {new.user_id}
        assert Event.objects.filter(what="meeting_advisor_changed", subject_id=str(race.pk)).count() == 1


def test_case_38_who_deletes_everything_while_invitations_are_sent(now: datetime) -> None:
    for _ in range(ROUNDS):
        race = Race(now)
        race.both(lambda race=race: matching.erase(race.whole.profile.pk, by=race.whole.pair.jobseeker, at=race.at), race.invite)
        assert not Meeting.objects.filter(pk=race.pk, state=MeetingState.INVITED).exists()
