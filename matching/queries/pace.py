"""Whose approvals were stopped because nobody reads that fast: for the team's coordinator."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from audit.models import Event
from matching.states import APPROVALS_STOPPED

SHOWN = timedelta(days=7)


def stopped_in(team_id: UUID, at: datetime) -> list[tuple[str, datetime]]:
    """(advisor, when), the newest first."""
    events = list(
        Event.objects.filter(what=APPROVALS_STOPPED, subject="team", subject_id=str(team_id), at__gt=at - SHOWN).order_by("-at", "-pk")
    )
    advisors = User.objects.in_bulk([one.actor_id for one in events if one.actor_id])
    return [(advisors[one.actor_id].get_full_name(), one.at) for one in events if one.actor_id in advisors]
