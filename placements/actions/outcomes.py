"""Where the person is at the end, and 3, 6 and 12 months later; and hires, which are followed on without an end."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from matching import access as doors
from matching import actions as matching
from matching.actions import THEMSELVES, Behalf
from outbox.actions import announce, post
from placements.actions.moves import each, locked, own, says_how
from placements.actions.tasks import add_task
from placements.models import Hire, HireForm, Outcome, OutcomeConsent, Placement, Source, TaskKind, Where
from placements.models.ends import ASKED_WITH
from placements.scoring import months_after
from placements.signals import PLACES_CHANGED
from placements.states import AGREED_ONCE, NotThere, Refused

MOMENTS = (0, 3, 6, 12)  # months after the end
GIVEN_UP, A_DAY = timedelta(days=60), timedelta(days=1)  # after its day, what nobody knows is unknown
FIRST_CONTACT, SECOND_CONTACT, THEN = timedelta(weeks=1), timedelta(days=30), timedelta(days=30)  # IPS, items 22 and 23


def plan_outcomes(placement: Placement) -> None:
    """A row for each moment, counted from the last day. Twice is once."""
    if placement.last_day is None:
        return
    for months in MOMENTS:
        Outcome.objects.get_or_create(placement=placement, months=months, defaults={"due": months_after(placement.last_day, months)})


def tick(*, at: datetime) -> dict[str, int]:
    """Ask who has said yes to being asked; note as unknown what nobody knows long after its day."""
    late = Outcome.objects.due(localdate(at) - GIVEN_UP - A_DAY)
    waiting = Outcome.objects.due(localdate(at)).filter(asked_at=None).exclude(pk__in=late.order_by().values("pk"))
    return {
        "asked": each(list(waiting.values_list("placement_id", "pk")), lambda placement, pk: _ask(placement, pk, at), "an outcome"),
        "unknown": each(list(late.values_list("placement_id", "pk")), lambda _, pk: _give_up(pk, at), "an outcome"),
    }


def _ask(placement: Placement, pk: UUID, at: datetime) -> bool:
    row = Outcome.objects.select_for_update().get(pk=pk)
    if row.where or row.asked_at is not None or not has_consent(placement):
        return False
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    post("outcome", reader_id=placement.profile.user_id, at=at, about=row.pk)
    add_task(placement, TaskKind.OUTCOME, at=at, about=row.pk, within=5)
    return True


def _give_up(pk: UUID, at: datetime) -> bool:
    row = Outcome.objects.select_for_update().get(pk=pk)
    if row.where:
        return False
    _note(row, Known(Where.UNKNOWN), by=None, at=at)
    row.placement.tasks.filter(about=pk, done_at=None).update(done_at=at)
    return True


def has_consent(placement: Placement) -> bool:
    return OutcomeConsent.objects.given().filter(profile_id=placement.profile_id).exists()


@dataclass(frozen=True)
class Known:
    """Where somebody is: hours a week, whether at the same workplace, and who says so."""

    where: Where
    hours: int | None = None
    same_workplace: bool | None = None
    source: Source = Source.ADVISOR


def record_outcome(outcome_id: UUID, known: Known, *, by: ActiveRole, at: datetime) -> None:
    """Where the person is: by the person, who needs no consent for their own words, or by the advisor, who says from where they know.

    What was unknown may become known. Without the person's separate yes the advisor notes nothing that they have told: Refused("channel").
    """
    with transaction.atomic():
        found = Outcome.objects.filter(pk=outcome_id).first()
        if found is None:
            raise NotThere
        placement = _theirs(found.placement_id, by)
        row = Outcome.objects.select_for_update().get(pk=outcome_id)
        if row.due > localdate(at):
            raise Refused("day")
        if by.kind == RoleKind.JOBSEEKER:
            known = replace(known, source=Source.PERSON)
        elif known.source == Source.PERSON and not has_consent(placement):
            raise Refused("channel")
        _note(row, known, by=by, at=at)
        placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)


def _theirs(placement_id: UUID, by: ActiveRole) -> Placement:
    return locked(placement_id, profile__user_id=by.user_id) if by.kind == RoleKind.JOBSEEKER else own(placement_id, by)


def _note(row: Outcome, known: Known, *, by: ActiveRole | None, at: datetime) -> None:
    somewhere = known.where not in {Where.NONE, Where.UNKNOWN}
    row.where, row.source = known.where, known.source
    row.hours, row.same_workplace = (known.hours, known.same_workplace) if somewhere else (None, None)
    row.by_id, row.at = by.user_id if by else None, at
    row.save()
    record("outcome_noted", "placement", row.placement_id, by=by, at=at, after=str(row.months), why=str(row.source))


def agree_to_be_asked(profile_id: UUID, yes: bool, *, by: ActiveRole, at: datetime, behalf: Behalf = THEMSELVES) -> None:
    """The separate yes to questions after 3, 6 and 12 months, or its taking back; the advisor says how they were told. Twice is once."""
    with transaction.atomic():
        mine = Placement.objects.filter(profile_id=profile_id)
        if by.kind == RoleKind.ADVISOR:
            mine = mine.of_advisor(by.user_id, by.team_key)
            if not says_how(behalf):
                raise Refused("channel")
        elif by.kind == RoleKind.JOBSEEKER:
            mine = mine.of_person(by.user_id)
        else:
            raise NotThere
        if not mine.exists():
            raise NotThere
        list(mine.select_for_update(of=("self",)).order_by("pk"))  # a yes that is sent twice is one
        held = OutcomeConsent.objects.select_for_update().filter(profile_id=profile_id, withdrawn_at=None).first()
        stands = held is not None and held.text_version == ASKED_WITH
        if yes == stands and (yes or held is None):
            return
        if held is not None:
            held.withdrawn_at = at
            held.save(update_fields=["withdrawn_at"])
        if yes:
            given = {"text_version": ASKED_WITH, "channel": behalf.channel, "why": behalf.why}
            OutcomeConsent.objects.create(profile_id=profile_id, at=at, **given)
        record("outcome_consent", "profile", profile_id, by=by, at=at, after="yes" if yes else "no", channel=behalf.channel, why=behalf.why)


def hire(
    introduction_id: UUID, *, by: ActiveRole, at: datetime, form: HireForm, starts: date, hours: int, placement_id: UUID | None = None
) -> Hire:
    """Somebody is employed, after an introduction for a job or after a placement. A second call gives the same hire."""
    with transaction.atomic():
        door = doors.door_of_advisor(introduction_id, by=by)
        if door is None:
            raise NotThere
        placement = own(placement_id, by) if placement_id else None
        if placement is not None and placement.introduction_id != introduction_id:
            raise NotThere
        if placement is None or placement.state not in AGREED_ONCE:  # a draft that came to nothing opens no door again
            matching.agree(introduction_id, by=by, at=at)
        there = Hire.objects.filter(introduction_id=introduction_id, ended_on=None).first()  # under the lock of the placement or the door
        if there is not None:
            return there
        made = Hire.objects.create(
            profile_id=door.suggestion.profile_id,
            introduction=door,
            placement=placement,
            form=form,
            starts=starts,
            hours=hours,
            recorded_at=at,
            next_contact=starts + FIRST_CONTACT,
        )
        record("hired", "introduction", introduction_id, by=by, at=at, after=str(form))
        announce(PLACES_CHANGED, at=at, posting_id=str(door.posting_id))
    return made


def contacted(hire_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The advisor has been in touch: the next time is after a month, and every month then, as long as it is wanted."""
    with transaction.atomic():
        row = _hire(hire_id, by)
        row.contacts += 1
        row.next_contact = localdate(at) + (SECOND_CONTACT if row.contacts == 1 else THEN)
        row.save(update_fields=["contacts", "next_contact"])
        record("hire_followed", "introduction", row.introduction_id, by=by, at=at)


