"""What the engine found becomes suggestions."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.actions import record
from employers.models import Posting
from jobseekers.models import Profile
from matching import engine
from matching.actions import runs
from matching.actions.closing import void
from matching.actions.moves import close
from matching.engine import Pair
from matching.models import Interest, Run, Suggestion
from matching.states import LIVE, Closed, State

RENEWED = ("run", "sealed", "tie", "eligible", "order", "posting_hash", "profile_hash", "interested")


def store(result: engine.Result, *, at: datetime, posting_id: UUID | None = None, profile_id: UUID | None = None) -> int:
    """Write one run and its suggestions; returns how many are new. Called again with the same result it adds nothing.

    What somebody decided comes back only as `_settled` says, what is under an approval that still stands is left
    alone, and who paused, left or lost their advisor while the run computed is dropped.
    """
    side: dict[str, UUID | None] = {"posting_id": posting_id} if posting_id else {"profile_id": profile_id}
    with transaction.atomic():
        # One order of locks for everybody: profiles, the statuses of postings, suggestions, then the rest.
        here = _still_here({one.profile_id for one in result.found} | ({profile_id} if profile_id else set()))
        void(at=at, posting_id=posting_id, profile_id=profile_id)
        if (profile_id and profile_id not in here) or runs.stopped():
            return 0
        earlier: dict[Pair, list[Suggestion]] = {}
        sides = Suggestion.objects.filter(**side).defer("sealed", "run__sealed")  # what is stored is written over, not read
        live = sides.filter(state__in=LIVE).select_for_update(of=("self",)).select_related("run").order_by("pk")
        for one in [*live, *sides.filter(state=State.CLOSED).defer("decided")]:
            earlier.setdefault((one.posting_id, one.profile_id), []).append(one)
        fresh = _fresh(result, here)
        run = runs.new(result, posting_id=posting_id, profile_id=profile_id, at=at, suggested=len(fresh), here=here)
        wished = {(one.posting_id, one.profile_id): one.at for one in Interest.objects.filter(**side)}
        placed = [_placed(found, run, earlier.get(found.pair, []), wished.get(found.pair)) for found in fresh]
        written = [one for one in placed if one]
        new = sum(one._state.adding for one in written)
        # One statement for both: those that are there are held, so that none of them can be gone and come back by it.
        Suggestion.objects.bulk_create(written, update_conflicts=True, update_fields=RENEWED, unique_fields=["pk"])
        _drop_unfound(run, {found.pair for found in fresh}, earlier, at)
        record("run_stored", "run", run.pk, by=None, at=at, after=str(new))
    return new


def _still_here(ids: set[UUID]) -> set[UUID]:
    """Who has neither paused nor left while the run computed. Held until it is stored, so that nobody leaves in between."""
    found = Profile.objects.matchable().select_for_update(no_key=True).filter(pk__in=ids)
    return set(found.order_by("pk").values_list("pk", flat=True))


def _fresh(result: engine.Result, here: set[UUID]) -> list[engine.Found]:
    """Without what was overtaken while the run computed: the newer version of a posting rings its own bell."""
    postings = {one.posting_id for one in result.found}
    current = dict(Posting.objects.open().filter(pk__in=postings).values_list("pk", "status__published_hash"))
    return [one for one in result.found if current.get(one.posting_id) == one.posting_hash and one.profile_id in here]


def _placed(found: engine.Found, run: Run, earlier: list[Suggestion], wished_at: datetime | None) -> Suggestion | None:
    """A new suggestion or the one that is there, filled and not saved; None where a decision stands."""
    live = next((one for one in earlier if one.state != State.CLOSED), None)
    if live and live.state != State.SUGGESTED:
        return None
    if not live and any(_settled(one, found, wished_at) for one in earlier):
        return None
    one = live or Suggestion(posting_id=found.posting_id, profile_id=found.profile_id, created_at=run.at, moved_at=run.at)
    _fill(one, found, run)
    one.interested = one.interested or wished_at is not None
    return one


def _fill(suggestion: Suggestion, found: engine.Found, run: Run) -> None:
    suggestion.run, suggestion.sealed, suggestion.tie = run, found.sealed, found.tie
    suggestion.eligible, suggestion.order = found.parts.eligible, found.parts.order
    suggestion.posting_hash, suggestion.profile_hash = found.posting_hash, found.profile_hash


def _settled(earlier: Suggestion, found: engine.Found, wished_at: datetime | None) -> bool:
    """Whether what was decided stands: a "no" from either side and a contact that ended for good, a dismissal and a question that
    was not answered as long as the inputs are what they were. The person's own later wish opens all but the employer's "no"."""
    if earlier.closed_as == Closed.REFUSED:
        return True
    if wished_at and wished_at > earlier.moved_at:
        return False
    if earlier.closed_as in {Closed.DECLINED, Closed.WITHDRAWN, Closed.ENDED}:
        return True
    unchanged = (earlier.posting_hash, earlier.profile_hash) == (found.posting_hash, found.profile_hash)
    return earlier.closed_as in {Closed.DISMISSED, Closed.LAPSED} and unchanged


def _drop_unfound(run: Run, found: set[Pair], earlier: dict[Pair, list[Suggestion]], at: datetime) -> None:
    """Undecided suggestions of the same side that the run no longer finds are closed as stale.

    Not those of which nothing has changed: the other side's run had found them, among its best, and somebody may have asked or waits.
    """
    missed = [one for pair in earlier.keys() - found for one in earlier[pair] if one.state == State.SUGGESTED and not _wanted(one)]
    if not missed:
        return
    postings = Posting.objects.open().filter(pk__in={one.posting_id for one in missed})
    hashes: dict[UUID, str] = dict(postings.values_list("pk", "status__published_hash"))
    hashes |= engine.profile_hashes({one.profile_id for one in missed})
    for one in missed:
        inputs = hashes.get(one.posting_id), hashes.get(one.profile_id)
        if inputs != (one.posting_hash, one.profile_hash) or _versions(one.run) != _versions(run):
            close(one, Closed.STALE, by=None, at=at)


def _wanted(one: Suggestion) -> bool:
    """A person asked for it, or an advisor chose it: it waits for somebody to decide, whatever its score."""
    return one.interested or one.by_hand


def _versions(run: Run | None) -> tuple[str, ...]:
    return () if run is None else (run.encoder, run.vocabulary, run.catalogue, run.weights)
