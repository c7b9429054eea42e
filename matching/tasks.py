"""Work for the background: compute suggestions, close what ran out."""

from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from matching import actions, engine
from matching.actions import runs
from outbox.signals import Effect


def suggest(*, posting_id: str = "", profile_id: str = "") -> Effect | None:
    """Score outside any transaction; returns the change to make. None when the side is no longer open to matching, and
    while the engine rests: who starts it again has everything scored anew."""
    at = timezone.now()
    # Before anything is computed: of a person and a posting that change at once, the one that is listed last finds the other.
    actions.relist(posting_id=posting_id, profile_id=profile_id)
    if runs.stopped():
        return None
    if posting_id:
        posting = engine.postings().filter(pk=posting_id).first()
        if posting is None:
            return None
        result = engine.for_posting(posting)
        return lambda: actions.store(result, at=at, posting_id=UUID(posting_id))
    profile = engine.people().filter(pk=profile_id).first()
    if profile is None:
        return None
    result = engine.for_profile(profile)
    return lambda: actions.store(result, at=at, profile_id=UUID(profile_id))


@worker_ready.connect
def list_missing(**_: object) -> None:
    """Who came into the database past the actions is in no list yet; a worker that starts looks once."""
    actions.list_missing()


@shared_task
def lapse() -> None:
    """Every few minutes: what was not answered in time is closed."""
    actions.lapse(at=timezone.now())


@shared_task
def forget_runs() -> None:
    """Every night: records of runs that nobody needs any more."""
    runs.forget_old(at=timezone.now())
