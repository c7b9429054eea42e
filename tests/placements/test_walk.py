"""A random walk over everything anyone can try, from the suggestion to the end of a placement: after every step the promises hold.

`WALKS=1000` walks longer, `SHRINK=1` looks for the shortest way to a fault. Each walk is undone when it is over: a later one meets no
rows of an earlier one.
"""

import contextlib
import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import Membership
from employers.models import Supervisor
from matching import access as matching_access
from matching import actions as matching
from matching.models import Approval, Consent, Introduction, Suggestion
from placements import actions
from placements.fields import Agreed, Contact
from placements.models import CheckIn, CheckInState, HireForm, Placement, Version, Where, Works
from placements.scoring import Answers
from placements.states import SIGNING, Paper, Party, State
from tests.factories.accounts import MembershipFactory, role_of
from tests.factories.employers import EmployerFactory, employer_member, publish
from tests.factories.matching import Pair, another, make_pair, suggestion_of
from tests.factories.placements import ADAPTED, PHONED, measure, terms
from tests.factories.races import REFUSALS
from tests.placements import promises

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
STEPS, WALKS = 50, int(os.environ.get("WALKS", "100"))  # 5,000 steps on each database
WHO = ("advisor", "jobseeker", "member")
who = st.sampled_from([*WHO, *WHO, *WHO, "neighbour", "colleague", "stranger"])
which = st.sampled_from([0, 0, 0, 0, 1, 2])  # the first of three doors most often: that one goes far
parties = st.sampled_from([Party.JOBSEEKER, Party.EMPLOYER, Party.SUPERVISOR, Party.OTHER, Party.ADVISOR])
phoned = st.sampled_from([PHONED, matching.THEMSELVES])
COLOURS = {"green": Answers("well", "yes", "no"), "amber": Answers("so", "partly", "no"), "red": Answers("bad", "no", "yes")}
EDITS: dict[str, dict[str, Any]] = {
    "same": {},
    "hours": {"hours": 20},
    "adaptations": {"adaptations": (Agreed("soc.few", "", "employer"),)},
    "phone": {"supervisor": Contact("Sara Nyström", "förman", "070-000 00 01", "s@example.org")},
    "supervisor": {"supervisor": Contact("Olle Lind", "förman")},
}


