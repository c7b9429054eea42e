"""A placement ends: before it has begun, before its last day, or because the door behind a draft has closed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from placements.actions import check_ins, following
from placements.actions.moves import locked, move, move_paper, of_employer, of_person, own, party_of, tell
from placements.models import EndWhy, Placement
from placements.states import STARTED, Paper, Party, Refused, State

BEFORE = frozenset({State.DRAFT, State.APPROVED})
WANTED_BY = frozenset({Party.JOBSEEKER, Party.EMPLOYER, Party.ADVISOR})


def end_early(
    placement_id: UUID, *, by: ActiveRole, at: datetime, last_day: date, why: str, wanted_by: Party | None = None, hours: int | None = None
) -> None:
    """The placement ends before its last day, at once: who wanted it, a coded reason, the last day, the hours that were done.

    Anybody of the three may end it; the advisor says for whom (`wanted_by`). A last day before the first or after today: Refused("day").
    The advisor calls both within two working days.
    """
    with transaction.atomic():
        placement = _theirs(placement_id, by, at)
        if placement.state not in STARTED or placement.starts is None:
            raise Refused("closed" if not placement.is_live else "running")
        if not placement.starts <= last_day <= localdate(at):
            raise Refused("day")
        party = (wanted_by or Party.ADVISOR) if by.kind == RoleKind.ADVISOR else party_of(by)
        if why not in EndWhy.values or party not in WANTED_BY:
            raise Refused("changed")
        void_open(placement, by=by, at=at)
        placement.ended_by, placement.ended_why, placement.ended_on, placement.hours_done = party, why, last_day, hours
        move(placement, State.ENDED_EARLY, by=by, at=at, why=str(party))  # never the reason: the log outlives the placement
        following.over(placement, by=by, at=at)
        tell(placement, "placement_moved", at=at, but=by)


def cancel(placement_id: UUID, *, by: ActiveRole, at: datetime, why: str, wanted_by: Party | None = None) -> None:
    """Nothing comes of it: before the first day, by any of the three."""
    with transaction.atomic():
        placement = _theirs(placement_id, by, at)
        if placement.state not in BEFORE:
            raise Refused("running" if placement.is_live else "closed")
        party = (wanted_by or Party.ADVISOR) if by.kind == RoleKind.ADVISOR else party_of(by)
        if why not in EndWhy.values or party not in WANTED_BY:
            raise Refused("changed")
        placement.ended_by, placement.ended_why = party, why
        call_off(placement, by=by, at=at, why=str(party))


def call_off(placement: Placement, *, by: ActiveRole | None, at: datetime, why: str, to: State = State.CANCELLED) -> None:
    """Under its lock: no version of it is signed any more, and all who can read it are told, and nobody is asked any more."""
    shown = placement.may_go_on and placement.versions.filter(shown_at__isnull=False).exists()
    void_open(placement, by=by, at=at)
    check_ins.call_off(placement)
    move(placement, to, by=by, at=at, why=why)
    tell(placement, "placement_moved", at=at, but=by, employer=shown)


def door_closed(introduction_id: UUID, *, at: datetime) -> None:
    """The contact has ended: what was not approved yet goes with it. Twice is once."""
    with transaction.atomic():
        for pk in Placement.objects.filter(introduction_id=introduction_id, state=State.DRAFT).values_list("pk", flat=True):
            placement = locked(pk)
            if placement.state == State.DRAFT:
                call_off(placement, by=None, at=at, why="door_closed")


def void_open(placement: Placement, *, by: ActiveRole | None, at: datetime) -> None:
    """What was being signed goes with the placement that it would have changed."""
    version = placement.versions.select_for_update().open().first()
    if version is not None:
        move_paper(version, Paper.VOID, by=by, at=at, why="over")


def _theirs(placement_id: UUID, by: ActiveRole, at: datetime) -> Placement:
    if by.kind == RoleKind.JOBSEEKER:
        return of_person(placement_id, by)
    return of_employer(placement_id, by, at) if by.kind == RoleKind.EMPLOYER else own(placement_id, by)
