"""Whether what was agreed works, and what happens in between."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from employers import actions as employers
from outbox.actions import post
from placements.actions.moves import of_party, own, party_of, tell
from placements.actions.tasks import add_task
from placements.models import Adaptation, Incident, Placement, TaskKind, Works
from placements.states import NotThere, Refused

A_BREATH = timedelta(minutes=1)
NEXT: dict[Works, frozenset[Works]] = {
    Works.PROPOSED: frozenset({Works.DROPPED}),  # agreed by a new version only: `following.approved`
    Works.AGREED: frozenset({Works.IN_PLACE, Works.DROPPED}),
    Works.IN_PLACE: frozenset({Works.WORKS, Works.WORKS_NOT, Works.DROPPED}),
    Works.WORKS: frozenset({Works.WORKS_NOT, Works.DROPPED}),
    Works.WORKS_NOT: frozenset({Works.IN_PLACE, Works.WORKS, Works.DROPPED}),
    Works.DROPPED: frozenset(),
}


def move_adaptation(adaptation_id: UUID, to: Works, *, by: ActiveRole, at: datetime) -> Adaptation:
    """The advisor notes how far an adaptation has come. A step that does not follow: Refused("changed")."""
    with transaction.atomic():
        row, placement = _own(adaptation_id, by)
        if row.state == to:
            return row
        if to not in NEXT[Works(row.state)]:
            raise Refused("changed")
        before, row.state, row.moved_at = row.state, to, at
        row.save(update_fields=["state", "moved_at"])
        placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)
        record("adaptation_moved", "placement", row.placement_id, by=by, at=at, before=before, after=str(to))
    return row


def show_to_others(adaptation_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """What works here is shown on the workplace's offers as "shown in a placement", by the advisor's click. Refused unless it works."""
    with transaction.atomic():
        row, placement = _own(adaptation_id, by)
        if row.state != Works.WORKS or placement.workplace_id is None:
            raise Refused("changed")
        employers.show_offer(placement.workplace_id, row.agreed.code, by=by, at=at)


def _own(adaptation_id: UUID, by: ActiveRole) -> tuple[Adaptation, Placement]:
    found = Adaptation.objects.filter(pk=adaptation_id).first()
    if found is None:
        raise NotThere
    placement = own(found.placement_id, by)
    return Adaptation.objects.select_for_update().get(pk=adaptation_id), placement


def tell_incident(placement_id: UUID, words: str, *, by: ActiveRole, at: datetime, private: bool) -> Incident:
    """Something happened, or does not work. To the advisor alone, or to both; the advisor gets a task for the next working day.

    The same words once more in the same breath are the button that was pressed twice.
    """
    with transaction.atomic():
        placement = of_party(placement_id, by, at)
        if not placement.is_active:
            raise Refused("running" if placement.is_live else "closed")
        told = placement.incidents.filter(by_id=by.user_id, private=private, at__gte=at - A_BREATH)
        again = next((one for one in told if one.words == words), None)
        if again is not None:
            return again
        made = Incident.objects.create(
            placement=placement, party=party_of(by), by_id=by.user_id, at=at, sealed={"words": words}, private=private
        )
        record("incident_told", "placement", placement.pk, by=by, at=at, after=made.party)
        add_task(placement, TaskKind.INCIDENT, at=at, about=made.pk)
        if not private:
            tell(placement, "placement_moved", at=at, but=by, about=placement.pk)
        elif placement.profile.advisor_id and placement.profile.advisor_id != by.user_id:
            post("task_made", reader_id=placement.profile.advisor_id, at=at, about=placement.pk)
    return made


def follow_up(incident_id: UUID, then: str, *, by: ActiveRole, at: datetime) -> None:
    """The advisor writes what was done about it: the task is done."""
    with transaction.atomic():
        found = Incident.objects.filter(pk=incident_id).first()
        if found is None:
            raise NotThere
        placement = own(found.placement_id, by)
        row = Incident.objects.select_for_update().get(pk=incident_id)
        row.sealed, row.followed_at = {**row.sealed, "then": then}, at
        row.save(update_fields=["sealed", "followed_at"])
        placement.tasks.filter(about=row.pk, done_at=None).update(done_at=at, done_by_id=by.user_id)
        record("incident_followed", "placement", placement.pk, by=by, at=at)
