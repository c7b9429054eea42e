"""Who helps whom: stages, a new advisor, room above the cap."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.actions import add_staff, end_role
from accounts.models import Membership, RoleKind, Team
from audit.actions import record
from jobseekers.actions.enrolment import hold_advisor, make_room
from jobseekers.actions.whose import advised
from jobseekers.models import CapOverride, PrivateNote, Profile, Stage
from jobseekers.signals import ADVISOR_CHANGED
from jobseekers.states import NotThere, Refused
from outbox.actions import announce, post


def set_stage(profile_id: UUID, stage: str, *, by: ActiveRole, at: datetime) -> None:
    """Move a person to a stage; its clock starts again. People go back as well as forward."""
    if stage not in Stage.values:
        raise Refused("unknown")
    with transaction.atomic():
        profile = advised(profile_id, by=by)
        before = profile.stage
        if stage != before:
            profile.stage, profile.stage_since = stage, at
            profile.save(update_fields=["stage", "stage_since"])
            record("stage_set", "profile", profile.pk, by=by, at=at, before=before, after=stage)


def reach_workplace(profile_id: UUID, *, at: datetime) -> None:
    """A placement has begun: the person is at the last stage, whoever had set another one. Twice is once."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update(no_key=True).filter(pk=profile_id, left_at=None).first()
        if profile is None or profile.stage == Stage.WORKPLACE:
            return
        before, profile.stage, profile.stage_since = profile.stage, Stage.WORKPLACE, at
        profile.save(update_fields=["stage", "stage_since"])
        record("stage_set", "profile", profile.pk, by=None, at=at, before=before, after=str(Stage.WORKPLACE))


def transfer(profile_id: UUID, *, to: int, handover: str = "", by: ActiveRole, at: datetime) -> None:
    """Give a person of the coordinator's team another advisor of that team, who must have room.

    The handover note is sealed with the advisor's private note. The person is told by letter. What the advisor before had
    approved becomes void; open introductions go on.
    """
    with transaction.atomic():
        found = Profile.objects.of_team(by.team_id).filter(pk=profile_id)
        if by.kind != RoleKind.COORDINATOR or by.team_id is None or not found.exists():
            raise NotThere
        hold_advisor(to, by.team_id, at=at)
        profile = found.select_for_update(no_key=True).first()
        if profile is None:
            raise NotThere
        if profile.advisor_id == to:
            return
        make_room(to, at=at)
        before = profile.advisor_id
        profile.advisor_id, profile.waits_since, profile.changed_at = to, None, at
        profile.save(update_fields=["advisor", "waits_since", "changed_at"])
        if handover:
            note = PrivateNote.objects.filter(profile=profile).first()
            sealed = {**(note.sealed if note else {"words": ""}), "handover": handover}
            PrivateNote.objects.update_or_create(profile=profile, defaults={"sealed": sealed, "changed_at": at})
        record("transferred", "profile", profile.pk, by=by, at=at, before=str(before or ""), after=str(to))
        post("new_advisor", reader_id=profile.user_id, at=at, about=profile.pk)
        announce(ADVISOR_CHANGED, at=at, profile_id=str(profile.pk))


def grant_override(*, advisor_id: int, extra: int, reason: str, until: date, by: ActiveRole, at: datetime) -> CapOverride:
    """Let an advisor of the coordinator's team help `extra` more people than the cap, to and with the day `until`."""
    if by.kind != RoleKind.COORDINATOR or not is_advisor_in(by.team_id, advisor_id, at=at):
        raise NotThere
    if until < localdate(at):
        raise Refused("unknown")
    with transaction.atomic():
        made = CapOverride.objects.create(
            advisor_id=advisor_id, extra=extra, reason=reason, granted_by_id=by.user_id, granted_at=at, until=until
        )
        record("override_granted", "account", advisor_id, by=by, at=at, after=f"+{extra} {until.isoformat()}")
    return made


def add_member(*, email: str, kind: str, first_name: str, last_name: str, by: ActiveRole, at: datetime) -> None:
    """One more advisor or coordinator in the coordinator's own team. A known and an unknown address look the same to the caller."""
    if by.kind != RoleKind.COORDINATOR or by.team_id is None or kind not in {RoleKind.ADVISOR, RoleKind.COORDINATOR}:
        raise NotThere
    team = Team.objects.get(pk=by.team_id)
    add_staff(email=email, kind=RoleKind(kind), team=team, first_name=first_name, last_name=last_name, by=by, at=at)


def end_member(membership_id: int, *, by: ActiveRole, at: datetime) -> int:
    """End a role in the coordinator's own team, and with it the account's sessions. An advisor's people go to the waiting list.

    Returns how many people that were. Nobody ends their own role (Refused "yourself"): a team keeps a coordinator.
    """
    with transaction.atomic():
        if by.kind != RoleKind.COORDINATOR:
            raise NotThere
        # All of the team are held, in one order: two coordinators who end each other in the same second leave one.
        team = Membership.objects.valid(at).filter(team_id=by.team_key).held()
        found = team.get(membership_id)
        if found is None or by.membership_id not in team:
            raise NotThere
        if found.user_id == by.user_id:
            raise Refused("yourself")
        end_role(found, by=by, at=at)
        return _let_go(found, by=by, at=at) if found.kind == RoleKind.ADVISOR else 0


def _let_go(membership: Membership, *, by: ActiveRole, at: datetime) -> int:
    people = list(Profile.objects.of_team(membership.team_id).filter(advisor_id=membership.user_id).select_for_update())
    for profile in people:
        profile.advisor_id, profile.waits_since, profile.changed_at = None, at, at
        profile.save(update_fields=["advisor", "waits_since", "changed_at"])
        record("transferred", "profile", profile.pk, by=by, at=at, before=str(membership.user_id))
        post("new_advisor", reader_id=profile.user_id, at=at, about=profile.pk)
        announce(ADVISOR_CHANGED, at=at, profile_id=str(profile.pk))
    return len(people)


def is_advisor_in(team_id: UUID | None, user_id: int, *, at: datetime) -> bool:
    if team_id is None:
        return False
    return Membership.objects.valid(at).filter(user_id=user_id, kind=RoleKind.ADVISOR, team_id=team_id).exists()
