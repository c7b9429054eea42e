"""The agreement takes shape: a draft from an agreed introduction, its words, and the sending to those who sign."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Kind, Supervisor
from matching import access as doors
from matching import actions as matching
from matching.actions import THEMSELVES, Behalf
from matching.models import Introduction
from outbox.actions import post
from placements import queries
from placements.actions.addresses import send_again
from placements.actions.moves import in_their_name, move_paper, of_person, open_version, own, tell, touch
from placements.fields import Terms
from placements.models import AgreementTemplate, Placement, Version
from placements.states import ACTIVE, LIVE, SIGNING, Change, NotThere, Paper, Party, Refused

DAYS = ("starts", "ends", "longer", "pause_from", "pause_until")  # what a version takes over from what was written as it is


@dataclass(frozen=True)
class Written:
    """What the advisor has written: all of one version. Which version of the measure holds is decided by the first day."""

    terms: Terms
    starts: date | None = None
    ends: date | None = None
    measure_key: str = ""
    supervisor_id: int | None = None
    longer: bool = False
    born: date | None = None
    pause_from: date | None = None
    pause_until: date | None = None

    @property
    def in_order(self) -> bool:
        """The days that are given follow each other: the first, those of a rest, the last."""
        given = [day for day in (self.starts, self.pause_from, self.pause_until, self.ends) if day is not None]
        return given == sorted(given)


def draft(introduction_id: UUID, *, by: ActiveRole, at: datetime, template_id: UUID | None = None) -> Placement:
    """Begin an agreement: the door is agreed on, and a draft lies with the advisor. A second call gives the same draft.

    A job has no agreement here, it is recorded as a hire: Refused("job"). Nobody else reads the draft before it is sent.
    """
    with transaction.atomic():
        door = doors.door_of_advisor(introduction_id, by=by)
        if door is None:
            raise NotThere
        if door.posting.kind == Kind.JOB:
            raise Refused("job")
        matching.agree(introduction_id, by=by, at=at)
        there = Placement.objects.filter(introduction_id=introduction_id, state__in=sorted(LIVE)).first()
        return there or _begin(door, by, at, _template(template_id, by))


def _template(template_id: UUID | None, by: ActiveRole) -> Terms | None:
    if template_id is None:
        return None
    found = AgreementTemplate.objects.filter(pk=template_id, team_id=by.team_key).first()
    if found is None:
        raise NotThere
    return found.terms


def _begin(door: Introduction, by: ActiveRole, at: datetime, template: Terms | None) -> Placement:
    posting, profile = door.posting, door.suggestion.profile
    placement = Placement.objects.create(
        introduction=door,
        profile=profile,
        posting=posting,
        workplace=posting.workplace,
        supervisor=posting.supervisor,
        kind=posting.kind,
        created_at=at,
        touched_at=at,
        moved_at=at,
    )
    terms = queries.first_terms(profile, posting, template)
    first = Version(placement=placement, number=1, sealed=terms.as_json(), made_by_id=by.user_id, made_at=at)
    first.measure = queries.usual_measure(posting.employer.country, posting.kind, localdate(at))
    first.hash = first.hash_now()
    first.save()
    record("placement_drafted", "placement", placement.pk, by=by, at=at, after=str(placement.state))
    return placement


def write(placement_id: UUID, written: Written, *, by: ActiveRole, at: datetime, seen: str, change: Change = Change.CHANGED) -> Version:
    """Write the version that is being agreed, or begin a new one for a placement that is approved or under way.

    `seen` is the hash that the page was made from: Refused("changed") when somebody has written since. After the sending a material
    change makes a new version; every signature is void, and all are told. A telephone number may change in place. What has begun keeps its
    first day: Refused("running"). Days that do not follow each other: Refused("dates").
    """
    with transaction.atomic():
        placement = own(placement_id, by)
        version = placement.versions.select_for_update().open().first()
        before = version or placement.versions.in_force().first()
        if before is None or placement.state not in LIVE:
            raise Refused("closed")
        if before.hash != seen:
            raise Refused("changed")
        if placement.has_started and written.starts != placement.starts:
            raise Refused("running")
        if not written.in_order:
            raise Refused("dates")
        after = _filled(before, written, change, at)
        if before.state == Paper.DRAFT or after.hash_now() == before.hash:
            return _in_place(placement, before, after, written, by, at)
        return _anew(placement, before, after, written, by, at)


def _filled(of: Version, written: Written, change: Change, made_at: datetime) -> Version:
    """`of` with other words, not stored."""
    made = Version(placement=of.placement, number=of.number, change=of.change, sealed=written.terms.as_json())
    made.measure = queries.version_on(written.measure_key, written.starts or localdate(made_at))
    made.measure_written = of.measure_written if made.measure == of.measure else {}
    for name in DAYS:
        setattr(made, name, getattr(written, name))
    made.supervisor = Supervisor.objects.filter(workplace=of.placement.workplace, pk=written.supervisor_id or 0).first()
    if of.state == Paper.APPROVED and made.hash_now() != of.hash:
        made.change = change
    return made


def _in_place(placement: Placement, version: Version, after: Version, written: Written, by: ActiveRole, at: datetime) -> Version:
    """Of what was sent, only ways to reach somebody are others now: whoever has another address gets their letter there."""
    before, holds = version.terms, version.state == Paper.APPROVED
    if holds and before == after.terms:
        return version
    if version.state != Paper.DRAFT:
        _are_their_own(placement, after)
    for name in ("sealed", *(() if holds else ("measure", "supervisor", *DAYS))):
        setattr(version, name, getattr(after, name))
    version.hash = version.hash_now()
    version.save()
    send_again(placement, version, before, at=at)
    _keep(placement, version, written, at)
    record("agreement_written", "placement", placement.pk, by=by, at=at, after=str(version.number))
    return version


def _anew(placement: Placement, before: Version, after: Version, written: Written, by: ActiveRole, at: datetime) -> Version:
    """A new version with the next number. What was being signed is void, and all who could read it are told."""
    after.change = before.change if before.state in SIGNING else after.change
    after.number, after.made_by_id, after.made_at = placement.versions.count() + 1, by.user_id, at
    after.measure_written = {}  # kept anew when it is sent
    after.hash = after.hash_now()
    if before.state in SIGNING:
        move_paper(before, Paper.VOID, by=by, at=at, why="changed")
    after.save()
    _keep(placement, after, written, at)
    record("agreement_changed", "placement", placement.pk, by=by, at=at, before=str(before.number), after=str(after.number))
    if before.state == Paper.VOID:
        _ask(placement, after, by=by, at=at)
        tell(placement, "signatures_void", at=at, but=by, about=after.pk, employer=before.shown_at is not None)
    return after


def _keep(placement: Placement, version: Version, written: Written, at: datetime) -> None:
    """What the placement itself has of the version: nothing while another one is in force."""
    placement.born = written.born.isoformat() if written.born else placement.born
    if placement.state not in ACTIVE:
        placement.starts, placement.ends, placement.supervisor = version.starts, version.ends, version.supervisor
    placement.touched_at, placement.warned_on = at, None
    placement.save()


def send(placement_id: UUID, *, by: ActiveRole, at: datetime, seen: str) -> Version:
    """To those who sign, the person first.

    Refused("incomplete") while something is missing, ("limits") when the measure does not allow it.
    """
    with transaction.atomic():
        placement = own(placement_id, by)
        version = open_version(placement)
        if version.hash != seen:
            raise Refused("changed")
        if version.state != Paper.DRAFT:
            raise Refused("decided")
        _ask(placement, version, by=by, at=at)
        post("agreement_to_sign", reader_id=placement.profile.user_id, at=at, about=version.pk)
    return version


def _ask(placement: Placement, version: Version, *, by: ActiveRole, at: datetime) -> None:
    """Freeze the words and name who signs them."""
    if queries.missing(version):
        raise Refused("incomplete")
    if queries.broken_limits(placement, version, localdate(at)):
        raise Refused("limits")
    _are_their_own(placement, version)
    version.asked, version.in_order = queries.signers_of(version)
    version.asked_count, version.sent_at = len(version.asked), at
    version.measure_written = version.measure.as_written() if version.measure else {}
    version.hash = version.hash_now()
    move_paper(version, Paper.TO_SIGN, by=by, at=at)
    touch(placement, at)


def _are_their_own(placement: Placement, version: Version) -> None:
    """Who supervises is not the person, and no link to sign goes to the person or to the advisor, who would sign for another so."""
    if queries.is_own_supervisor(placement, version):
        raise Refused("same")
    if queries.is_own_address(placement, version):
        raise Refused("address")


def show(placement_id: UUID, *, by: ActiveRole, at: datetime, seen: str, behalf: Behalf = THEMSELVES) -> None:
    """The person lets the employer read this version, before or without signing it. Twice is once."""
    with transaction.atomic():
        placement = of_person(placement_id, by, behalf)
        version = open_version(placement)
        if version.state == Paper.DRAFT or version.hash != seen:
            raise Refused("changed")
        let_read(placement, version, by=by, at=at, channel=behalf.channel, why=behalf.why)


def let_read(placement: Placement, version: Version, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    if version.shown_at is not None:
        return
    version.shown_at = at
    version.save(update_fields=["shown_at"])
    record("agreement_shown", "placement", placement.pk, by=by, at=at, after=str(version.number), channel=channel, why=why)
    if channel:
        in_their_name(placement, "agreement_shown", by=by, at=at, channel=channel, why=why)
    for reader_id in doors.readers_of_posting(placement.posting.employer_id):
        post("agreement_to_sign", reader_id=reader_id, at=at, about=version.pk)
    for party in (Party.SUPERVISOR, Party.OTHER):
        if party in version.asked:
            post(f"agreement_by_link_{party}", reader_id=None, at=at, about=version.pk)


def waits_for(version: Version, party: Party) -> bool:
    """Whether this party may sign now: it is asked, has not signed, and where there is an order, it is its turn."""
    signed = set(version.signatures.values_list("party", flat=True))
    left = [one for one in version.asked if one not in signed]
    return party in left and (not version.in_order or left[0] == party)


def change_days(
    placement_id: UUID,
    *,
    by: ActiveRole,
    at: datetime,
    seen: str,
    ends: date | None,
    pause_from: date | None = None,
    pause_until: date | None = None,
    longer: bool = False,
) -> Version:
    """An approved placement becomes longer or shorter, or rests for a while: the same words with other days, sent to all who sign.

    What was approved holds until the new version is.
    """
    with transaction.atomic():
        placement = own(placement_id, by)
        holds = placement.versions.in_force().first()
        if holds is None or placement.state not in ACTIVE:
            raise Refused("running")
        written = Written(
            terms=holds.terms,
            starts=holds.starts,
            ends=ends or holds.ends,
            measure_key=holds.measure.measure_type_id if holds.measure else "",
            supervisor_id=holds.supervisor_id,
            longer=longer,
            pause_from=pause_from,
            pause_until=pause_until,
        )
        made = write(placement_id, written, by=by, at=at, seen=seen, change=_what_changes(holds, written))
        return made if made.pk == holds.pk else send(placement_id, by=by, at=at, seen=made.hash)


def _what_changes(holds: Version, written: Written) -> Change:
    if written.pause_from is not None and written.pause_from != holds.pause_from:
        return Change.PAUSED
    if written.ends is None or holds.ends is None or written.ends == holds.ends:
        return Change.CHANGED
    return Change.EXTENDED if written.ends > holds.ends else Change.SHORTENED
