"""Placements of the demo, in every state there is: drafted, signed, begun and ended through the actions, day after day up to today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from employers.models import Kind, Posting, Supervisor
from jobseekers.models import Profile
from matching import access as doors
from matching import actions as matching
from matching.models import Suggestion
from outbox.models import Letter
from placements import actions
from placements.fields import Agreed, Contact, Goal, Terms
from placements.models import CheckIn, Doer, EndWhy, GoalKind, Payer, Placement, Safety, Version, Where
from placements.scoring import Answers
from placements.states import Party
from portal.demo.chapters import Cast, Scene
from portal.demo.content import account_id, key

GREEN, RED = Answers("well", "yes", "no"), Answers("so", "no", "yes")
APART = 3  # days from one step on the way to the next
DAYS, HOURS, WEEKS = ("mon", "wed", "fri"), 12, 12
LONGEST = 130  # days that the story goes back


@dataclass(frozen=True)
class Way:
    """How far a placement goes. `began`: days ago, negative for days ahead; `signed`: how many sign; `then`: what happens some days ago."""

    name: str
    began: int
    signed: int = 9
    sent: bool = True
    approved: bool = True
    weeks: int = WEEKS
    replies: str = "green"
    then: tuple[tuple[int, str], ...] = ()
    kind: str = "trial"


WAYS = (
    Way("apprentice", 25, kind="apprenticeship", weeks=40),
    Way("red", 16, replies="red"),
    Way("signed", -9, approved=False),
    Way("draft", -20, sent=False, approved=False),
    Way("sent", -16, signed=0, approved=False),
    Way("part_signed", -14, signed=1, approved=False),
    Way("approved", -7),
    Way("green", 37),
    Way("missed", 30, replies="none"),
    Way("changing", 40, then=((2, "longer"),)),
    Way("paused", 33, then=((6, "rest"),)),
    Way("completed", 80, weeks=11, then=((1, "assessed"),)),
    Way("followed", 80, weeks=10, then=((8, "assessed"), (7, "closed"), (6, "known"))),
    Way("ended_early", 30, then=((4, "end"),)),
    Way("cancelled", -10, then=((1, "cancel"),)),
    Way("expired", -20, sent=False, approved=False),
)
OLD = {"expired": 100, "draft": 6, "sent": 12, "part_signed": 14, "signed": 18, "approved": 20, "cancelled": 20}  # days since the contact


class Tale:
    """One placement on its way, and who acts in it."""

    def __init__(self, cast: Cast, suggestion: Suggestion, way: Way) -> None:
        self.cast, self.scene, self.way = cast, Scene(suggestion), way
        self.advisor, self.person = cast.advisor(self.scene), cast.jobseeker(self.scene)
        self.employer, self.words = cast.employer(self.scene), self.scene.text["placing"]
        self.placement: Placement

    def steps(self) -> Iterator[tuple[int, Callable[[datetime], object]]]:
        """Days ago, and what is done then."""
        begun = OLD.get(self.way.name, self.way.began + 24)
        yield begun, self._meet
        yield begun - APART, self._write
        if self.way.sent:
            yield begun - APART, self._send
        for n in range(min(self.way.signed, 4) if self.way.sent else 0):
            yield begun - 2 * APART - n, self._sign
        if self.way.approved:
            yield begun - 4 * APART, self._approve
        for days, name in self.way.then:
            yield days, getattr(self, f"_{name}")

    def _meet(self, at: datetime) -> None:
        """Both yeses, the employer's answer, and the draft: on days before."""
        one = self.scene.suggestion
        posting = one.posting
        found = doors.for_advisor(one.pk, by=self.advisor)
        if found is None:
            raise LookupError(f"{one} is not its advisor's")
        early = at - timedelta(days=8)
        type(posting.status).objects.filter(posting=posting, published_at__gt=early).update(published_at=early - timedelta(days=9))
        Suggestion.objects.filter(pk=one.pk).update(created_at=early - timedelta(days=1), moved_at=early - timedelta(days=1))
        words = self.scene.luck.choice(self.scene.text["approve"])
        approval = matching.approve(one.pk, by=self.advisor, at=early, seen=doors.version_of(found), words=words)
        seen = doors.consented_card(approval).hash
        door = matching.consent(one.pk, by=self.person, at=early + timedelta(days=1), seen=seen)
        told = {"choice": "meet", "proposal": self.scene.text["proposal"]}
        matching.answer(door.pk, by=self.employer, at=early + timedelta(days=3), **told)
        self.placement = actions.draft(door.pk, by=self.advisor, at=at)

    def _version(self) -> Version:
        return self.placement.versions.open().first() or self.placement.versions.in_force().get()

    def _terms(self, begun: Terms) -> Terms:
        posting, (name, title, phone) = self.scene.suggestion.posting, self.words["called"]
        lead = posting.supervisor or Supervisor.objects.filter(workplace=posting.workplace).order_by("pk").first()
        offered = [code for code, one in sorted(posting.offers.items()) if one.get("answer") == "yes"][:2]
        agreed = begun.adaptations or tuple(Agreed(code, str(posting.offers[code].get("how", ""))) for code in offered)
        apprentice = self.way.kind == "apprenticeship"
        return replace(
            begun,
            hours=begun.hours or HOURS,
            days=DAYS,
            times="9.00–13.00",
            goals=(Goal(GoalKind.CERTIFICATE if apprentice else GoalKind.TRY, self.scene.luck.choice(self.words["goals"])),),
            supervisor=Contact(lead.name, lead.title, self.words["phone"]) if lead else begun.supervisor,
            safety=(Safety.WALK.value, Safety.FIRST_AID.value),
            emergency=Contact(name, title, phone),
            other=Contact(*self.words["school"]) if apprentice else Contact(),
            adaptations=tuple(replace(one, who=Doer.SUPERVISOR.value, pays=Payer.NOTHING.value) for one in agreed),
        )

    def _write(self, at: datetime) -> None:
        version = self._version()
        starts = self.cast.clock.day(-self.way.began)
        told = actions.Written(
            terms=self._terms(version.terms),
            starts=starts,
            ends=starts + timedelta(weeks=self.way.weeks) - timedelta(days=1),
            measure_key=version.measure.measure_type_id if version.measure else "",
            supervisor_id=self.scene.suggestion.posting.supervisor_id,
        )
        actions.write(self.placement.pk, told, by=self.advisor, at=at, seen=version.hash)

    def _send(self, at: datetime) -> None:
        actions.send(self.placement.pk, by=self.advisor, at=at, seen=self._version().hash)

    def _sign(self, at: datetime) -> None:
        """The next one who is asked."""
        version = self._version()
        signed = set(version.signatures.values_list("party", flat=True))
        party = next((one for one in version.asked if one not in signed), None)
        if party == Party.OTHER:
            actions.sign_by_link(version.pk, Party.OTHER, at=at, seen=version.hash)
        elif party is not None:
            by = self.person if party == Party.JOBSEEKER else self.employer
            actions.sign(self.placement.pk, Party(party), by=by, at=at, seen=version.hash)

    def _approve(self, at: datetime) -> None:
        actions.approve(self.placement.pk, by=self.advisor, at=at, seen=self._version().hash)

    def _longer(self, at: datetime) -> None:
        self._new_days(at, ends=self.cast.clock.day(-self.way.began + (WEEKS + 4) * 7))

    def _rest(self, at: datetime) -> None:
        """Agreed on in one day, because everyone was there."""
        day = self.cast.clock.day
        self._new_days(at, ends=None, pause_from=day(-2), pause_until=day(9))
        for minutes in range(4):
            self._sign(at + timedelta(minutes=minutes))
        self._approve(at + timedelta(hours=1))

    def _new_days(self, at: datetime, **days: Any) -> None:
        actions.change_days(self.placement.pk, by=self.advisor, at=at, seen=self._version().hash, **days)

    def _end(self, at: datetime) -> None:
        last = self.cast.clock.day(-5)
        actions.end_early(self.placement.pk, by=self.person, at=at, last_day=last, why=EndWhy.SUIT, hours=40)

    def _cancel(self, at: datetime) -> None:
        actions.cancel(self.placement.pk, by=self.employer, at=at, why=EndWhy.WORKPLACE)

    def _assessed(self, at: datetime) -> None:
        said = {"attendance": "most", "goals": ["yes"], "next": "longer", "mattered": []}
        actions.assess(self.placement.pk, {**said, "words": self.words["person"]}, by=self.person, at=at)
        if self.way.name == "followed":
            actions.assess(self.placement.pk, {**said, "words": self.words["employer"]}, by=self.employer, at=at)

    def _closed(self, at: datetime) -> None:
        actions.close_assessment(self.placement.pk, self.words["closing"], by=self.advisor, at=at)
        actions.agree_to_be_asked(self.placement.profile_id, True, by=self.person, at=at)

    def _known(self, at: datetime) -> None:
        first = self.placement.outcomes.get(months=0)
        actions.record_outcome(first.pk, actions.Known(Where.SUBSIDISED, 20, True), by=self.advisor, at=at)

    def reply(self, row: CheckIn, at: datetime) -> None:
        """What this side answers to a check-in that has come."""
        late = self.way.name == "red" and row.party == Party.JOBSEEKER and row.code == "week2"
        if self.way.replies == "none" and row.code not in {"before", "day2"}:
            return
        by = self.person if row.party == Party.JOBSEEKER else self.employer
        words = self.words["red"] if late else self.scene.luck.choice(["", *self.words["green"]])
        actions.answer(row.pk, RED if late else GREEN, by=by, at=at, words=words)
        if not late:
            actions.review(row.pk, by=self.advisor, at=at + timedelta(hours=3), decision="fine")


