"""A random walk over everything anyone can try with a meeting, and everything a worker can be in the middle of: after every step only
those are invited and let in to whom the person has said yes, and when all has left, each calendar says what is so."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cooperation import access
from cooperation.models import Note, Party
from cooperation.states import MeetingState
from matching.models import Introduction
from tests.cooperation.meeting_mail import calendars_are_true
from tests.cooperation.walking import AROUND, OFTEN, SELDOM, World, which, who
from tests.journeys.world import carry_facts

STEPS, WALKS, SEEDS = 30, 5, int(os.environ.get("WALKS", "6"))
PHASES = (Phase.generate,)  # to shrink a walk takes minutes; its steps are in the report as they are


class Walk(World, RuleBasedStateMachine):
    """One meeting in one world; refused steps are as good as taken ones, as long as the rule holds."""

    @rule(step=st.sampled_from([*OFTEN, *OFTEN, *SELDOM]), by=who, party=which, yes=st.booleans(), n=st.integers(0, 9))
    def take(self, step: str, by: str, party: str, yes: bool, n: int) -> None:
        """One rule for all steps: hypothesis leaves out some rules of every walk, and here the long ways are what matters."""
        self.tick()
        self.touched = step in AROUND
        getattr(self, step)(by, party, yes, n)

    @invariant()
    def an_invitation_has_its_yes(self) -> None:
        """By the ledger of this walk, not by the column."""
        meeting = self.meeting()
        invited = list(Party.objects.invited().filter(meeting=meeting))
        assert meeting.state != MeetingState.PLANNED or not invited
        for party in invited:
            assert not party.needs_a_yes or self.said.get(party.pk) is True
        for pk, said in self.said.items():
            assert said or not Party.objects.filter(pk=pk, invited_at__isnull=False).exists()

    @invariant()
    def who_looks_in_may(self) -> None:
        if not self.touched:
            return
        meeting = self.meeting()
        for pk, token, invited_at in self.links:
            if seen := access.of_guest(token, at=self.at):
                assert self.said.get(pk) is True
                assert Party.objects.filter(pk=pk, invited_at=invited_at).exists(), "an older link"
                assert meeting.state in {MeetingState.INVITED, MeetingState.HELD}
                self._reads_its_own(pk, [one.words for one in seen.notes], [one.words for one in seen.tasks])
        if seen := access.of_employer(self.pk, by=self.whole.pair.member, at=self.at):
            pk = self.parties["member"]
            assert self.said.get(pk) is True
            assert Introduction.objects.readable(self.at).filter(pk=self.whole.door.pk).exists()
            assert meeting.state != MeetingState.CANCELLED or (seen.place, seen.agenda, seen.notes) == ("", "", ())
            self._reads_its_own(pk, [one.words for one in seen.notes], [one.words for one in seen.tasks])

    def _reads_its_own(self, pk: object, notes: list[str], tasks: list[str]) -> None:
        mine = {name for name, known in self.parties.items() if known == pk}
        assert set(notes) <= {f"för {name}" for name in mine}
        assert set(tasks) <= {f"gör {name}" for name in mine}
        assert len(notes) == Note.objects.filter(readers=pk).count() or not notes

    def settle(self) -> None:
        """The worker has its time: all facts are carried, all letters leave, also those that a killed hand held."""
        self.tick(timedelta(minutes=2))
        carry_facts()
        for _ in range(3):
            for letter in self.due():
                self.send(letter)
            self.tick(timedelta(minutes=2))
        for stranger in (self.strangers.member, self.strangers.jobseeker):
            assert access.of_employer(self.pk, by=stranger, at=self.at) is None
            assert access.own_meeting(self.pk, by=stranger, at=self.at) is None
        if self.meeting().ends > self.at:
            calendars_are_true(self.pk, self.at)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.slow
def test_a_random_walk_invites_nobody_without_a_yes() -> None:
    """A few walks from each of several seeds: from one seed alone many walks would be nearly the same. In CI always the same ones."""
    steps = settings(
        max_examples=WALKS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=PHASES
    )
    for n in range(SEEDS):
        walk = type(f"Walk{n}", (Walk,), {})
        if os.environ.get("CI"):
            walk = seed(n)(walk)
        run_state_machine_as_test(walk, settings=steps)
