"""What the pages about check-ins, adaptations and incidents show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.models import User
from matching.queries import working_days_after
from placements.models import Adaptation, CheckIn, CheckInState, Incident, Placement, Task
from placements.models.check_ins import PARTIES
from placements.states import Party
from taxonomy.models import Need


def call_by(row: CheckIn, at: datetime) -> date:
    """The day by which the advisor calls who has answered that it does not go well."""
    return working_days_after(localdate(row.answered_at or at), 1, row.placement.posting.employer.country)


@dataclass(frozen=True)
class Side:
    party: str
    name: str
    row: CheckIn | None


def both_sides(placement: Placement, code: str) -> list[Side]:
    """The same questions to the person and to the supervisor."""
    rows = {one.party: one for one in placement.check_ins.filter(code=code)}
    version = placement.versions.in_force().first()
    names = {Party.JOBSEEKER: placement.profile.first_name, Party.SUPERVISOR: version.terms.supervisor.name if version else ""}
    return [Side(party, names[party], rows.get(party)) for party in PARTIES]


def last_asked(placement: Placement) -> str:
    """The code of the newest check-in that was asked; empty before the first."""
    asked = placement.check_ins.exclude(state__in=[CheckInState.PLANNED, CheckInState.SKIPPED]).order_by("-due").first()
    return asked.code if asked else ""


@dataclass(frozen=True)
class Followed:
    """One adaptation with its words."""

    row: Adaptation
    label: str
    how: str
    who: str
    late_days: int


def followed(placement: Placement, at: datetime) -> list[Followed]:
    """What was agreed and how far each has come; how many days late what was to be in place is."""
    rows, today = list(placement.adaptations.followed()), localdate(at)
    labels = {need.code: need.label for need in Need.objects.filter(code__in=[one.agreed.code for one in rows])}
    return [_followed(one, labels, placement, today) for one in rows]


def _followed(row: Adaptation, labels: dict[str, str], placement: Placement, today: date) -> Followed:
    agreed, due = row.agreed, row.due or placement.starts
    late = (today - due).days if due and row.state in {"proposed", "agreed"} and placement.has_started else 0
    return Followed(row, labels.get(agreed.code, agreed.code), agreed.how, agreed.who, max(0, late))


def shared_answers(placement: Placement, party: Party) -> list[CheckIn]:
    """What this party may read of check-ins: their own, and of the other side what was sent to both. Never what was for the advisor."""
    answered = placement.check_ins.filter(state=CheckInState.ANSWERED).order_by("-due", "party")
    return [one for one in answered if one.party == party or not one.private]


def told_to(placement: Placement, party: Party) -> list[Incident]:
    """What this side may read of what was told in between: their own, and what was told to both. Never what was for the advisor alone."""
    side = Party.JOBSEEKER if party == Party.JOBSEEKER else Party.EMPLOYER
    return [one for one in placement.incidents.all() if one.party == side or not one.private]


def overdue_in(team_id: UUID, at: datetime) -> list[tuple[str, int]]:
    """(advisor, how many tasks are late) in a team, for its coordinator: no person's name, no placement."""
    late = Task.objects.late(localdate(at)).filter(placement__profile__team_id=team_id)
    counted = late.order_by().values_list("placement__profile__advisor_id").annotate(n=Count("pk")).order_by("-n")
    advisors = User.objects.in_bulk([advisor_id for advisor_id, _n in counted if advisor_id])
    return [(advisors[advisor_id].get_full_name() if advisor_id else gettext("Without an advisor"), n) for advisor_id, n in counted]
