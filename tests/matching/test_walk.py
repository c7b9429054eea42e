"""A random walk over everything anyone can try with a suggestion: after every step, contact exists only with both yeses."""

import contextlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from matching import access, actions
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.states import READABLE, Door, NotThere, Refused, State
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import publish
from tests.factories.matching import Pair, make_pair, suggestion_of

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PHONED, SILENT = actions.Behalf("phone", "asked"), actions.Behalf()
who = st.sampled_from(["advisor", "jobseeker", "member"])
STEPS, WALKS = 50, 45  # 2,250 steps


class Walk(RuleBasedStateMachine):
    """One pair in one world; refused steps are as good as taken ones, as long as the rule holds."""

    @initialize()
    def meet(self) -> None:
        self.pair: Pair = make_pair()
        self.at = START
        self.suggestion_id = self.pair.suggestion.pk
        self.version = 0
        self.helped_by: dict[UUID, int | None] = {}  # who helped the person when a door opened

    def attempt(self, step: object, *args: object, **kwargs: object) -> None:
        with contextlib.suppress(Refused, NotThere):
            step(*args, at=self.at, **kwargs)

    def role(self, name: str) -> object:
        return getattr(self.pair, name)

    @rule(by=who)
    def approve(self, by: str) -> None:
        seen = access.version_of(Suggestion.objects.select_related("profile__user", "posting").get(pk=self.suggestion_id))
        self.attempt(actions.approve, self.suggestion_id, by=self.role(by), seen=seen, words="")

    @rule(by=who)
    def consent(self, by: str) -> None:
        approval = Approval.objects.filter(suggestion_id=self.suggestion_id, void_at=None).first()
        seen = access.consented_card(approval).hash if approval else ""
        self.attempt(actions.consent, self.suggestion_id, by=self.role(by), seen=seen, behalf=PHONED if by == "advisor" else SILENT)

    @rule(by=who)
    def decline(self, by: str) -> None:
        self.attempt(actions.decline, self.suggestion_id, by=self.role(by), behalf=PHONED)

    @rule(by=who)
    def talk_first(self, by: str) -> None:
        self.attempt(actions.talk_first, self.suggestion_id, by=self.role(by))

    @rule()
    def another_advisor(self) -> None:
        """The person gets another advisor: what the one before approved opens no door any more."""
        other = MembershipFactory(kind="advisor", team=self.pair.profile.team)
        type(self.pair.profile).objects.filter(pk=self.pair.profile.pk).update(advisor=other.user)
        actions.new_advisor(self.pair.profile.pk, at=self.at)
        self.pair = replace(self.pair, advisor=role_of(other))

    @rule(by=who)
    def dismiss(self, by: str) -> None:
        self.attempt(actions.dismiss, self.suggestion_id, by=self.role(by), reason="not_now")

    @rule(by=who)
    def withdraw(self, by: str) -> None:
        for consent in Consent.objects.filter(suggestion_id=self.suggestion_id):
            self.attempt(actions.withdraw, consent.pk, by=self.role(by), behalf=PHONED)

    @rule(by=who, name=st.sampled_from(["phone", "words", "name"]))
    def leave_out(self, by: str, name: str) -> None:
        self.attempt(actions.leave_out, self.suggestion_id, name, by=self.role(by))

    @rule(by=who, choice=st.sampled_from(["meet", "talk", "decline"]))
    def answer(self, by: str, choice: str) -> None:
        for door in Introduction.objects.filter(suggestion_id=self.suggestion_id):
            self.attempt(actions.answer, door.pk, by=self.role(by), choice=choice)

    @rule()
    def change_the_posting(self) -> None:
        self.version += 1
        self.pair.posting.title = f"Version {self.version}"
        publish(self.pair.posting, self.pair.posting.status)
        actions.void(at=self.at, posting_id=self.pair.posting.pk)

    @rule(state=st.sampled_from(["paused", "published", "filled"]))
    def move_the_posting(self, state: str) -> None:
        self.pair.posting.status.state = state
        self.pair.posting.status.save()

    @rule(closed=st.booleans())
    def pause(self, closed: bool) -> None:
        """The person pauses or goes on; the worker may have heard of a pause, or not yet."""
        profiles = type(self.pair.profile).objects.filter(pk=self.pair.profile.pk)
        profiles.update(paused=not profiles.get().paused)
        if closed and profiles.get().paused:
            actions.close_for_profile(self.pair.profile.pk, at=self.at)

    @rule(weeks=st.integers(0, 3))
    def let_time_pass(self, weeks: int) -> None:
        self.at += timedelta(weeks=weeks, hours=1)
        actions.lapse(at=self.at)

    @rule()
    def suggest_again(self) -> None:
        if not Suggestion.objects.live().filter(profile=self.pair.profile, posting=self.pair.posting).exists():
            self.pair.posting.refresh_from_db()
            self.suggestion_id = suggestion_of(self.pair.posting, self.pair.profile).pk

    @invariant()
    def contact_needs_both_yeses(self) -> None:
        for card in access.cards_for(by=self.pair.member, at=self.at):
            door = Introduction.objects.select_related("consent", "approval").get(pk=card.id)
            assert door.state in READABLE
            assert door.suggestion.profile.is_present
            assert door.consent.withdrawn_at is None
            assert door.consent.until >= self.at.date() - timedelta(days=1)
            assert door.approval.by_id == self.helped_by.setdefault(card.id, door.suggestion.profile.advisor_id)
            assert door.consent.posting_hash == door.approval.posting_hash
            assert {name for name, _ in card.card.fields} <= {name for name, _ in access.approved_card(door.approval).fields}

    @invariant()
    def rows_agree(self) -> None:
        for one in Suggestion.objects.filter(profile=self.pair.profile):
            door = Introduction.objects.filter(suggestion=one).first()
            assert (one.state == State.INTRODUCED) == (door is not None and door.state != Door.CLOSED)
            assert one.state != State.CLOSED or not one.approvals.filter(void_at=None).exists()


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.slow
def test_a_random_walk_never_opens_a_door_without_both_yeses() -> None:
    checks = list(HealthCheck)
    steps = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=checks,
        database=None,
        derandomize=bool(os.environ.get("CI")),
    )
    run_state_machine_as_test(Walk, settings=steps)  # type: ignore[no-untyped-call]


@pytest.mark.django_db
def test_a_new_advisor_voids_what_the_old_one_approved() -> None:
    pair = make_pair()
    approval = pair.approve(START)
    pair.profile.advisor = MembershipFactory(advisor=True).user
    pair.profile.save()
    with pytest.raises(Refused, match="changed"):
        actions.consent(pair.suggestion.pk, by=pair.jobseeker, at=START, seen=access.consented_card(approval).hash)
