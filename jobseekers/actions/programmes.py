"""The wish to take part in a programme: said, taken by somebody of the team that holds it, answered, taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind, Team
from audit.actions import record
from jobseekers.actions.whose import ONE_TALK, held
from jobseekers.models import NotNow, ProgrammeRequest, Reach, Referred
from jobseekers.states import ANSWERS, MAY_FOLLOW, OPEN, Asked, NotThere, Refused
from outbox.actions import call_off, post

REASONS = {Asked.NOT_NOW: NotNow.values, Asked.REFERRED: Referred.values, Asked.ENROLLED: [""]}
READERS = (RoleKind.ADVISOR, RoleKind.COORDINATOR)


def ask_for_programme(
    profile_id: UUID,
    *,
    programme: UUID,
    title: str,
    team_id: UUID,
    language: str,
    reach: str,
    by: ActiveRole,
    at: datetime,
    channel: str = "",
    why: str = "",
) -> ProgrammeRequest:
    """Put the person on the list of the team that holds the programme, and tell its coordinators that something is there.

    Once: who has asked already and not been answered stays where they are. Raises NotThere, also for a team that has no coordinator.
    """
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        if not Team.objects.with_coordinator(at).filter(pk=team_id).exists() or reach not in Reach.values:
            raise NotThere
        for one in ProgrammeRequest.objects.open().filter(profile=profile):
            if one.told["programme"] == str(programme):
                return one
        sealed = {"programme": str(programme), "title": title, "language": language, "reach": reach, "reason": ""}
        made = ProgrammeRequest.objects.create(profile=profile, team_id=team_id, sealed=sealed, at=at)
        _note("programme_asked", made, by=by, at=at, channel=channel, why=why)
        coordinators = Membership.objects.valid(at).filter(team_id=team_id, kind=RoleKind.COORDINATOR)
        for reader_id in coordinators.values_list("user_id", flat=True):
            post("programme_asked", reader_id=reader_id, at=at, about=made.pk)
    return made


def take_programme_request(request_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Somebody of the team takes it on; who had it before them does not keep it. Raises NotThere."""
    with transaction.atomic():
        found = _of_team(request_id, by=by)
        if found.taken_by_id != by.user_id:
            found.taken_by_id = by.user_id
            _move(found, Asked.TAKEN, by=by, at=at)


def answer_programme_request(request_id: UUID, *, answer: str, reason: str = "", by: ActiveRole, at: datetime) -> None:
    """By who has taken it: enrolled, not now or referred, the last two with a code. The person and the own advisor get a letter
    that says only that there is something to read. Raises NotThere, and Refused("taken") when somebody else has taken it meanwhile."""
    with transaction.atomic():
        found = _of_team(request_id, by=by)
        if answer not in ANSWERS or reason not in REASONS[Asked(answer)]:
            raise Refused("unknown")
        if found.taken_by_id != by.user_id:
            raise Refused("taken")
        found.sealed = {**found.told, "reason": reason}
        found.answered_at = at
        _move(found, Asked(answer), by=by, at=at)
        for reader_id in filter(None, (found.profile.user_id, found.profile.advisor_id)):
            post("programme_answered", reader_id=reader_id, at=at, about=found.pk)


def withdraw_programme_request(request_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """The person does not want to after all; the team sees them no more. After an answer it changes nothing. Raises NotThere."""
    with transaction.atomic():
        known = ProgrammeRequest.objects.filter(pk=request_id).first()
        if known is None:
            raise NotThere
        held(known.profile_id, by=by, channel=channel, why=why)
        found = ProgrammeRequest.objects.select_for_update().get(pk=request_id)
        if found.state not in OPEN:
            return
        call_off(("programme_asked",), about=found.pk, at=at)
        found.state = Asked.WITHDRAWN
        found.save()
        _note("programme_withdrawn", found, by=by, at=at, channel=channel, why=why)


def _of_team(request_id: UUID, *, by: ActiveRole) -> ProgrammeRequest:
    """What waits for the team of who acts, locked."""
    found = ProgrammeRequest.objects.select_for_update(of=("self",)).select_related("profile").filter(pk=request_id).first()
    if found is None or by.kind not in READERS or found.team_id != by.team_key or found.state not in OPEN:
        raise NotThere
    return found


def _move(found: ProgrammeRequest, state: Asked, *, by: ActiveRole, at: datetime) -> None:
    if state not in MAY_FOLLOW[Asked(found.state)]:
        raise Refused("unknown")
    before, found.state = found.state, state
    found.save()
    what = "programme_taken" if state == Asked.TAKEN else "programme_answered"
    record(what, "programme_request", found.pk, by=by, at=at, before=before, after=state)


def _note(what: str, found: ProgrammeRequest, *, by: ActiveRole, at: datetime, channel: str, why: str) -> None:
    """The event stands with the person: there they find what was answered for them. It does not say which programme."""
    on_behalf = by.user_id != found.profile.user_id
    if on_behalf:
        post("answered_for_you", reader_id=found.profile.user_id, at=at, about=found.profile_id, not_before=at + ONE_TALK)
    told = {"why": why, "channel": channel} if on_behalf else {}
    record(what, "profile", found.profile_id, by=by, at=at, after=found.state, **told)
