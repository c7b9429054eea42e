"""Who comes to an open activity without an introduction: counted, never named."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import Kind, Posting
from placements.models import DropIn
from placements.states import NotThere, Refused


def note_drop_ins(posting_id: UUID, day: date, came: int, *, by: ActiveRole, at: datetime) -> DropIn:
    """How many came on a day, by a member of the employer. Noted again it is corrected. A day to come: Refused("day")."""
    with transaction.atomic():
        mine = Posting.objects.select_for_update(of=("self",)).of(by.employer_id).filter(pk=posting_id, kind=Kind.ACTIVITY)
        if by.kind != RoleKind.EMPLOYER or not mine.exists():
            raise NotThere
        if day > localdate(at):
            raise Refused("day")
        row, _ = DropIn.objects.update_or_create(posting_id=posting_id, day=day, defaults={"came": came, "by_id": by.user_id, "at": at})
        record("drop_ins_noted", "posting", posting_id, by=by, at=at)
    return row
