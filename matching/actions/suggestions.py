"""What the engine found becomes suggestions; what has changed or run out is closed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Posting
from jobseekers.models import Profile
from matching import access, engine
from matching.actions.moves import close, locked
from matching.models import Interest, Introduction, Run, Suggestion
from matching.scoring import WEIGHTS_VERSION
from matching.states import LIVE, Closed, Door, NotThere, State
from outbox.actions import post


def store(result: engine.Result, *, at: datetime, posting_id: UUID | None = None, profile_id: UUID | None = None) -> int:
    """Write one run and its suggestions; returns how many are new. Called again with the same result it adds nothing.

    A pair that an advisor dismissed or a person declined comes back only when the posting's words have changed
    (a decline: never). A pair under an approval is left alone, or closed as stale when an input has changed.
    """
    with transaction.atomic():
        here = _still_here({found.profile_id for found in result.found} | ({profile_id} if profile_id else set()))
        if profile_id and profile_id not in here:
            return 0
        # A run that was overtaken while it computed is dropped: the newer version rings its own bell.
        current = dict(
            Posting.objects.open().filter(pk__in={f.posting_id for f in result.found}).values_list("pk", "status__published_hash")
        )
        fresh = [one for one in result.found if current.get(one.posting_id) == one.posting_hash and one.profile_id in here]
        run = Run.objects.create(
            at=at,
            posting_id=posting_id,
            profile_id=profile_id,
            encoder=result.encoder,
            vocabulary=result.vocabulary,
            catalogue=result.catalogue,
            weights=WEIGHTS_VERSION,
            inputs_hash=result.inputs_hash,
            scored=result.scored,
            suggested=len(fresh),
        )
        new = [found for found in fresh if _place(found, run, at)]
        _drop_unfound(run, {(f.posting_id, f.profile_id) for f in fresh}, at)
        record("run_stored", "run", run.pk, by=None, at=at, after=str(len(new)))
    return len(new)


def _still_here(ids: set[UUID]) -> set[UUID]:
    """Who has neither paused nor left while the run computed. Held until it is stored, so that nobody leaves in between."""
    found = Profile.objects.matchable().select_for_update(no_key=True).filter(pk__in=ids)
    return set(found.order_by("pk").values_list("pk", flat=True))


def _place(found: engine.Found, run: Run, at: datetime) -> bool:
    """Create, renew or leave one suggestion; True when it is new."""
    earlier = list(Suggestion.objects.select_for_update().filter(posting_id=found.posting_id, profile_id=found.profile_id))
    live = next((one for one in earlier if one.state != State.CLOSED), None)
    if live and live.state != State.SUGGESTED:
        return False
    if live:
        _fill(live, found, run)
        live.save()
        return False
    if any(_settled(one, found) for one in earlier):
        return False
    suggestion = Suggestion(posting_id=found.posting_id, profile_id=found.profile_id, created_at=at, moved_at=at)
    _fill(suggestion, found, run)
    suggestion.interested = Interest.objects.filter(posting_id=found.posting_id, profile_id=found.profile_id).exists()
    suggestion.save()
    return True


def _fill(suggestion: Suggestion, found: engine.Found, run: Run) -> None:
    suggestion.run, suggestion.sealed = run, found.sealed
    suggestion.eligible, suggestion.order = found.parts.eligible, found.parts.order
    suggestion.posting_hash, suggestion.profile_hash = found.posting_hash, found.profile_hash


def _settled(earlier: Suggestion, found: engine.Found) -> bool:
    """A decision of a person stands: a "no" for good, a dismissal as long as the inputs are what they were."""
    if earlier.closed_as in {Closed.DECLINED, Closed.WITHDRAWN}:
        return True
    unchanged = (earlier.posting_hash, earlier.profile_hash) == (found.posting_hash, found.profile_hash)
    return earlier.closed_as in {Closed.DISMISSED, Closed.LAPSED} and unchanged


def _drop_unfound(run: Run, found: set[tuple[UUID, UUID]], at: datetime) -> None:
    """Undecided suggestions of the same side that the run no longer finds are closed as stale."""
    side = {"posting_id": run.posting_id} if run.posting_id else {"profile_id": run.profile_id}
    for one in Suggestion.objects.select_for_update().filter(state=State.SUGGESTED, interested=False, **side):
        if (one.posting_id, one.profile_id) not in found:
            close(one, Closed.STALE, by=None, at=at)


def void(*, at: datetime, posting_id: UUID | None = None, profile_id: UUID | None = None) -> int:
    """Close what rests on an approval of something that has changed since; returns how many."""
    side = {"posting_id": posting_id} if posting_id else {"profile_id": profile_id}
    closed = 0
    with transaction.atomic():
        for pk in list(Suggestion.objects.filter(state__in=[State.APPROVED, State.CONSENTED], **side).values_list("pk", flat=True)):
            one = locked(pk)
            approval = one.approvals.filter(void_at=None).first()
            status = one.posting.status
            if approval and (status.state != "published" or status.published_hash != approval.posting_hash):
                close(one, _closed_as(status.state), by=None, at=at)
                closed += 1
    return closed


def _closed_as(posting_state: str) -> Closed:
    return {"filled": Closed.FILLED, "withdrawn": Closed.WITHDRAWN}.get(posting_state, Closed.STALE)


def express_interest(posting_id: UUID, *, by: ActiveRole, at: datetime, words: str = "") -> Interest:
    """A jobseeker says "I am interested": it goes to the own advisor, and the pair stands in the queue whatever its score."""
    profile = Profile.objects.filter(user_id=by.user_id, left_at=None).first()
    posting = Posting.objects.open().whole().filter(pk=posting_id).first()
    if profile is None or posting is None:
        raise NotThere
    found = engine.for_pair(posting, profile)
    with transaction.atomic():
        if Profile.objects.select_for_update(no_key=True).filter(pk=profile.pk, left_at=None).first() is None:
            raise NotThere
        interest, created = Interest.objects.get_or_create(
            profile=profile, posting=posting, defaults={"sealed": {"words": words}, "at": at}
        )
        if not created:
            return interest
        live = Suggestion.objects.select_for_update().live().filter(profile=profile, posting=posting).first()
        if live:
            live.interested = True
            live.save(update_fields=["interested"])
        else:
            _new_from_interest(found, profile, at)
        record("interest_said", "interest", interest.pk, by=by, at=at)
        if profile.advisor_id:
            post("something_new", reader_id=profile.advisor_id, at=at, about=interest.pk)
    return interest


def _new_from_interest(found: engine.Found, profile: Profile, at: datetime) -> None:
    here = engine.world()
    run = Run.objects.create(
        at=at,
        profile=profile,
        encoder=here.encoder,
        vocabulary=here.vocabulary,
        catalogue=here.catalogue,
        weights=WEIGHTS_VERSION,
        inputs_hash=found.profile_hash,
        scored=1,
        suggested=1,
    )
    suggestion = Suggestion(posting_id=found.posting_id, profile=profile, created_at=at, moved_at=at, interested=True)
    _fill(suggestion, found, run)
    suggestion.save()


def lapse(*, at: datetime) -> dict[str, int]:
    """Close what was not answered in time: approvals past their day, and yeses past their date (the door shuts)."""
    today = localdate(at)
    counts = {"lapsed": 0, "expired": 0}
    for pk in list(
        Suggestion.objects.filter(state=State.APPROVED, approvals__void_at=None, approvals__answer_by__lt=today).values_list(
            "pk", flat=True
        )
    ):
        counts["lapsed"] += _lapse_one(pk, {State.APPROVED}, at)
    over: dict[str, Any] = {"consents__withdrawn_at": None, "consents__until__lt": today}
    for pk in list(Suggestion.objects.filter(state__in=[State.CONSENTED, State.INTRODUCED], **over).values_list("pk", flat=True)):
        counts["expired"] += _lapse_one(pk, {State.CONSENTED, State.INTRODUCED}, at)
    return counts


def _lapse_one(pk: UUID, states: set[State], at: datetime) -> int:
    with transaction.atomic():
        suggestion = locked(pk)
        if suggestion.state not in states:
            return 0
        close(suggestion, Closed.LAPSED, by=None, at=at)
        post("lapsed", reader_id=suggestion.profile.user_id, at=at, about=suggestion.pk)
        if suggestion.profile.advisor_id:
            post("lapsed", reader_id=suggestion.profile.advisor_id, at=at, about=suggestion.pk)
    return 1


def close_for_posting(posting_id: UUID, *, at: datetime) -> int:
    """A posting is no longer open: what was not yet introduced is closed. Open doors stay: contact was promised."""
    return _close_all({"posting_id": posting_id}, at, states=[State.SUGGESTED, State.APPROVED, State.CONSENTED])


def new_advisor(profile_id: UUID, *, at: datetime) -> int:
    """Another advisor helps the person now: what the one before had approved is void, what waited begins its wait anew.

    Open doors go on. The run that follows suggests the voided pairs again, for the new advisor to read.
    """
    with transaction.atomic():
        Suggestion.objects.filter(profile_id=profile_id, state=State.SUGGESTED).update(held_by=None, held_until=None, wait_until=None)
        return _close_all({"profile_id": profile_id}, at, states=[State.APPROVED, State.CONSENTED])


def close_for_profile(profile_id: UUID, *, at: datetime) -> int:
    """A person left or paused: everything of theirs is closed, doors as well. Employers are told that the contact has ended, not why."""
    with transaction.atomic():
        for door in Introduction.objects.filter(suggestion__profile_id=profile_id).exclude(state=Door.CLOSED).select_related("posting"):
            for reader_id in access.readers_of_posting(door.posting.employer_id):
                post("contact_ended", reader_id=reader_id, at=at, about=door.suggestion_id)
        return _close_all({"profile_id": profile_id}, at, states=sorted(LIVE))


def _close_all(side: dict[str, UUID], at: datetime, *, states: list[State]) -> int:
    closed = 0
    with transaction.atomic():
        for pk in list(Suggestion.objects.filter(state__in=states, **side).values_list("pk", flat=True)):
            one = locked(pk)
            if one.state != State.CLOSED:
                close(one, _closed_as(one.posting.status.state), by=None, at=at)
                closed += 1
    return closed


def wake(question_id: UUID) -> int:
    """The employer has answered: suggestions that waited for it come back to the queue."""
    return Suggestion.objects.filter(asked_id=question_id, state=State.SUGGESTED).update(wait_until=None)
