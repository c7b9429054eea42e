"""A random walk over everything anyone can try with a meeting: after every step only those are invited, written to and let in to whom
the person has said yes."""

import contextlib
import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cooperation import access, actions
from cooperation.models import Meeting, Party
from cooperation.states import MeetingState
from jobseekers.states import NotThere, Refused
from matching import actions as matching
from matching.models import Introduction
from outbox import actions as outbox
from outbox.models import Letter
from tests.factories.meetings import gather, terms
from tests.journeys.world import carry_facts

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
who = st.sampled_from(["advisor", "jobseeker", "member"])
which = st.sampled_from(["agency", "member"])
STEPS, WALKS, FEW = 40, 25, 5  # 1,000 steps
TAKEN = ("ask", "answer", "answer", "invite", "change", "come", "end_the_contact", "remind", "let_time_pass", "hold", "cancel", "deliver")
TOLD = {"channel": "phone", "why": "asked"}


class Walk(RuleBasedStateMachine):
    """One meeting in one world; refused steps are as good as taken ones, as long as the rule holds."""

    @initialize(invited=st.sampled_from([True, True, False]))
    def meet(self, invited: bool) -> None:
        """Most walks begin where the invitations wait to be sent."""
        self.at = START
        self.whole = gather(START)
        Letter.objects.all().delete()
        mail.outbox.clear()
        if invited:
            self.whole.invite(START)

    def attempt(self, step: object, *args: object, **kwargs: object) -> None:
        with contextlib.suppress(Refused, NotThere):
            step(*args, at=self.at, **kwargs)

    def role(self, name: str) -> object:
        return getattr(self.whole.pair, name)

    @rule(step=st.sampled_from(TAKEN), by=who, party=which, yes=st.booleans(), n=st.integers(0, 9))
    def take(self, step: str, by: str, party: str, yes: bool, n: int) -> None:
        """One rule for all steps: hypothesis leaves out some rules of every walk, and here the long ways are what matters."""
        getattr(self, step)(by, party, yes, n)

    def ask(self, by: str, *_: object) -> None:
        self.attempt(actions.ask_person, self.whole.meeting.pk, by=self.role(by))

    def answer(self, by: str, party: str, yes: bool, _: int) -> None:
        told = TOLD if by == "advisor" else {}
        self.attempt(actions.answer_party, getattr(self.whole, party).pk, yes, by=self.role(by), **told)

    def invite(self, by: str, *_: object) -> None:
        self.attempt(actions.invite, self.whole.meeting.pk, by=self.role(by))

    def change(self, by: str, _party: str, _yes: bool, n: int) -> None:
        self.attempt(actions.change_meeting, self.whole.meeting.pk, terms(self.at + timedelta(days=n - 2)), by=self.role(by))

    def come(self, by: str, _party: str, yes: bool, _: int) -> None:
        party = {"jobseeker": self.whole.person, "member": self.whole.member}.get(by)
        if party:
            self.attempt(actions.answer_invitation, party.pk, yes, by=self.role(by))

    def end_the_contact(self, _by: str, _party: str, _yes: bool, n: int) -> None:
        """The person takes back the yes to the card; the worker may have heard of it, or not yet."""
        if n > FEW:
            self.attempt(matching.withdraw, self.whole.door.consent_id, by=self.role("jobseeker"))
        if n < FEW:
            carry_facts()

    def remind(self, *_: object) -> None:
        actions.remind(at=self.at)

    def let_time_pass(self, _by: str, _party: str, _yes: bool, n: int) -> None:
        self.at += timedelta(hours=n)

    def hold(self, by: str, *_: object) -> None:
        self.attempt(actions.hold_meeting, self.whole.meeting.pk, {self.whole.agency.pk}, by=self.role(by))

    def cancel(self, by: str, _party: str, _yes: bool, n: int) -> None:
        if n == FEW:
            self.attempt(actions.cancel_meeting, self.whole.meeting.pk, by=self.role(by))

    def deliver(self, *_: object) -> None:
        """What leaves now asks to come only those who may; a calling off goes only to whom something has been sent before."""
        asked = {one.to[0] for one in mail.outbox if "METHOD:REQUEST" in _entry(one)}
        before = len(mail.outbox)
        with time_machine.travel(self.at, tick=False):
            for letter in Letter.objects.due(self.at).filter(kind__startswith="meeting_"):
                outbox.send(str(letter.pk), at=self.at)
        welcome = {self._address(one) for one in Party.objects.whole().filter(meeting=self.whole.meeting) if access.may_look(one, self.at)}
        for message in mail.outbox[before:]:
            if "METHOD:REQUEST" in _entry(message):
                assert message.to[0] in welcome
                asked.add(message.to[0])
            elif "METHOD:CANCEL" in _entry(message):
                assert message.to[0] in asked

    def _address(self, party: Party) -> str:
        return str(party.sealed["email"] if party.sealed else party.account.email)

    @invariant()
    def an_invitation_has_its_yes(self) -> None:
        meeting = Meeting.objects.get(pk=self.whole.meeting.pk)
        for party in Party.objects.whole().invited().filter(meeting=meeting):
            assert not party.needs_a_yes or party.said == "yes"
            assert meeting.state != MeetingState.PLANNED
        seen = access.of_employer(meeting.pk, by=self.whole.pair.member, at=self.at)
        doors = Introduction.objects.readable(self.at).filter(pk=self.whole.door.pk)
        assert seen is None or (doors.exists() and self.whole.again(self.whole.member).said == "yes")


def _entry(message: object) -> str:
    attached = getattr(message, "attachments", [])
    return str(attached[0].content) if attached else ""


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.slow
def test_a_random_walk_invites_nobody_without_a_yes() -> None:
    steps = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=bool(os.environ.get("CI")),
    )
    run_state_machine_as_test(Walk, settings=steps)  # type: ignore[no-untyped-call]
