"""Reads for pages about profiles: groups of needs with answers, the caseload of a team."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import localdate

from accounts.models import Membership, RoleKind
from jobseekers.models import CapOverride, NeedsRecord, Profile, Stage
from taxonomy.models import Need, NeedGroup


@dataclass(frozen=True)
class Group:
    """One of the twelve groups: how many of its needs are answered."""

    code: str
    label: str
    answered: int


@dataclass(frozen=True)
class Answered:
    """One need with the person's answer; importance is "" where nothing is answered."""

    need: Need
    importance: str
    parameter: str
    stated_by: str


def sealed_of(profile: Profile) -> dict[str, dict[str, str]]:
    record = NeedsRecord.objects.filter(profile=profile).first()
    return record.needs if record else {}


def groups_of(profile: Profile) -> list[Group]:
    held = sealed_of(profile)
    return [Group(code, str(label), sum(one.split(".")[0] == code for one in held)) for code, label in NeedGroup.choices]


def needs_of(profile: Profile, group: str = "") -> list[Answered]:
    """The needs of one group with answers; without a group only those that are answered with must or helps."""
    held = sealed_of(profile)
    wanted = Need.objects.filter(group=group) if group else Need.objects.filter(code__in=held)
    rows = [_answered(need, held.get(need.code, {})) for need in wanted]
    return rows if group else [row for row in rows if row.importance != "none"]


def _answered(need: Need, held: dict[str, str]) -> Answered:
    return Answered(need, held.get("importance", ""), held.get("parameter", ""), held.get("stated_by", ""))


@dataclass(frozen=True)
class Load:
    """One advisor's caseload in a team."""

    user_id: int
    name: str
    people: int
    cap: int


def caseload(team_id: UUID) -> list[Load]:
    """The advisors of a team with how many people each helps, in four queries however many there are."""
    members = (
        Membership.objects.filter(team_id=team_id, kind=RoleKind.ADVISOR, until=None)
        .select_related("user")
        .order_by("user__first_name", "pk")
    )
    people: dict[int | None, int] = dict(
        Profile.objects.filter(left_at=None, advisor__memberships__team_id=team_id)
        .values_list("advisor_id")
        .annotate(n=Count("pk", distinct=True))
    )
    extra: dict[int, int] = {}
    for override in CapOverride.objects.filter(advisor_id__in=[member.user_id for member in members], until__gte=localdate()):
        extra[override.advisor_id] = extra.get(override.advisor_id, 0) + override.extra
    cap = int(settings.CASELOAD_CAP)
    return [Load(one.user_id, one.user.get_full_name(), people.get(one.user_id, 0), cap + extra.get(one.user_id, 0)) for one in members]


def stages(advisor_id: int) -> list[tuple[str, int]]:
    counted = dict(Profile.objects.filter(Q(advisor_id=advisor_id), left_at=None).values_list("stage").annotate(n=Count("pk")))
    return [(str(label), counted.get(code, 0)) for code, label in Stage.choices]