def make_placements(cast: Cast) -> dict[str, int]:
    """Every way once in each country, as far as there is somebody for it; returns how many went which way."""
    tales = list(_tales(cast))
    todo = sorted(((days, n, step) for n, tale in enumerate(tales) for days, step in tale.steps()), key=lambda one: -one[0])
    for days in range(LONGEST, -1, -1):
        at = cast.clock.ago(days)
        for minutes, (_, _, step) in enumerate([one for one in todo if one[0] == days]):
            step(at + timedelta(seconds=minutes))
        _tick(at)
        for row in CheckIn.objects.waiting().order_by("due", "party", "placement__profile_id"):
            next(tale for tale in tales if getattr(tale, "placement", None) == row.placement).reply(row, at + timedelta(minutes=5))
    Letter.objects.filter(done_at=None).update(done_at=cast.clock.now, outcome="dropped")
    return {tale.way.name: sum(one.way.name == tale.way.name for one in tales) for tale in tales}


def _by_hand(cast: Cast, country: str, people: set[int]) -> Suggestion | None:
    """An apprenticeship that an advisor has found for somebody who has been with them for long."""
    posting = Posting.objects.open().filter(kind=Kind.APPRENTICESHIP, employer__country=country).order_by("pk").first()
    free = Profile.objects.filter(country=country, advisor__isnull=False, paused=False, left_at=None).exclude(user_id__in=people)
    person = free.order_by("enrolled_at", "pk").first()
    if posting is None or person is None:
        return None
    return matching.choose(posting.pk, person.pk, by=cast.roles[person.advisor_id or 0], at=cast.clock.ago(LONGEST))


