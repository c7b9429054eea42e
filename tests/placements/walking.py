"""The world that the walk of placements goes through: three doors of one employer, and everyone around them."""

import contextlib
import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from accounts.models import Membership
from employers.models import Kind, Supervisor
from matching import access as matching_access
from matching import actions as matching
from matching.models import Approval, Introduction, Suggestion
from placements import actions
from placements.fields import Agreed, Contact
from placements.models import MeasureVersion, Placement, Version
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
STEPS, WALKS = 50, int(os.environ.get("WALKS", "40"))  # 2,000 steps on each database
WHO = ("advisor", "jobseeker", "member")
who = st.sampled_from([*WHO, *WHO, *WHO, "neighbour", "colleague", "stranger"])
which = st.sampled_from([0, 0, 0, 0, 1, 2])  # the first of three doors most often: that one goes far
parties = st.sampled_from([Party.JOBSEEKER, Party.EMPLOYER, Party.SUPERVISOR, Party.OTHER, Party.ADVISOR])
phoned = st.sampled_from([PHONED, matching.THEMSELVES])
COLOURS = {"green": Answers("well", "yes", "no"), "amber": Answers("so", "partly", "no"), "red": Answers("bad", "no", "yes")}
OTHER = "soc.few"  # an adaptation that the agreement may get
SCHOOL = Contact("Eva Lund", "Viskaskolan", "033-10 10 10", "eva@example.org")
EDITS: dict[str, dict[str, Any]] = {
    "same": {},
    "hours": {"hours": 20},
    "adaptations": {"adaptations": (Agreed(OTHER, "", "employer"),)},
    "phone": {"supervisor": Contact("Sara Nyström", "förman", "070-000 00 01", "s@example.org")},
    "supervisor": {"supervisor": Contact("Olle Lind", "förman")},
}


class Doors:
    """Three doors of one employer: two of the same person, one of another; and everyone around them."""

    at: datetime
    touched = False  # since the promises were looked at: a refused step changes nothing, and is seen with the next that is not

    @initialize(steps=st.sampled_from([12, 10, 0, 3, 5, 9, 11, 13, 14, 16]), first_door=st.sampled_from([0, 1]))
    def meet(self, steps: int, first_door: int) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.at, self.let, self.hashes = START, set(), {}
        self.states: dict[UUID, str] = {}
        measure()
        first = make_pair(needs={ADAPTED: "must", OTHER: "helps"})
        self.team = first.profile.team
        self.leads = [Supervisor.objects.create(workplace=first.posting.workplace, name=name) for name in ("Sara Nyström", "Olle Lind")]
        self.doors = [first, another(first), self._neighbours(first)]
        self._another_kind(self.doors[1])
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
            self.forward(first_door)

    def _neighbours(self, first: Pair) -> Pair:
        pair = make_pair(advised_by=Membership.objects.get(pk=first.advisor.membership_id))
        suggestion = suggestion_of(first.posting, pair.profile)
        return Pair(suggestion, first.posting, pair.profile, first.employer, first.advisor, pair.jobseeker, first.member)

    def _another_kind(self, pair: Pair) -> None:
        """An apprenticeship: with a school that signs, and reports every three months."""
        pair.posting.kind = Kind.APPRENTICESHIP
        MeasureVersion.objects.update(longest=48)

    def teardown(self) -> None:
        if not hasattr(self, "undo"):
            return
        try:
            self._they_delete_everything()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def _they_delete_everything(self) -> None:
        """Wherever the walk has led: who deletes their data leaves nothing, and the other's is as it was."""
        neighbour = self.doors[2].profile.pk
        before = promises.rows_about(neighbour)
        for name, profile_id in (("jobseeker", self.doors[0].profile.pk), ("neighbour", neighbour)):
            if name == "neighbour":
                assert promises.rows_about(neighbour) == before
            actions.erase(profile_id, by=self.roles[name], at=self.at)
            assert not any(promises.rows_about(profile_id).values())

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
            if party == Party.OTHER:
                self.attempt(actions.sign_by_link, version.pk, Party.OTHER, seen=version.hash)
            else:
                self.sign(n, party, by, stale=False, behalf=matching.THEMSELVES)

    def _days(self, days: int) -> None:
        morning = datetime.combine(localdate(self.at) + timedelta(days=days), time(9, 30), STOCKHOLM)
        self.touched = True
        self.at = max(self.at + timedelta(hours=1), morning.astimezone(UTC))
        actions.tick(at=self.at)
        actions.tick_check_ins(at=self.at)
        actions.tick_assessments(at=self.at)
        actions.tick_outcomes(at=self.at)
        actions.tick_reports(at=self.at)

    def write(self, n: int, by: str, edit: str, *, stale: bool, days: int) -> None:
        placement = self.placement(n)
        version = self.version(placement) if placement else None
        if placement is None or version is None:
            return
        starts = version.starts or localdate(self.at) + timedelta(days=days)
        school = placement.kind == Kind.APPRENTICESHIP
        starts = starts if edit in {"same", "phone"} or days > 0 else localdate(self.at) + timedelta(days=days)
        given = actions.Written(
            terms=terms(**EDITS[edit] | ({"other": SCHOOL} if school else {})),
            starts=starts,
            ends=version.ends if version.ends and edit in {"same", "phone"} else starts + timedelta(weeks=40 if school else 4),
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
