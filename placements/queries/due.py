"""What an advisor should not let wait, of everything: the home page shows it."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts.access import ActiveRole
from cooperation.access import meetings_of
from matching.queries import Due
from matching.queries import due_today as of_matching
from placements.models import CheckIn, CheckInState, Hire, Placement, Task, Version
from placements.scoring import Colour
from placements.states import LIVE, Paper, State

MOST = 5
IDLE = timedelta(days=14)  # nobody has touched a draft for so long
AROUND = ("placement__profile__user", "placement__posting__employer")


def due_today(*, by: ActiveRole, at: datetime) -> list[Due]:
    """At most five. The meetings of today, whose hour does not wait; then the oldest first: what matching has, answers that are red or
    missing, tasks that are late, agreements to approve, drafts that nobody touches, and people in a job to be in touch with."""
    red = _check_ins(by)
    waits = [*red.values(), *_late(by, at, known=set(red)), *_papers(by), *_idle(by, at), *_hires(by, at)]
    return [*_meetings(by, at), *sorted([*of_matching(by=by, at=at), *waits], key=lambda one: one.day)][:MOST]


def _due(kind: str, pk: object, placement: Placement, day: object) -> Due:
    return Due(kind, pk, placement.profile.short_name, placement.posting.employer.name, day, placement.profile_id)  # type: ignore[arg-type]


def _check_ins(by: ActiveRole) -> dict[object, Due]:
    """By the check-in: red ones and those that nobody has answered."""
    unread = CheckIn.objects.of_advisor(by.user_id, by.team_key).to_read().filter(placement__state__in=LIVE)
    found: dict[object, Due] = {}
    for one in unread.exclude(state=CheckInState.ANSWERED, colour__in=[Colour.GREEN, Colour.AMBER]).select_related(*AROUND)[:MOST]:
        found[one.pk] = _due("red" if one.state == CheckInState.ANSWERED else "missed", one.pk, one.placement, one.due)
    return found


def _late(by: ActiveRole, at: datetime, *, known: set[object]) -> list[Due]:
    """Tasks past their day. What a check-in asks for stands there already."""
    late = Task.objects.of_advisor(by.user_id, by.team_key).late(localdate(at)).select_related(*AROUND)
    return [_due("task", one.placement_id, one.placement, one.due) for one in late[: 2 * MOST] if one.about not in known]


def _papers(by: ActiveRole) -> list[Due]:
    """Signed by all others: the advisor reads and approves."""
    mine = Placement.objects.of_advisor(by.user_id, by.team_key).filter(state__in=LIVE)
    signed = Version.objects.filter(placement__in=mine, state=Paper.SIGNED).select_related(*AROUND).order_by("sent_at", "pk")[:MOST]
    return [_due("approve", one.placement_id, one.placement, localdate(one.sent_at)) for one in signed]


def _idle(by: ActiveRole, at: datetime) -> list[Due]:
    mine = Placement.objects.of_advisor(by.user_id, by.team_key).filter(state=State.DRAFT, touched_at__lte=at - IDLE)
    idle = mine.select_related("profile__user", "posting__employer").order_by("touched_at", "pk")[:MOST]
    return [_due("idle", one.pk, one, localdate(one.touched_at)) for one in idle]


def _hires(by: ActiveRole, at: datetime) -> list[Due]:
    mine = Hire.objects.filter(profile__advisor_id=by.user_id, profile__team_id=by.team_key, ended_on=None)
    due = mine.filter(next_contact__lte=localdate(at)).select_related("profile__user", "introduction__posting__employer")
    rows = due.order_by("next_contact", "pk")[:MOST]
    return [_job(one) for one in rows]


def _job(one: Hire) -> Due:
    return Due("hire", one.pk, one.profile.short_name, one.introduction.posting.employer.name, one.next_contact, one.profile_id)  # type: ignore[arg-type]


def _meetings(by: ActiveRole, at: datetime) -> list[Due]:
    today = localdate(at)
    ahead = meetings_of(by=by).ahead(at).filter(starts__lt=at + timedelta(days=1))[:MOST]
    found = [one for one in ahead if localdate(one.starts) == today]
    return [Due("meeting", one.pk, one.profile.short_name, "", today, one.profile_id) for one in found]