def _tick(at: datetime) -> None:
    actions.tick(at=at)
    actions.tick_check_ins(at=at)
    actions.tick_assessments(at=at)
    actions.tick_outcomes(at=at)


def _tales(cast: Cast) -> Iterator[Tale]:
    """People who have nothing else going on, each who begins at a workplace where nobody else does, the best first."""
    waiting = Suggestion.objects.filter(state="suggested", eligible=True, introduction=None)
    rows = waiting.select_related("profile__user", "posting__employer", "posting__status", "posting__workplace", "posting__supervisor")
    people = {account_id(slug) for slug in ("elin", "yusuf", "sindre")}
    people |= set(Suggestion.objects.exclude(state__in=["suggested", "closed"]).values_list("profile__user_id", flat=True))
    places: set[Any] = {key("employer", "lindangen")}
    for country, first in (("SE", account_id("maria")), ("NO", account_id("ingrid"))):
        found = sorted(
            (one for one in rows if one.posting.employer.country == country and one.posting.status.state == "published"),
            key=lambda one: (one.profile.advisor_id != first, -one.order, str(one.profile_id), str(one.posting_id)),
        )
        for way in WAYS:
            taken = (
                one
                for one in found
                if one.posting.kind == way.kind
                and one.profile.user_id not in people
                and one.posting.employer_id not in places
                and not (way.approved and one.posting.workplace_id in places)
            )
            chosen = _by_hand(cast, country, people) if way.kind == Kind.APPRENTICESHIP else next(taken, None)
            if chosen is not None:
                people.add(chosen.profile.user_id)
                places |= {chosen.posting.workplace_id} if way.approved else set()
                yield Tale(cast, chosen, way)
