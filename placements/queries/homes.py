"""What waits for a jobseeker and for an employer, of everything: the home pages show it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from accounts.access import ActiveRole
from cooperation.access import OwnMeeting, StepLine, next_steps, own_next
from jobseekers.models import Profile
from matching.models import Approval, Introduction
from matching.queries import waits_for
from placements.models import Assessment, CheckIn, Outcome, OutcomeConsent, Placement, Version
from placements.models.placements import PlacementQuerySet
from placements.models.versions import VersionQuerySet
from placements.states import LIVE, SIGNING, Party

MOST_THEN = 3
SOON = timedelta(days=7)  # a meeting within this time may be the one thing of today
EMPLOYERS = (Party.EMPLOYER, Party.SUPERVISOR)  # what a member of the employer may sign as


@dataclass(frozen=True)
class Step:
    """Something to do or to know of. `kind` names the sentence: sign, card, times, check_in, assessment, outcome, meeting, profile; and
    among what comes then also placement, door, plan, needs, postings."""

    kind: str
    approval: Approval | None = None
    door: Introduction | None = None
    placement: Placement | None = None
    check_in: CheckIn | None = None
    outcome: Outcome | None = None
    meeting: OwnMeeting | None = None
    plan: StepLine | None = None


@dataclass(frozen=True)
class Today:
    act: Step | None
    then: tuple[Step, ...]


def today_of(profile: Profile, *, by: ActiveRole, at: datetime) -> Today:
    """Signing comes first, then a card, times that an employer proposes, how it goes and went, a meeting soon, what the profile lacks."""
    waits, meetings = waits_for(profile, at), own_next(by=by, at=at, most=MOST_THEN)
    cards = [Step("card", approval=one) for one in waits.cards]
    times = [Step("times", door=one) for one in waits.times]
    soon = [Step("meeting", meeting=one) for one in meetings if one.waiting or one.meeting.starts <= at + SOON]
    lacks = [Step("profile")] if waits.lacks else []
    first = [*_to_sign(profile), *cards, *times, *_asked(profile), *_later_on(profile, at), *soon]
    under_way = list(_under_way(profile))
    agreed = {one.introduction_id for one in under_way}
    later = [
        *(Step("placement", placement=one) for one in under_way),
        *(Step("door", door=one) for one in waits.doors if one.pk not in agreed),
        *(Step("plan", plan=one) for one in next_steps(profile, at)[:MOST_THEN]),
    ]
    act = next(iter([*first, *lacks]), None)
    then = [one for one in (*first, *later, *lacks, Step("needs"), Step("postings")) if one is not act]
    return Today(act, tuple(then[:MOST_THEN]))


def _to_sign(profile: Profile) -> list[Step]:
    sent = Version.objects.filter(placement__profile=profile, sent_at__isnull=False)
    return [Step("sign", placement=one.placement) for one in _whose_turn(sent, (Party.JOBSEEKER,))]


def _whose_turn(versions: VersionQuerySet, parties: tuple[Party, ...]) -> list[Version]:
    """Versions that wait for one of these signatures now, the oldest first."""
    open_now = versions.filter(state__in=SIGNING, placement__state__in=LIVE).select_related("placement__posting__employer")
    found = []
    for one in open_now.prefetch_related("signatures").order_by("sent_at", "pk"):
        signed = {signature.party for signature in one.signatures.all()}
        left = [party for party in one.asked if party not in signed]
        if set(left[:1] if one.in_order else left) & set(parties):
            found.append(one)
    return found


def _asked(profile: Profile) -> list[Step]:
    """How it goes, and how it went."""
    waiting = CheckIn.objects.filter(placement__profile=profile, party=Party.JOBSEEKER, placement__state__in=LIVE).waiting()
    check_ins = waiting.select_related("placement__posting__employer").order_by("closes", "pk")[: MOST_THEN + 1]
    open_now = Assessment.objects.filter(placement__profile=profile, closed_at=None, person_at=None).select_related(
        "placement__posting__employer"
    )
    return [
        *(Step("check_in", check_in=one, placement=one.placement) for one in check_ins),
        *(Step("assessment", placement=one.placement) for one in open_now.order_by("opened_at", "pk")[: MOST_THEN + 1]),
    ]


def _later_on(profile: Profile, at: datetime) -> list[Step]:
    """Where they are now: asked of who has said yes to it."""
    if not OutcomeConsent.objects.given().filter(profile=profile).exists():
        return []
    due = Outcome.objects.due(localdate(at)).filter(placement__profile=profile).select_related("placement__posting__employer")
    return [Step("outcome", outcome=one, placement=one.placement) for one in due[:MOST_THEN]]


def _under_way(profile: Profile) -> PlacementQuerySet:
    return Placement.objects.active().filter(profile=profile).select_related("posting__employer").order_by("starts", "pk")[:MOST_THEN]


@dataclass(frozen=True)
class Todo:
    """Something that an employer is asked for. Nobody's name is in it: that stands behind the promise of confidentiality."""

    kind: str  # sign, check_in or assessment
    pk: UUID
    posting: str
    language: str
    day: date | None  # the last day to answer


def employer_todo(*, by: ActiveRole, at: datetime) -> list[Todo]:
    """Signatures, check-ins and words about how it went that an employer has not given, as far as it may know of them."""
    theirs = Placement.objects.of_employer(by.employer_id, at)
    shown = Version.objects.filter(placement__in=theirs, shown_at__isnull=False)
    found = [_todo("sign", one.placement_id, one.placement) for one in _whose_turn(shown, EMPLOYERS)]
    waiting = CheckIn.objects.filter(placement__in=theirs, placement__state__in=LIVE, party=Party.SUPERVISOR).waiting()
    for row in waiting.select_related("placement__posting").order_by("closes", "pk"):
        found.append(_todo("check_in", row.pk, row.placement, row.closes))
    open_now = Assessment.objects.filter(placement__in=theirs, closed_at=None, employer_at=None, elsewhere_on=None)
    for asked in open_now.select_related("placement__posting").order_by("opened_at", "pk"):
        found.append(_todo("assessment", asked.placement_id, asked.placement))
    return found


def _todo(kind: str, pk: UUID, placement: Placement, day: date | None = None) -> Todo:
    return Todo(kind, pk, placement.posting.title, placement.posting.language, day)
