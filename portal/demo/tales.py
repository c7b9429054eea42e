"""One placement of the demo on its way: both yeses, the draft, the signatures and the answers that come from the workplace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from employers.models import Supervisor
from jobseekers.models import Profile, Stage
from matching import access as doors
from matching import actions as matching
from matching.models import Suggestion
from placements import actions
from placements.fields import Agreed, Contact, Goal, Terms
from placements.models import CheckIn, Doer, GoalKind, Payer, Placement, Safety, Version
from placements.scoring import Answers
from placements.states import Party
from portal.demo.chapters import Cast, Scene

GREEN, AMBER, RED = Answers("well", "yes", "no"), Answers("so", "yes", "no"), Answers("so", "no", "yes")
APART = 3  # days from one step on the way to the next
DAYS, HOURS, WEEKS = ("mon", "wed", "fri"), 12, 12
OLD = {"expired": 100, "draft": 6, "sent": 12, "part_signed": 14, "signed": 18, "approved": 20, "cancelled": 20}  # days since the contact
KNOWN_FOR = timedelta(days=14)  # the advisor has helped somebody for so long when the first step is taken


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


class Tale:
    """One placement on its way, and who acts in it. With `deputy` somebody else supervises than who does it for others already."""

    def __init__(self, cast: Cast, suggestion: Suggestion, way: Way, *, deputy: bool = False) -> None:
        self.cast, self.scene, self.way, self.deputy = cast, Scene(suggestion), way, deputy
        self.advisor, self.person = cast.advisor(self.scene), cast.jobseeker(self.scene)
        self.employer, self.words = cast.employer(self.scene), self.scene.text["placing"]
        self.placement: Placement

    def steps(self) -> Iterator[tuple[int, Callable[[datetime], object]]]:
        """Days ago, and what is done then, up to the approval."""
        begun = OLD.get(self.way.name, self.way.began + 24)
        yield begun, self._meet
        yield begun - APART, self._write
        if self.way.sent:
            yield begun - APART, self._send
        for n in range(min(self.way.signed, 4) if self.way.sent else 0):
            yield begun - 2 * APART - n, self.sign
        if self.way.approved:
            yield begun - 4 * APART, self.approve

    def _meet(self, at: datetime) -> None:
        """Both yeses, the employer's answer, and the draft: on days before."""
        one = self.scene.suggestion
        posting = one.posting
        found = doors.for_advisor(one.pk, by=self.advisor)
        if found is None:
            raise LookupError(f"{one} is not its advisor's")
        early = at - timedelta(days=8)
        Profile.objects.filter(pk=one.profile_id, enrolled_at__gt=early - KNOWN_FOR).update(enrolled_at=early - KNOWN_FOR)
        type(posting.status).objects.filter(posting=posting, published_at__gt=early).update(published_at=early - timedelta(days=9))
        Suggestion.objects.filter(pk=one.pk).update(created_at=early - timedelta(days=1), moved_at=early - timedelta(days=1))
        words = self.scene.luck.choice(self.scene.text["approve"])
        approval = matching.approve(one.pk, by=self.advisor, at=early, seen=doors.version_of(found), words=words)
        seen = doors.consented_card(approval).hash
        door = matching.consent(one.pk, by=self.person, at=early + timedelta(days=1), seen=seen)
        told = {"choice": "meet", "proposal": self.scene.text["proposal"]}
        matching.answer(door.pk, by=self.employer, at=early + timedelta(days=3), **told)
        self.placement = actions.draft(door.pk, by=self.advisor, at=at)
        Profile.objects.filter(pk=one.profile_id).update(stage=Stage.DIALOGUE, stage_since=at)

    def version(self) -> Version:
        """What is being agreed, or what holds."""
        return self.placement.versions.open().first() or self.placement.versions.in_force().get()

    def _terms(self, begun: Terms) -> Terms:
        posting, (name, title, phone) = self.scene.suggestion.posting, self.words["called"]
        lead = posting.supervisor or Supervisor.objects.filter(workplace=posting.workplace).order_by("pk").first()
        who = (lead.name, lead.title) if lead and not self.deputy else self.words["deputy"]
        offered = [code for code, one in sorted(posting.offers.items()) if one.get("answer") == "yes"][:2]
        agreed = begun.adaptations or tuple(Agreed(code, str(posting.offers[code].get("how", ""))) for code in offered)
        apprentice = self.way.kind == "apprenticeship"
        return replace(
            begun,
            hours=HOURS,
            days=DAYS,
            times="9.00–13.00",
            goals=(
                Goal(
                    GoalKind.CERTIFICATE if apprentice else GoalKind.TRY,
                    self.words["craft"] if apprentice else self.scene.luck.choice(self.words["goals"]),
                ),
            ),
            supervisor=Contact(name=who[0], title=who[1], phone=self.words["phone"]),
            safety=(Safety.WALK.value, Safety.FIRST_AID.value),
            emergency=Contact(name, title, phone),
            other=Contact(*self.words["school"]) if apprentice else Contact(),
            adaptations=tuple(replace(one, who=Doer.SUPERVISOR.value, pays=Payer.NOTHING.value) for one in agreed),
        )

    def _write(self, at: datetime) -> None:
        version = self.version()
        starts = self.cast.clock.day(-self.way.began)
        told = actions.Written(
            terms=self._terms(version.terms),
            starts=starts,
            ends=starts + timedelta(weeks=self.way.weeks) - timedelta(days=1),
            measure_key=version.measure.measure_type_id if version.measure else "",
            supervisor_id=None if self.deputy else self.scene.suggestion.posting.supervisor_id,
        )
        actions.write(self.placement.pk, told, by=self.advisor, at=at, seen=version.hash)

    def _send(self, at: datetime) -> None:
        actions.send(self.placement.pk, by=self.advisor, at=at, seen=self.version().hash)

    def sign(self, at: datetime) -> None:
        """The next one who is asked."""
        version = self.version()
        signed = set(version.signatures.values_list("party", flat=True))
        party = next((one for one in version.asked if one not in signed), None)
        if party == Party.OTHER:
            actions.sign_by_link(version.pk, Party.OTHER, at=at, seen=version.hash)
        elif party is not None:
            by = self.person if party == Party.JOBSEEKER else self.employer
            actions.sign(self.placement.pk, Party(party), by=by, at=at, seen=version.hash)

    def approve(self, at: datetime) -> None:
        actions.approve(self.placement.pk, by=self.advisor, at=at, seen=self.version().hash)

    def reply(self, row: CheckIn, at: datetime) -> None:
        """What this side answers to a check-in that has come."""
        if self.way.replies == "none" and row.code not in {"before", "day2"}:
            return
        late = self.way.replies == "red" and row.party == Party.JOBSEEKER and row.code == "week2"
        so = self.way.replies == "green" and row.party == Party.SUPERVISOR and row.code == "week1"
        by = self.person if row.party == Party.JOBSEEKER else self.employer
        said = self.words["green" if row.party == Party.JOBSEEKER else "green_work"]
        words = self.words["red"] if late else said.get(row.code, "")
        actions.answer(row.pk, RED if late else AMBER if so else GREEN, by=by, at=at, words=words)
        if not late:
            actions.review(row.pk, by=self.advisor, at=at + timedelta(hours=3), decision="called" if so else "fine")