class Doors:
    """Three doors of one employer: two of the same person, one of another; and everyone around them."""

    at: datetime
    touched = False  # since the promises were looked at: a refused step changes nothing, and is seen with the next that is not

    @initialize(steps=st.sampled_from([12, 10, 0, 3, 5, 9, 11, 13, 14, 16]))
    def meet(self, steps: int) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at, self.let, self.hashes = START, set(), {}
        self.states: dict[UUID, str] = {}
        measure()
        first = make_pair(needs={ADAPTED: "must"})
        self.team = first.profile.team
        self.leads = [Supervisor.objects.create(workplace=first.posting.workplace, name=name) for name in ("Sara Nyström", "Olle Lind")]
        self.doors = [first, another(first), self._neighbours(first)]
        for pair in self.doors:
            pair.posting.supervisor = self.leads[0]
            publish(pair.posting, pair.posting.status)
            Suggestion.objects.filter(pk=pair.suggestion.pk).update(posting_hash=pair.posting.content_hash())
        self.suggestions = [pair.suggestion.pk for pair in self.doors]
        self.roles = {
            "advisor": first.advisor,
            "jobseeker": first.jobseeker,
            "member": first.member,
            "neighbour": self.doors[2].jobseeker,
            "colleague": role_of(MembershipFactory(kind="advisor", team=self.team)),
            "stranger": role_of(employer_member(EmployerFactory())),
        }
        for _ in range(steps):
            self.forward(0)

    def _neighbours(self, first: Pair) -> Pair:
        pair = make_pair(advised_by=Membership.objects.get(pk=first.advisor.membership_id))
        suggestion = suggestion_of(first.posting, pair.profile)
        return Pair(suggestion, first.posting, pair.profile, first.employer, first.advisor, pair.jobseeker, first.member)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def attempt(self, step: Any, *args: Any, **more: Any) -> bool:
        """Whether it was let through; anything but a refusal is a fault."""
        with contextlib.suppress(*REFUSALS):
            step(*args, at=self.at, **more)
            self.touched = True
            return True
        return False

    def door(self, n: int) -> Introduction | None:
        found = Introduction.objects.select_related("consent", "suggestion__profile").filter(suggestion_id=self.suggestions[n])
        return found.first()

    def placement(self, n: int) -> Placement | None:
        return Placement.objects.filter(introduction__suggestion_id=self.suggestions[n]).order_by("-created_at", "-pk").first()

    def version(self, placement: Placement) -> Version | None:
        return placement.versions.open().first() or placement.versions.order_by("-number").first()

    def seen(self, placement: Placement, stale: bool = False) -> str:
        """The hash that a page was made from; `stale`: of a page that was opened before somebody wrote."""
        version = self.version(placement)
        read = self.hashes.setdefault(placement.pk, [])
        if version is not None and version.hash not in read:
            read.append(version.hash)
        return read[-2 if stale and len(read) > 1 else -1]

    def person(self, n: int) -> str:
        return "neighbour" if n == 2 else "jobseeker"

    def approve_suggestion(self, n: int, by: str) -> None:
        found = Suggestion.objects.select_related("profile__user", "posting").get(pk=self.suggestions[n])
        self.attempt(matching.approve, found.pk, by=self.roles[by], seen=matching_access.version_of(found), words="")

    def consent(self, n: int, by: str) -> None:
        approval = Approval.objects.filter(suggestion_id=self.suggestions[n], void_at=None).first()
        seen = matching_access.consented_card(approval).hash if approval else ""
        self.attempt(matching.consent, self.suggestions[n], by=self.roles[by], seen=seen)

    def forward(self, n: int) -> None:
        """What comes next when all goes well: chance alone would hardly come as far as a placement."""
        placement, door = self.placement(n), self.door(n)
        if placement is not None and placement.is_live:
            self._towards_the_end(n, placement)
        elif door is None:
            one = Suggestion.objects.get(pk=self.suggestions[n])
            self.consent(n, self.person(n)) if one.state == "approved" else self.approve_suggestion(n, "advisor")
        elif door.answered_at is None:
            self.attempt(matching.answer, door.pk, by=self.roles["member"], choice="meet")
        else:
            self.attempt(actions.draft, door.pk, by=self.roles["advisor"])

    def _towards_the_end(self, n: int, placement: Placement) -> None:
        version = placement.versions.open().first()
        if version is None:
            self._days(
                max(1, (placement.starts - localdate(self.at)).days) if placement.state == State.APPROVED and placement.starts else 2
            )
        elif version.state == Paper.DRAFT:
            self.write(n, "advisor", "hours", stale=False, days=7)
            self.attempt(actions.send, placement.pk, by=self.roles["advisor"], seen=self.seen(placement))
        elif version.state == Paper.SIGNED:
            self.approve(n, "advisor", stale=False)
        else:
            signed = set(version.signatures.values_list("party", flat=True))
            party = next(one for one in version.asked if one not in signed)
            by = self.person(n) if party == Party.JOBSEEKER else "member"
            self.sign(n, party, by, stale=False, behalf=matching.THEMSELVES)

    def _days(self, days: int) -> None:
        morning = datetime.combine(localdate(self.at) + timedelta(days=days), time(9, 30), STOCKHOLM)
        self.touched = True
        self.at = max(self.at + timedelta(hours=1), morning.astimezone(UTC))
        actions.tick(at=self.at)
        actions.tick_check_ins(at=self.at)
        actions.tick_assessments(at=self.at)
        actions.tick_outcomes(at=self.at)

    def write(self, n: int, by: str, edit: str, *, stale: bool, days: int) -> None:
        placement = self.placement(n)
        version = self.version(placement) if placement else None
        if placement is None or version is None:
            return
        starts = version.starts or localdate(self.at) + timedelta(days=days)
        starts = starts if edit in {"same", "phone"} or days > 0 else localdate(self.at) + timedelta(days=days)
        given = actions.Written(
            terms=terms(**EDITS[edit]),
            starts=starts,
            ends=version.ends if version.ends and edit in {"same", "phone"} else starts + timedelta(weeks=4),
            measure_key="se-test",
            supervisor_id=self.leads[edit == "supervisor"].pk,
            born=date(1990, 1, 1),
        )
        self.attempt(actions.write, placement.pk, given, by=self.roles[by], seen=self.seen(placement, stale))

    def sign(self, n: int, party: str, by: str, *, stale: bool, behalf: matching.Behalf) -> None:
        placement = self.placement(n)
        if placement is None:
            return
        seen, version, role = self.seen(placement, stale), self.version(placement), self.roles[by]
        if self.attempt(actions.sign, placement.pk, Party(party), by=role, seen=seen, behalf=behalf):
            assert version is not None
            assert version.hash == seen
            assert version.state in SIGNING
            assert self.is_of(role, party, placement)
            if party == Party.JOBSEEKER:
                self.let.add(version.pk)

    def is_of(self, role: Any, party: str, placement: Placement) -> bool:
        """Whether somebody may speak for a party: they are it, or help the person now."""
        if role.kind == "advisor":
            return bool(role.user_id == placement.profile.advisor_id)
        mine = role.employer_id == placement.posting.employer_id if party != Party.JOBSEEKER else role.user_id == placement.profile.user_id
        return bool(mine)

    def approve(self, n: int, by: str, *, stale: bool) -> None:
        placement = self.placement(n)
        if placement is None:
            return
        seen, version, door, role = self.seen(placement, stale), self.version(placement), self.door(n), self.roles[by]
        if self.attempt(actions.approve, placement.pk, by=role, seen=seen):
            assert version is not None
            assert version.hash == seen
            assert version.state == Paper.SIGNED
            assert role.kind == "advisor"
            assert role.user_id == placement.profile.advisor_id
            assert role.user_id not in matching_access.readers_of_posting(placement.posting.employer_id)
            assert version.starts is not None
            assert placement.is_active or version.starts >= localdate(self.at)
            assert not placement.has_started or version.starts == placement.starts
            if not placement.is_active:
                assert door is not None
                assert door.consent.withdrawn_at is None
                assert door.state == "agreed"
                here = Placement.objects.active().filter(workplace_id=placement.workplace_id).count()
                assert here <= placement.workplace.most_at_once  # type: ignore[union-attr]


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

    @rule(days=st.sampled_from([0, 1, 1, 3, 7, 7, 30, 90]))
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