def enough(hire_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The person says that they need no more support now; the job goes on."""
    with transaction.atomic():
        row = _hire(hire_id, by)
        row.next_contact = None
        row.save(update_fields=["next_contact"])
        record("hire_enough", "introduction", row.introduction_id, by=by, at=at)


def end_hire(hire_id: UUID, on: date, *, by: ActiveRole, at: datetime) -> None:
    """The job has ended."""
    with transaction.atomic():
        row = _hire(hire_id, by)
        if not row.starts <= on <= localdate(at):
            raise Refused("day")
        row.ended_on, row.next_contact = on, None
        row.save(update_fields=["ended_on", "next_contact"])
        record("hire_ended", "introduction", row.introduction_id, by=by, at=at)
        announce(PLACES_CHANGED, at=at, posting_id=str(row.introduction.posting_id))


def _hire(hire_id: UUID, by: ActiveRole) -> Hire:
    mine = {"profile__advisor_id": by.user_id, "profile__team_id": by.team_key} if by.kind == RoleKind.ADVISOR else {}
    theirs = {"profile__user_id": by.user_id} if by.kind == RoleKind.JOBSEEKER else mine
    row = Hire.objects.select_for_update().filter(pk=hire_id, ended_on=None, **theirs).first() if theirs else None
    if row is None:
        raise NotThere
    return row
