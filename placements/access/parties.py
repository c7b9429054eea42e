"""Whose placement it is, and whose accounts hear of it."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from accounts.access import ActiveRole
from accounts.models import RoleKind
from matching.access import readers_of_posting
from placements.models import Assessment, CheckIn, Placement
from placements.models.placements import PlacementQuerySet
from placements.states import Party

M = TypeVar("M", bound=Model)


def parties_of(placement: Placement, *, employer: bool) -> set[int]:
    """Accounts of the person and their advisor, and where they may know, of the employer's members."""
    persons = {one for one in (placement.profile.user_id, placement.profile.advisor_id) if one}
    return persons | (set(readers_of_posting(placement.posting.employer_id)) if employer else set())


def readers_of_check_in(row: CheckIn) -> list[int]:
    """Accounts that may answer: the person's, or those of the employer's members."""
    if row.party == Party.JOBSEEKER:
        return [row.placement.profile.user_id]
    return readers_of_posting(row.placement.posting.employer_id)


def placement_for(placement_id: UUID, *, by: ActiveRole, at: datetime) -> Placement | None:
    """A placement for one of its three parties as far as they may know of it now; None when it is not there or not theirs."""
    mine = placements_of(by=by, at=at)
    return mine.whole().filter(pk=placement_id).first() if mine is not None else None


def placements_of(*, by: ActiveRole, at: datetime) -> PlacementQuerySet | None:
    """Everything that a party may open; None for a role that is none."""
    if by.kind == RoleKind.ADVISOR:
        return Placement.objects.of_advisor(by.user_id, by.team_key)
    if by.kind == RoleKind.JOBSEEKER:
        return Placement.objects.of_person(by.user_id)
    return Placement.objects.of_employer(by.employer_id, at) if by.kind == RoleKind.EMPLOYER else None


def asked_to_assess(row: Assessment, placement: Placement) -> list[int]:
    """Accounts of the sides that have not said how it went."""
    asked = [placement.profile.user_id] if row.person_at is None else []
    if row.employer_at is None and row.elsewhere_on is None:
        asked += readers_of_posting(placement.posting.employer_id)
    return asked


def within(model: type[M], pk: UUID, *, by: ActiveRole, at: datetime) -> M | None:
    """A row that hangs on a placement, for one of the placement's parties: one question, whether it is not there or not theirs."""
    mine = placements_of(by=by, at=at)
    if mine is None:
        return None
    rows = model._default_manager.filter(pk=pk, placement__in=mine.order_by())
    return rows.select_related("placement__profile__advisor", "placement__posting__employer").first()
