"""The one place that moves a placement or a version of its agreement from state to state."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from jobseekers.actions.whose import ONE_TALK
from jobseekers.models import BehalfReason, Channel
from matching.actions import Behalf
from outbox.actions import announce, post
from placements import access
from placements.models import Placement, Version
from placements.signals import PLACEMENT_MOVED, PLACES_CHANGED
from placements.states import OVER, NotThere, Paper, Party, Refused, State, may_follow, paper_may_follow

logger = logging.getLogger(__name__)
# Constraints of the database that two placements can break together, and the refusal that says so.
TAKEN = {"one_active_trial_a_person": "active", "one_active_trial_a_supervisor": "supervisor"}


def locked(placement_id: UUID | str, **whose: Any) -> Placement:
    """The placement under a row lock, with everyone around it.

    `whose` narrows down before anything is locked: what is not theirs takes as long as what is not there.
    """
    if not Placement.objects.filter(pk=placement_id, **whose).exists():
        raise NotThere
    found = Placement.objects.select_for_update(of=("self",)).whole().filter(pk=placement_id).first()
    if found is None:  # deleted while we waited
        raise NotThere
    return found


def each(which: list[tuple[UUID, UUID]], step: Callable[[Placement, UUID], int], what: str) -> int:
    """For the clock: one step for each (placement, row), in a transaction of its own and under the placement's lock; returns how many were
    taken. One that goes wrong holds up no other: it is noted by its class, because its text may hold what must not reach a log."""
    done = 0
    for placement_id, pk in which:
        try:
            with transaction.atomic():
                done += step(locked(placement_id), pk)
        except NotThere:  # deleted meanwhile
            continue
        except Exception as error:
            logger.error("%s of placement %s: %s", what, placement_id, type(error).__name__)
    return done


def own(placement_id: UUID | str, by: ActiveRole) -> Placement:
    """The same, for the person's own advisor only."""
    if by.kind != RoleKind.ADVISOR:
        raise NotThere
    return locked(placement_id, profile__advisor_id=by.user_id, profile__team_id=by.team_key)


def of_person(placement_id: UUID | str, by: ActiveRole, behalf: Behalf | None = None) -> Placement:
    """For the person, or for their own advisor, who says in `behalf` how the person told them (Refused "channel")."""
    if by.kind == RoleKind.JOBSEEKER:
        return locked(placement_id, profile__user_id=by.user_id)
    placement = own(placement_id, by)
    if behalf is not None and not says_how(behalf):
        raise Refused("channel")
    return placement


def of_employer(placement_id: UUID | str, by: ActiveRole, at: datetime) -> Placement:
    """For a member of the employer, as far as the employer may read it now."""
    readable = Placement.objects.of_employer(by.employer_id, at).filter(pk=placement_id)
    if by.kind != RoleKind.EMPLOYER or not readable.exists():
        raise NotThere
    return locked(placement_id)


def of_party(placement_id: UUID | str, by: ActiveRole, at: datetime) -> Placement:
    """For any of the three, each as far as it is theirs now."""
    return of_employer(placement_id, by, at) if by.kind == RoleKind.EMPLOYER else of_person(placement_id, by)


def says_how(behalf: Behalf) -> bool:
    return behalf.channel in Channel.values and behalf.why in BehalfReason.values


def open_version(placement: Placement) -> Version:
    """The version that is being agreed, under a lock. Refused("decided") when there is none."""
    found = placement.versions.select_for_update().open().first()
    if found is None:
        raise Refused("decided")
    return found


def move(placement: Placement, to: State, *, by: ActiveRole | None, at: datetime, why: str = "", channel: str = "") -> None:
    """Move, log one event, announce one fact. Raises Refused when the table does not allow it, or the database."""
    before = placement.state
    if not may_follow(before, to):
        raise Refused("closed" if before in OVER else "decided")
    placement.state, placement.moved_at = to, at
    if to in OVER:
        placement.closed_at, placement.born = at, None
    keep(placement)
    record("placement_moved", "placement", placement.pk, by=by, at=at, before=before, after=str(to), why=why, channel=channel)
    announce(PLACEMENT_MOVED, at=at, placement_id=str(placement.pk), state=str(to))
    if to in OVER | {State.APPROVED}:
        announce(PLACES_CHANGED, at=at, posting_id=str(placement.posting_id))


def keep(placement: Placement) -> None:
    """Save; Refused where another placement has taken the person or the supervisor."""
    try:
        with transaction.atomic():
            placement.save()
    except IntegrityError as broken:
        raise Refused(next((code for name, code in TAKEN.items() if _names(broken, name)), "decided")) from broken


def _names(broken: IntegrityError, constraint: str) -> bool:
    """SQLite names the columns of a broken uniqueness, PostgreSQL the constraint."""
    column = {"one_active_trial_a_person": "profile_id", "one_active_trial_a_supervisor": "supervisor_id"}[constraint]
    return constraint in str(broken) or str(broken).endswith(f"placements_placement.{column}")


def move_paper(version: Version, to: Paper, *, by: ActiveRole | None, at: datetime, why: str = "", channel: str = "") -> None:
    before = version.state
    if not paper_may_follow(before, to):
        raise Refused("decided")
    version.state = to
    if to == Paper.VOID:
        version.void_at = at
    version.save()
    record("version_moved", "placement", version.placement_id, by=by, at=at, before=before, after=str(to), why=why, channel=channel)


def touch(placement: Placement, at: datetime) -> None:
    """Somebody has done something: an idle draft begins its time anew."""
    Placement.objects.filter(pk=placement.pk).update(touched_at=at, warned_on=None)


def tell(
    placement: Placement, kind: str, *, at: datetime, but: ActiveRole | None, about: UUID | None = None, employer: bool = True
) -> None:
    """One letter that there is something to read, to every party but who did it."""
    for reader_id in sorted(access.parties_of(placement, employer=employer) - ({but.user_id} if but else set())):
        post(kind, reader_id=reader_id, at=at, about=about or placement.pk)


def party_of(by: ActiveRole) -> Party:
    return {RoleKind.JOBSEEKER: Party.JOBSEEKER, RoleKind.EMPLOYER: Party.EMPLOYER}.get(RoleKind(by.kind), Party.ADVISOR)


def in_their_name(placement: Placement, what: str, *, by: ActiveRole, at: datetime, channel: str, why: str) -> None:
    """What the advisor has done for the person stands where the person reads it, and one letter tells of all that came of one talk."""
    record(what, "profile", placement.profile_id, by=by, at=at, channel=channel, why=why)
    post("answered_for_you", reader_id=placement.profile.user_id, at=at, about=placement.profile_id, not_before=at + ONE_TALK)
