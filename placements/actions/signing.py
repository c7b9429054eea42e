"""Signatures: every party to exactly one version, and the advisor last."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import Workplace
from matching import actions as matching
from matching.access import readers_of_posting
from matching.actions import THEMSELVES, Behalf
from outbox.actions import post
from placements import queries
from placements.actions import following
from placements.actions.addresses import send_again
from placements.actions.drafting import let_read, waits_for
from placements.actions.moves import (
    in_their_name,
    keep,
    locked,
    move,
    move_paper,
    of_employer,
    of_person,
    open_version,
    own,
    says_how,
    tell,
    touch,
)
from placements.models import Placement, Signature, Version
from placements.states import ACTIVE, SIGNING, Paper, Party, Refused, State

THEIRS = {Party.EMPLOYER, Party.SUPERVISOR}  # the employer's members sign for these


def sign(placement_id: UUID, party: Party, *, by: ActiveRole, at: datetime, seen: str, behalf: Behalf = THEMSELVES) -> Version:
    """One party's yes to the version that was read (`seen`, its hash). Twice is once.

    The person signs for themselves, a member of the employer for the employer or as the supervisor; the advisor for one of them at most,
    saying how they were told and why (Refused "channel", "twice"). The employer signs what the person has let them read ("not_shown").
    """
    with transaction.atomic():
        placement = _theirs(placement_id, party, by, at, behalf)
        version = open_version(placement)
        if version.hash != seen or version.state not in SIGNING:
            raise Refused("changed")
        if version.signatures.filter(party=party).exists():
            return version
        if party in THEIRS and version.shown_at is None:
            raise Refused("not_shown")
        if party == Party.ADVISOR or not waits_for(version, party):
            raise Refused("order")
        _sign(version, party, by=by, at=at, behalf=behalf)
        if party == Party.JOBSEEKER:
            let_read(placement, version, by=by, at=at, channel=behalf.channel, why=behalf.why)
        _go_on(placement, version, by=by, at=at)
    return version


def _theirs(placement_id: UUID, party: Party, by: ActiveRole, at: datetime, behalf: Behalf) -> Placement:
    if by.kind == RoleKind.ADVISOR:
        placement = own(placement_id, by)
        if not says_how(behalf):
            raise Refused("channel")
        return placement
    if party == Party.JOBSEEKER:
        return of_person(placement_id, by)
    if party not in THEIRS:
        raise Refused("order")
    return of_employer(placement_id, by, at)


def sign_by_link(version_id: UUID, party: Party, *, at: datetime, seen: str) -> Version:
    """A supervisor or a school without an account, by the link in their letter: it opens this version and nothing else."""
    with transaction.atomic():
        placement = locked(Version.objects.get(pk=version_id).placement_id)
        version = open_version(placement)
        if version.pk != version_id or version.hash != seen or version.state not in SIGNING or version.shown_at is None:
            raise Refused("changed")
        if not placement.may_go_on:
            raise Refused("closed")
        if not version.signatures.filter(party=party).exists():
            if party not in {Party.SUPERVISOR, Party.OTHER} or not waits_for(version, party):
                raise Refused("order")
            _sign(version, party, by=None, at=at, behalf=THEMSELVES)
            _go_on(placement, version, by=None, at=at)
    return version


def _sign(version: Version, party: Party, *, by: ActiveRole | None, at: datetime, behalf: Behalf) -> None:
    for_somebody = by is not None and by.kind == RoleKind.ADVISOR and party != Party.ADVISOR
    if for_somebody and version.signatures.on_behalf().exists():
        raise Refused("twice")
    try:
        with transaction.atomic():
            Signature.objects.create(
                version=version,
                party=party,
                by_id=by.user_id if by else None,
                at=at,
                hash=version.hash,
                channel=behalf.channel if for_somebody else "",
                why=behalf.why if for_somebody else "",
            )
    except IntegrityError as broken:  # the database holds the order as well
        raise Refused("order") from broken
    said = {"why": behalf.why, "channel": behalf.channel} if for_somebody else {}
    record("agreement_signed", "placement", version.placement_id, by=by, at=at, before=str(version.number), after=str(party), **said)
    if by and said and party == Party.JOBSEEKER:
        in_their_name(version.placement, "agreement_signed", by=by, at=at, **said)
    elif said and party in THEIRS:
        for reader_id in readers_of_posting(version.placement.posting.employer_id):
            post("placement_moved", reader_id=reader_id, at=at, about=version.placement_id)


def _go_on(placement: Placement, version: Version, *, by: ActiveRole | None, at: datetime) -> None:
    """What the version has become with this signature, and a word to whose turn it is."""
    signed = version.signatures.exclude(party=Party.ADVISOR).count()
    to = Paper.SIGNED if signed >= version.asked_count else Paper.PART_SIGNED
    if version.state != to:
        move_paper(version, to, by=by, at=at)
    touch(placement, at)
    if to == Paper.SIGNED and placement.profile.advisor_id:
        post("agreement_to_sign", reader_id=placement.profile.advisor_id, at=at, about=version.pk)


def approve(placement_id: UUID, *, by: ActiveRole, at: datetime, seen: str) -> Placement:
    """The advisor's signature, the last one: the version is in force from now on.

    Everything is checked once more: who helps the person, the limits of the measure on the first day, whether the person or the supervisor
    is taken, how many the workplace has, and whether the person's yes still stands. Refused("conflict") for somebody who belongs to the
    employer, or has signed this version for it; ("running") where what has begun would get another first day; ("pace") for what comes
    faster than anybody reads.
    """
    with transaction.atomic():
        if not matching.is_too_fast(Signature.objects.filter(party=Party.ADVISOR), by=by, at=at):
            return _approve(placement_id, by=by, at=at, seen=seen)
    matching.report_pace(by=by, at=at)
    raise Refused("pace")


def _approve(placement_id: UUID, *, by: ActiveRole, at: datetime, seen: str) -> Placement:
    placement = own(placement_id, by)
    version = open_version(placement)
    if version.hash != seen:
        raise Refused("changed")
    if version.state != Paper.SIGNED:
        raise Refused("order")
    _may_approve(placement, version, by, at)
    _sign(version, Party.ADVISOR, by=by, at=at, behalf=THEMSELVES)
    _into_force(placement, version, by, at)
    following.approved(placement, version, by=by, at=at)
    tell(placement, "agreement_approved", at=at, but=by, about=version.pk)
    return placement


def _may_approve(placement: Placement, version: Version, by: ActiveRole, at: datetime) -> None:
    if not placement.may_go_on:
        raise Refused("closed")
    own_marks = version.signatures.filter(by_id=by.user_id, channel="")
    if by.user_id in readers_of_posting(placement.posting.employer_id) or own_marks.exists():
        raise Refused("conflict")
    if placement.has_started and version.starts != placement.starts:
        raise Refused("running")
    if queries.broken_limits(placement, version, localdate(at)):
        raise Refused("limits")
    if placement.state not in ACTIVE:
        _take_a_place(placement)
    if queries.is_taken(placement, version):
        raise Refused("supervisor")


def _take_a_place(placement: Placement) -> None:
    """Whoever approves for the same workplace in the same second waits here, and counts then."""
    list(Workplace.objects.select_for_update(no_key=True).filter(placements=placement))
    if queries.is_full(placement):
        raise Refused("full")


def _into_force(placement: Placement, version: Version, by: ActiveRole, at: datetime) -> None:
    before = placement.versions.select_for_update().in_force().first()
    if before is not None:
        move_paper(before, Paper.REPLACED, by=by, at=at)
    version.approved_at = at
    move_paper(version, Paper.APPROVED, by=by, at=at)
    if before is not None:
        send_again(placement, version, before.terms, at=at)
    placement.starts, placement.ends, placement.supervisor = version.starts, version.ends, version.supervisor
    if placement.state not in ACTIVE:
        move(placement, State.APPROVED, by=by, at=at)
    else:
        keep(placement)


def not_yet(placement_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The person does not sign now: their advisor is told, once as long as they have not looked. Nothing is shown to anybody."""
    with transaction.atomic():
        placement = of_person(placement_id, by)
        version = open_version(placement)
        record("agreement_not_yet", "placement", placement.pk, by=by, at=at, after=str(version.number))
        if placement.profile.advisor_id:
            post("not_signed_yet", reader_id=placement.profile.advisor_id, at=at, about=version.pk)
