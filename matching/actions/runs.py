"""What each run was and found: kept long enough to be looked into, repeated, and forgotten with the person. And the stop switch."""

from base64 import b64encode
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import Posting
from jobseekers.models import Profile
from matching.engine import Found, Result, world
from matching.models import Run, RunPerson, Stop
from matching.queries.replays import inputs_of
from matching.scoring import WEIGHTS_VERSION
from matching.signals import ENGINE_STARTED, TO_SCORE
from matching.states import NotThere, Refused
from outbox.actions import announce

AT_ONCE = 500  # runs that are forgotten in one transaction


def new(
    result: Result,
    *,
    at: datetime,
    suggested: int,
    here: Container[UUID],
    posting_id: UUID | None = None,
    profile_id: UUID | None = None,
) -> Run:
    """Store a run with its own record of the order. `here`: people whose rows the caller holds; who left meanwhile is in no record."""
    kept = [one for one in result.found if one.profile_id in here]
    return _create(
        kept,
        at=at,
        posting_id=posting_id,
        profile_id=profile_id,
        encoder=result.encoder,
        vocabulary=result.vocabulary,
        catalogue=result.catalogue,
        inputs_hash=result.inputs_hash,
        seed=result.seed,
        scored=result.scored,
        eligible=result.eligible,
        suggested=suggested,
        took_ms=result.took_ms,
        members=result.members,
        subject=result.subject,
    )


def new_pair(found: Found, *, at: datetime) -> Run:
    """The record of one pair that an advisor chose outside the list. It has no seed: there is no order to draw."""
    here = world()
    return _create(
        [found],
        at=at,
        posting_id=found.posting_id,
        encoder=here.encoder,
        vocabulary=here.vocabulary,
        catalogue=here.catalogue,
        inputs_hash=inputs_of(found),
        scored=1,
        eligible=int(found.parts.eligible),
        suggested=1,
    )


def _create(kept: Sequence[Found], *, members: bytes = b"", subject: str = "", **columns: Any) -> Run:
    sealed = {"order": [_entry(one) for one in kept], "members": b64encode(members).decode(), "subject": subject}
    run = Run.objects.create(weights=WEIGHTS_VERSION, sealed=sealed, **columns)
    if run.posting_id:
        RunPerson.objects.bulk_create(RunPerson(run=run, profile_id=one.profile_id) for one in kept)
    return run


def _entry(found: Found) -> dict[str, Any]:
    return {
        "posting": str(found.posting_id),
        "profile": str(found.profile_id),
        "posting_hash": found.posting_hash,
        "profile_hash": found.profile_hash,
        "parts": dict(vars(found.parts)),
        "eligible": found.parts.eligible,
        "tie": str(found.tie),
    }


def erase_from_runs(profile_id: UUID) -> None:
    """Take a person out of the record of every run, in the transaction of their deletion."""
    about = Run.objects.select_for_update(no_key=True, of=("self",)).filter(people__profile_id=profile_id).order_by("pk")
    for run in about.iterator(chunk_size=100):
        run.sealed["order"] = [one for one in run.order_kept if one["profile"] != str(profile_id)]
        run.save(update_fields=["sealed"])
    RunPerson.objects.filter(profile_id=profile_id).delete()
    Run.objects.filter(profile_id=profile_id, suggestions=None).delete()
    Run.objects.filter(profile_id=profile_id).update(inputs_hash="", sealed=None)


def forget_old(*, at: datetime) -> int:
    """Take away runs that are past their time (RUN_DAYS) and that no suggestion rests on; returns how many."""
    gone = 0
    while ids := list(Run.objects.old(at).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            gone += Run.objects.filter(pk__in=ids, suggestions=None).delete()[1].get("matching.Run", 0)
    return gone


def stopped() -> Stop | None:
    """The stop that holds now: while there is one, nothing is scored."""
    return Stop.objects.now()


def stop(*, by: ActiveRole, at: datetime, reason: str, words: str = "") -> Stop:
    """Let the engine rest. Raises NotThere for who is no coordinator, Refused ("decided") when it rests already."""
    if by.kind != RoleKind.COORDINATOR:
        raise NotThere
    try:
        with transaction.atomic():
            made = Stop.objects.create(at=at, stopped_by_id=by.user_id, reason=reason, words=words)
            record("engine_stopped", "engine", made.pk, by=by, at=at, before="runs", after="rests", why=reason)
    except IntegrityError:  # somebody was faster: the database lets one stop hold
        raise Refused("decided") from None
    return made


def start(*, by: ActiveRole, at: datetime) -> Stop:
    """Let the engine go on: everything is scored anew. Raises NotThere for who is no coordinator, Refused ("decided") when it runs."""
    if by.kind != RoleKind.COORDINATOR:
        raise NotThere
    with transaction.atomic():
        held = Stop.objects.select_for_update(of=("self",)).filter(over=False).first()
        if held is None:
            raise Refused("decided")
        held.over, held.started_at, held.started_by_id = True, at, by.user_id
        held.save()
        record("engine_started", "engine", held.pk, by=by, at=at, before="rests", after="runs", why=held.reason)
        announce(ENGINE_STARTED, at=at, stop_id=str(held.pk))
    return held


def score_anew(stop_id: UUID, *, at: datetime) -> None:
    """What was not scored while the engine rested: one fact per open posting, and one per person who has changed since.

    Called again it asks for the same again, which changes nothing.
    """
    since = Stop.objects.get(pk=stop_id).at
    for posting_id in Posting.objects.open().order_by("pk").values_list("pk", flat=True):
        announce(TO_SCORE, at=at, posting_id=str(posting_id))
    for profile_id in Profile.objects.matchable().filter(changed_at__gte=since).order_by("pk").values_list("pk", flat=True):
        announce(TO_SCORE, at=at, profile_id=str(profile_id))
