"""A random walk over everything anyone can try, from the suggestion to the end of a placement: after every step the promises hold.

`WALKS=1000` walks longer, `SHRINK=1` looks for the shortest way to a fault. Each walk is undone when it is over: a later one meets no
rows of an earlier one.
"""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import Membership
from matching import actions as matching
from matching.models import Consent, Introduction, Suggestion
from placements import actions
from placements.models import CheckIn, CheckInState, HireForm, Version, Where, Works
from placements.states import Party
from tests.factories.accounts import role_of
from tests.factories.employers import employer_member, publish
from tests.factories.matching import Pair, suggestion_of
from tests.factories.placements import ADAPTED, PHONED
from tests.placements import promises
from tests.placements.walking import COLOURS, EDITS, OTHER, STEPS, WALKS, Doors, parties, phoned, which, who


class Walk(Doors, RuleBasedStateMachine):
    """Everyone tries everything; refused steps are as good as taken ones, as long as the promises hold."""

    @rule(n=which, steps=st.integers(1, 4))
    def go_on(self, n: int, steps: int) -> None:
        for _ in range(steps):
            self.forward(n)

    @rule(n=which, by=who, step=st.sampled_from(["approve", "consent", "decline", "dismiss", "again", "answer", "refuse", "close"]))
    def around_the_door(self, n: int, by: str, step: str) -> None:
        door, role = self.door(n), self.roles[by]
        if step in {"approve", "consent"}:
            self.approve_suggestion(n, by) if step == "approve" else self.consent(n, by)
        elif step == "again":
            self._suggest_again(self.doors[n], n)
        elif step in {"decline", "dismiss"}:
            more = {"behalf": PHONED} if step == "decline" else {"reason": "not_now"}
            self.attempt(getattr(matching, step), self.suggestions[n], by=role, **more)
        elif door is not None and step == "close":
            self.attempt(matching.close_introduction, door.pk, by=role, reason="other")
        elif door is not None:
            self.attempt(matching.answer, door.pk, by=role, choice="meet" if step == "answer" else "decline")

    def _suggest_again(self, pair: Pair, n: int) -> None:
        if not Suggestion.objects.live().filter(profile=pair.profile, posting=pair.posting).exists():
            pair.posting.refresh_from_db()
            self.suggestions[n] = suggestion_of(pair.posting, pair.profile).pk

    @rule(n=which, by=who, hears=st.booleans())
    def withdraw(self, n: int, by: str, hears: bool) -> None:
        """The yes is taken back; the worker may have heard of it, or not yet."""
        for consent in Consent.objects.filter(suggestion_id=self.suggestions[n]):
            self.attempt(matching.withdraw, consent.pk, by=self.roles[by], behalf=PHONED)
        for door in Introduction.objects.filter(state="closed").values_list("pk", flat=True) if hears else ():
            actions.door_closed(door, at=self.at)

    @rule(n=which, what=st.sampled_from(["text", "paused", "published", "filled", "person"]))
    def the_world_changes(self, n: int, what: str) -> None:
        """The posting has other words, or is not open now; the person pauses or goes on."""
        pair, self.touched = self.doors[n], True
        if what == "text":
            pair.posting.title += "!"
            publish(pair.posting, pair.posting.status)
            matching.void(at=self.at, posting_id=pair.posting.pk)
        elif what != "person":
            type(pair.posting.status).objects.filter(pk=pair.posting.status.pk).update(state=what)
        else:
            profiles = type(pair.profile).objects.filter(pk=pair.profile.pk)
            profiles.update(paused=not profiles.get().paused)
            if profiles.get().paused:
                matching.close_for_profile(pair.profile.pk, left=self.at, at=self.at)

    @rule()
    def another_advisor(self) -> None:
        """The two advisors change places."""
        self.touched = True
        self.roles["advisor"], self.roles["colleague"] = self.roles["colleague"], self.roles["advisor"]
        people = [pair.profile.pk for pair in self.doors]
        type(self.doors[0].profile).objects.filter(pk__in=people).update(advisor_id=self.roles["advisor"].user_id)
        matching.new_advisor(self.doors[0].profile.pk, at=self.at)

    @rule(name=st.sampled_from(["advisor", "colleague"]))
    def joins_or_leaves_the_employer(self, name: str) -> None:
        """An advisor who acts for the employer as well, from now on or no longer."""
        employer, user_id = self.doors[0].employer, self.roles[name].user_id
        self.touched = True
        there = Membership.objects.filter(employer_id=employer.pk, user_id=user_id, until=None)
        if there.exists():
            there.update(until=self.at)
            self.roles["member"] = self.doors[0].member
        else:
            self.roles["member"] = role_of(employer_member(employer, user_id=user_id, user=None))

    @rule(n=which, by=who)
    def draft(self, n: int, by: str) -> None:
        door = self.door(n)
        if door is not None:
            self.attempt(actions.draft, door.pk, by=self.roles[by])

    @rule(n=which, by=who, edit=st.sampled_from(sorted(EDITS)), stale=st.booleans(), days=st.integers(-3, 10))
    def writes(self, n: int, by: str, edit: str, stale: bool, days: int) -> None:
        self.write(n, by, edit, stale=stale, days=days)

    @rule(n=which, by=who, stale=st.booleans(), behalf=phoned, step=st.sampled_from(["send", "show", "not_yet"]))
    def send_or_show(self, n: int, by: str, stale: bool, behalf: matching.Behalf, step: str) -> None:
        placement = self.placement(n)
        if placement is None:
            return
        version, seen = self.version(placement), {"seen": self.seen(placement, stale)}
        more = {"send": seen, "show": seen | {"behalf": behalf}, "not_yet": {}}[step]
        if self.attempt(getattr(actions, step), placement.pk, by=self.roles[by], **more) and step == "show":
            assert version is not None
            assert self.is_of(self.roles[by], Party.JOBSEEKER, placement)
            self.let.add(version.pk)

    @rule(n=which, party=parties, by=who, stale=st.booleans(), behalf=phoned)
    def signs(self, n: int, party: str, by: str, stale: bool, behalf: matching.Behalf) -> None:
        self.sign(n, party, by, stale=stale, behalf=behalf)

    @rule(n=which, party=parties, stale=st.booleans())
    def signs_by_link(self, n: int, party: str, stale: bool) -> None:
        placement = self.placement(n)
        for version in Version.objects.filter(placement=placement, shown_at__isnull=False) if placement else ():
            seen = self.seen(placement, stale)  # type: ignore[arg-type]
            if self.attempt(actions.sign_by_link, version.pk, Party(party), seen=seen):
                assert party in {Party.SUPERVISOR, Party.OTHER} or version.signatures.filter(party=party).exists()

    @rule(n=which, by=who, stale=st.booleans())
    def approves(self, n: int, by: str, stale: bool) -> None:
        self.approve(n, by, stale=stale)

    @rule(n=which, by=who, days=st.integers(-20, 30), pause=st.booleans())
    def change_days(self, n: int, by: str, days: int, pause: bool) -> None:
        placement = self.placement(n)
        if placement is None or placement.ends is None:
            return
        today = localdate(self.at)
        rest = {"pause_from": today + timedelta(days=1), "pause_until": today + timedelta(days=4)} if pause else {}
        ends = None if pause else placement.ends + timedelta(days=days)
        if pause and rest["pause_until"] > placement.ends:
            return
        self.attempt(actions.change_days, placement.pk, by=self.roles[by], seen=self.seen(placement), ends=ends, **rest)

    @rule(n=which, by=who, ago=st.integers(-1, 20), early=st.booleans())
    def ends_it(self, n: int, by: str, ago: int, early: bool) -> None:
        placement = self.placement(n)
        if placement is not None and early:
            day = localdate(self.at) - timedelta(days=ago)
            self.attempt(actions.end_early, placement.pk, by=self.roles[by], last_day=day, why="suit", hours=ago or None)
        elif placement is not None:
            self.attempt(actions.cancel, placement.pk, by=self.roles[by], why="other")

    @rule(days=st.sampled_from([0, 1, 1, 3, 7, 7, 30, 90, 100]))
    def days_pass(self, days: int) -> None:
        """With the clock's work on the way, or after an outage of days."""
        self._days(days)

    @rule(n=which, by=st.one_of(who, st.none()), colour=st.sampled_from(sorted(COLOURS)), told=st.sampled_from(["", "phone"]))
    def answers(self, n: int, by: str | None, colour: str, told: str) -> None:
        placement = self.placement(n)
        for row in placement.check_ins.exclude(state=CheckInState.PLANNED)[:3] if placement else ():
            was = row.state
            if self.attempt(actions.answer, row.pk, COLOURS[colour], by=self.roles[by] if by else None, told=told):
                assert was in {CheckInState.SENT, CheckInState.MISSED}
                assert by is None or self.is_of(self.roles[by], row.party, row.placement)

    @rule(n=which, by=who)
    def reviews(self, n: int, by: str) -> None:
        for row in CheckIn.objects.to_read().filter(placement=self.placement(n))[:2]:
            if self.attempt(actions.review, row.pk, by=self.roles[by], decision="called"):
                assert self.roles[by].user_id == row.placement.profile.advisor_id

    @rule(n=which, by=who, to=st.sampled_from(Works.values), private=st.booleans())
    def follows(self, n: int, by: str, to: str, private: bool) -> None:
        placement = self.placement(n)
        for row in placement.adaptations.all()[:1] if placement else ():
            self.attempt(actions.move_adaptation, row.pk, Works(to), by=self.roles[by])
        if placement is not None:
            self.attempt(actions.tell_incident, placement.pk, "Stegen gick sönder", by=self.roles[by], private=private)

    @rule(n=which, by=who, code=st.sampled_from([ADAPTED, OTHER]))
    def proposes(self, n: int, by: str, code: str) -> None:
        placement = self.placement(n)
        if placement is not None and self.attempt(actions.propose, placement.pk, code, "", by=self.roles[by]):
            assert placement.is_active

    @rule(n=which, by=who, party=st.sampled_from([Party.SUPERVISOR, Party.OTHER]), link=st.booleans())
    def reports(self, n: int, by: str, party: str, link: bool) -> None:
        placement, told = self.placement(n), {"practised": "Sådd", "goals": [], "next": ""}
        for row in placement.reports.all()[:1] if placement else ():
            if link:
                self.attempt(actions.write_report_by_link, row.pk, Party(party), told)
            elif self.attempt(actions.write_report, row.pk, told, by=self.roles[by]):
                assert self.is_of(self.roles[by], party, row.placement)

    @rule(n=which, by=who, step=st.sampled_from(["assess", "disagree", "close_assessment"]))
    def looks_back(self, n: int, by: str, step: str) -> None:
        placement = self.placement(n)
        words: Any = {"attendance": "all", "goals": ["yes"], "next": "job", "mattered": [], "words": "Bra"} if step == "assess" else "Bra"
        if placement is not None:
            self.attempt(getattr(actions, step), placement.pk, words, by=self.roles[by])

    @rule(n=which, by=who, where=st.sampled_from(Where.values), hire=st.booleans())
    def becomes(self, n: int, by: str, where: str, hire: bool) -> None:
        placement, door = self.placement(n), self.door(n)
        for row in placement.outcomes.all()[:2] if placement else ():
            self.attempt(actions.record_outcome, row.pk, actions.Known(Where(where)), by=self.roles[by])
        if hire and door is not None:
            day = localdate(self.at)
            self.attempt(actions.hire, door.pk, by=self.roles[by], form=HireForm.ORDINARY, starts=day, hours=20)

    @invariant()
    def promises_hold(self) -> None:
        if not self.touched:
            return
        placements = promises.all_placements()
        for one in placements:
            promises.stands_on_signatures(one)
            promises.begins_in_time(one, self.at)
            promises.over_is_over(one)
            promises.red_is_a_task(one)
            promises.reports_in_their_time(one, self.at)
            promises.proposals_are_nobodys_agreement(one)
        promises.one_trial_at_a_time(placements)

    @invariant()
    def nobody_reads_more(self) -> None:
        if not self.touched:
            return
        for name in ("member", "stranger"):
            promises.reads_what_was_let(self.roles[name], self.let, self.at)
        for name in ("jobseeker", "neighbour"):
            promises.reads_what_was_sent(self.roles[name], self.at)
        self.touched = False


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.slow
def test_a_random_walk_keeps_every_promise_of_a_placement() -> None:
    steps = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])],
        derandomize=bool(os.environ.get("CI")),
    )
    run_state_machine_as_test(Walk, settings=steps)  # type: ignore[no-untyped-call]
