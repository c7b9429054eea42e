"""What holds of every placement whatever anybody tries: asked of the rows after each step of the walk."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.utils.timezone import localdate

from accounts.access import ActiveRole
from employers.models import Kind
from placements import access
from placements.models import (
    Adaptation,
    CheckIn,
    CheckInState,
    Hire,
    Incident,
    Outcome,
    Placement,
    Report,
    Signature,
    Task,
    TaskKind,
    Version,
    Works,
)
from placements.states import AGREED_ONCE, LIVE, OPEN_PAPERS, OVER, STARTED, Paper, State

BEGUN = STARTED | {State.COMPLETED, State.ENDED_EARLY}


def all_placements() -> list[Placement]:
    found = Placement.objects.whole().select_related("introduction__consent")
    return list(found.prefetch_related("versions__signatures", "check_ins", "tasks", "outcomes", "adaptations", "reports"))


def stands_on_signatures(placement: Placement) -> None:
    """Agreed on: one version in force, signed by everyone who was asked, the advisor last, each to the same words."""
    versions = list(placement.versions.all())
    in_force = [one for one in versions if one.state == Paper.APPROVED]
    if placement.state in AGREED_ONCE:
        assert len(in_force) == 1
        assert (placement.starts, placement.ends, placement.supervisor_id) == _days_of(in_force[0])
    if placement.state in {State.DRAFT, State.EXPIRED}:
        assert not in_force
    for version in versions:
        _is_signed_as_its_state_says(version)


def _days_of(version: Version) -> tuple[date | None, date | None, int | None]:
    return version.starts, version.ends, version.supervisor_id


def _is_signed_as_its_state_says(version: Version) -> None:
    marks = {one.party: one for one in version.signatures.all()}
    advisor = marks.pop("advisor", None)
    assert all(one.hash == version.hash for one in marks.values())
    assert sum(bool(one.channel) for one in marks.values()) <= 1
    if version.state in {Paper.APPROVED, Paper.REPLACED}:
        assert {"jobseeker", "employer"} <= set(version.asked) == set(marks)
        assert advisor is not None
        assert advisor.hash == version.hash == version.hash_now()
        assert not advisor.channel
        assert all(one.at <= advisor.at and one.pk < advisor.pk for one in marks.values())
        assert version.approved_at == advisor.at
        assert advisor.by_id not in {one.by_id for one in marks.values() if not one.channel}
        return
    assert advisor is None
    assert version.approved_at is None
    if version.state == Paper.SIGNED:
        assert set(marks) == set(version.asked)
    elif version.state == Paper.PART_SIGNED:
        assert set() < set(marks) < set(version.asked)
    elif version.state != Paper.VOID:
        assert not marks


def begins_in_time(placement: Placement, at: datetime) -> None:
    """It has begun: it was approved before, and its first day has come."""
    if placement.state in BEGUN:
        assert placement.starts is not None
        assert placement.starts <= localdate(at)
        first = min(one.approved_at for one in placement.versions.all() if one.approved_at)
        assert first <= at
    if placement.state == State.COMPLETED:
        assert placement.ends is not None
        assert placement.ends < localdate(at)


def over_is_over(placement: Placement) -> None:
    """Nothing waits for a signature or an answer after the end, and both are asked how it went."""
    assert sum(one.state in OPEN_PAPERS for one in placement.versions.all()) <= (placement.state in LIVE)
    waiting = {CheckInState.PLANNED, CheckInState.SENT}
    if placement.state in OVER:
        assert not any(one.state in waiting for one in placement.check_ins.all())
        assert placement.born is None
        assert placement.closed_at is not None
    if placement.state == State.DRAFT:
        assert not placement.check_ins.all()
    if placement.state in {State.COMPLETED, State.ENDED_EARLY}:
        assert {one.months for one in placement.outcomes.all()} == {0, 3, 6, 12}
        assert placement.hours_done == 0 or placement.assessment is not None


def red_is_a_task(placement: Placement) -> None:
    asked = {one.about for one in placement.tasks.all() if one.kind == TaskKind.RED}
    assert {one.pk for one in placement.check_ins.all() if one.colour == "red"} == asked


def one_trial_at_a_time(placements: list[Placement]) -> None:
    active = [one for one in placements if one.is_active and one.kind == "trial"]
    assert len({one.profile_id for one in active}) == len(active)
    led = [one.supervisor_id for one in active if one.supervisor_id]
    assert len(set(led)) == len(led)


def reads_what_was_let(reader: ActiveRole, let: set[object], at: datetime) -> None:
    """A member of an employer reads versions that the person has let them read, of their own employer, and no draft whose door is shut."""
    found = access.placements_of(by=reader, at=at)
    for placement in found.whole().select_related("introduction__consent") if found is not None else ():
        assert placement.posting.employer_id == reader.employer_id
        sheet = access.sheet_for(placement, by=reader)
        assert sheet is None or sheet.version_id in let
        if not placement.versions.exclude(approved_at=None).exists():
            door = placement.introduction
            assert door.consent.withdrawn_at is None
            assert door.state == "agreed"


def reads_what_was_sent(reader: ActiveRole, at: datetime) -> None:
    """A person reads their own placements, and no words that their advisor has not sent."""
    found = access.placements_of(by=reader, at=at)
    for placement in found.whole() if found is not None else ():
        assert placement.profile.user_id == reader.user_id
        sheet = access.sheet_for(placement, by=reader)
        assert sheet is None or sheet.sent_at is not None


def reports_in_their_time(placement: Placement, at: datetime) -> None:
    """Only an apprenticeship has reports; they follow each other without a gap, and none is asked for before its time is over."""
    rows = sorted(placement.reports.all(), key=lambda one: one.first)
    assert placement.kind == Kind.APPRENTICESHIP or not rows
    assert all(one.last < localdate(at) and one.first >= placement.starts for one in rows if placement.starts)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(rows))


def proposals_are_nobodys_agreement(placement: Placement) -> None:
    """What is followed as agreed stands in a version that was in force; what is only proposed says who proposed it."""
    signed = {one.code for version in placement.versions.all() if version.approved_at for one in version.terms.adaptations}
    for row in placement.adaptations.all():
        if row.state == Works.PROPOSED:
            assert row.proposed_by
        elif not row.proposed_by or row.state != Works.DROPPED:
            assert row.agreed.code in signed


def rows_about(profile_id: UUID) -> dict[str, int]:
    """How many rows of each kind are kept about a person."""
    of_placement = (Version, CheckIn, Adaptation, Incident, Task, Outcome, Report)
    counted = {one.__name__: one._default_manager.filter(placement__profile_id=profile_id).count() for one in of_placement}
    counted["Signature"] = Signature.objects.filter(version__placement__profile_id=profile_id).count()
    for one in (Placement, Hire):
        counted[one.__name__] = one._default_manager.filter(profile_id=profile_id).count()
    return counted
