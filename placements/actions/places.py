"""How many places of a posting are taken: by placements that are approved or under way, and by those who were hired for a job."""

from datetime import datetime
from uuid import UUID

from employers import actions as employers
from employers.states import NotThere
from placements.models import Hire, Placement


def count_places(posting_id: UUID, *, at: datetime) -> None:
    """Twice is once; a posting that is deleted meanwhile has no places."""
    try:
        employers.count_places(posting_id, lambda: _taken(posting_id), at=at)
    except NotThere:
        return


def _taken(posting_id: UUID) -> int:
    hired = Hire.objects.filter(introduction__posting_id=posting_id, placement=None, ended_on=None)
    return Placement.objects.active().filter(posting_id=posting_id).count() + hired.count()
