"""Somebody thinks of an adaptation while the placement lasts: the advisor answers, and a new version of the agreement makes it agreed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from outbox.actions import post
from placements.actions.moves import of_party, party_of
from placements.actions.tasks import add_task
from placements.fields import Agreed
from placements.models import Adaptation, TaskKind, Works
from placements.states import Party, Refused
from taxonomy.models import Need

LAST = 1000  # a proposal stands below what is agreed on


def propose(placement_id: UUID, code: str, how: str, *, by: ActiveRole, at: datetime) -> Adaptation:
    """`code` is of the needs catalogue. It is read by who proposes it and by the advisor; what the advisor proposes, by the person too.

    The employer learns of it from a version of the agreement that the person has read first. Refused("running") unless the placement is
    approved or under way, ("there") for what is agreed on or waits already.
    """
    with transaction.atomic():
        placement = of_party(placement_id, by, at)
        if not placement.is_active:
            raise Refused("running" if placement.is_live else "closed")
        if not Need.objects.filter(code=code).exists():
            raise Refused("changed")
        party = party_of(by)
        rows = placement.adaptations.followed()
        if any(one.agreed.code == code for one in rows if one.state != Works.PROPOSED or one.proposed_by == party):
            raise Refused("there")
        made = Adaptation.objects.create(
            placement=placement,
            position=LAST,
            sealed=Agreed(code, how).as_mapping(),
            state=Works.PROPOSED,
            proposed_by=party,
            moved_at=at,
        )
        record("adaptation_proposed", "placement", placement.pk, by=by, at=at, after=str(party))
        if party == Party.ADVISOR:
            post("placement_moved", reader_id=placement.profile.user_id, at=at, about=placement.pk)
        else:
            add_task(placement, TaskKind.PROPOSAL, at=at, about=made.pk)
    return made
