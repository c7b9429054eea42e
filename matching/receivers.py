"""Facts that matching hears of: each becomes one change."""

from uuid import UUID

from django.utils import timezone

from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED, QUESTION_ANSWERED
from jobseekers.signals import ADVISOR_CHANGED, PROFILE_CHANGED, PROFILE_LEFT
from matching import actions, tasks
from outbox.signals import Effect, receives


@receives(POSTING_PUBLISHED)
def posting_published(posting_id: str) -> Effect | None:
    """New or changed words: what rested on the old ones is void, then everyone is scored."""
    suggest = tasks.suggest(posting_id=posting_id)
    return lambda: (actions.void(at=timezone.now(), posting_id=UUID(posting_id)), suggest and suggest())


@receives(POSTING_CLOSED)
def posting_closed(posting_id: str) -> Effect | None:
    return lambda: actions.close_for_posting(UUID(posting_id), at=timezone.now())


@receives(QUESTION_ANSWERED)
def question_answered(question_id: str, posting_id: str) -> Effect | None:
    return lambda: actions.wake(UUID(question_id), at=timezone.now())


@receives(PROFILE_CHANGED)
def profile_changed(profile_id: str) -> Effect | None:
    return tasks.suggest(profile_id=profile_id)


@receives(ADVISOR_CHANGED)
def advisor_changed(profile_id: str) -> Effect | None:
    """What the one before approved is void; then the person is scored for the new one, who may be the first."""
    suggest = tasks.suggest(profile_id=profile_id)
    return lambda: (actions.new_advisor(UUID(profile_id), at=timezone.now()), suggest and suggest())


@receives(PROFILE_LEFT)
def profile_left(profile_id: str) -> Effect | None:
    return lambda: actions.close_for_profile(UUID(profile_id), at=timezone.now())
