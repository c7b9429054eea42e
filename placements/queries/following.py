"""What the pages about check-ins, adaptations and incidents show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from accounts.models import User
from employers.models import Evidence, WorkplaceOffer
from matching.queries import working_days_after
from placements.models import Adaptation, CheckIn, CheckInState, Incident, Placement, Task, Works
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
    is_shown: bool = False  # on the workplace's offers, as shown in a placement

    @property
    def is_proposal(self) -> bool:
        return self.row.state == Works.PROPOSED


def followed(placement: Placement, at: datetime) -> list[Followed]:
    """What was agreed and how far each has come; how many days late what was to be in place is."""
    offers = WorkplaceOffer.objects.filter(workplace=placement.workplace_id, evidence=Evidence.SHOWN)
    shown = set(offers.values_list("need__code", flat=True))
    return [replace(one, is_shown=one.row.agreed.code in shown) for one in _in_words(placement.adaptations.followed(), placement, at)]


def proposals_to_read(placement: Placement, party: Party, at: datetime) -> list[Followed]:
    """What this party may read of proposals while the placement lasts, with the answer: their own, and to the person the advisor's."""
    theirs = {Party.JOBSEEKER: (Party.JOBSEEKER, Party.ADVISOR)}.get(party, (Party.EMPLOYER,))
    rows = placement.adaptations.filter(proposed_by__in=theirs, state__in=[Works.PROPOSED, Works.DROPPED]).order_by("moved_at", "pk")
    return _in_words(rows, placement, at) if placement.is_active else []


def _in_words(rows: Iterable[Adaptation], placement: Placement, at: datetime) -> list[Followed]:
    found, today = list(rows), localdate(at)
    labels = {need.code: need.label for need in Need.objects.filter(code__in=[one.agreed.code for one in found])}
    return [_followed(one, labels, placement, today) for one in found]


def _followed(row: Adaptation, labels: dict[str, str], placement: Placement, today: date) -> Followed:
    agreed, due = row.agreed, row.due or placement.starts
    late = (today - due).days if due and row.state == Works.AGREED and placement.has_started else 0
    return Followed(row, labels.get(agreed.code, agreed.code), agreed.how, agreed.who, max(0, late))


def shared_answers(placement: Placement, party: Party) -> list[CheckIn]:
    """What this party may read of check-ins: what they have answered themselves, and of the other side what was sent to both. Never what
    was for the advisor, nor what the advisor has written down."""
    answered = placement.check_ins.filter(state=CheckInState.ANSWERED, told="").order_by("-due", "party")
    return [one for one in answered if one.party == party or not one.private]


def shared_incidents(placement: Placement, user_id: int) -> list[Incident]:
    """What this account may read of what was told between the check-ins: what it has told itself, and what was told to both sides."""
    return list(placement.incidents.filter(Q(private=False) | Q(by_id=user_id)))


def overdue_in(team_id: UUID, at: datetime) -> list[tuple[str, int]]:
    """(advisor, how many tasks are late) in a team, for its coordinator: no person's name, no placement."""
    late = Task.objects.late(localdate(at)).filter(placement__profile__team_id=team_id)
    counted = late.order_by().values_list("placement__profile__advisor_id").annotate(n=Count("pk")).order_by("-n")
    advisors = User.objects.in_bulk([advisor_id for advisor_id, _n in counted if advisor_id])
    return [(advisors[advisor_id].get_full_name() if advisor_id else gettext("Without an advisor"), n) for advisor_id, n in counted]
