"""Facts that matching hears of: each becomes one change."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED, QUESTION_ANSWERED
from jobseekers.signals import ADVISOR_CHANGED, CARD_CHANGED, PROFILE_CHANGED, PROFILE_LEFT
from matching import actions, index, tasks
from matching.actions import runs
from matching.signals import ENGINE_STARTED, TO_SCORE
from outbox.signals import Effect, receives


@receives(POSTING_PUBLISHED)
def posting_changed(posting_id: str) -> Effect | None:
    """What rested on the old words is void, whether or not anything can be scored now."""
    return lambda: actions.void(at=timezone.now(), posting_id=UUID(posting_id))


@receives(POSTING_PUBLISHED)
def posting_published(posting_id: str) -> Effect | None:
    """Everyone is scored for the new words. The facts of one change come in any order: what is void goes first here too."""
    return tasks.suggest(posting_id=posting_id)


@receives(POSTING_CLOSED)
def posting_closed(posting_id: str) -> Effect | None:
    return lambda: actions.close_for_posting(UUID(posting_id), at=timezone.now())


@receives(POSTING_CLOSED)
def posting_unlisted(posting_id: str) -> Effect | None:
    """Nobody is to find it any more."""
    return lambda: actions.relist(posting_id=posting_id)


@receives(QUESTION_ANSWERED)
def question_answered(question_id: str, posting_id: str) -> Effect | None:
    return lambda: actions.wake(UUID(question_id))


@receives(CARD_CHANGED)
@receives(PROFILE_CHANGED)
def card_changed(profile_id: str) -> Effect | None:
    """A card that is no longer what was approved is void."""
    return lambda: actions.void(at=timezone.now(), profile_id=UUID(profile_id))


@receives(PROFILE_CHANGED)
def profile_changed(profile_id: str) -> Effect | None:
    return tasks.suggest(profile_id=profile_id)


@receives(ADVISOR_CHANGED)
def advisor_changed(profile_id: str) -> Effect | None:
    """What the one before approved is void, and open doors rest while there is nobody."""
    return lambda: actions.new_advisor(UUID(profile_id), at=timezone.now())


@receives(ADVISOR_CHANGED)
def advisor_reads(profile_id: str) -> Effect | None:
    """The person is scored for the new advisor, who may be the first."""
    suggest = tasks.suggest(profile_id=profile_id)
    return lambda: (actions.new_advisor(UUID(profile_id), at=timezone.now()), suggest and suggest())


@receives(PROFILE_LEFT)
def profile_left(profile_id: str, left: str) -> Effect | None:
    return lambda: actions.close_for_profile(UUID(profile_id), left=datetime.fromisoformat(left), at=timezone.now())


@receives(PROFILE_LEFT)
def person_unlisted(profile_id: str, left: str) -> Effect | None:
    """No posting is to find them any more, and no index outside is to hold them."""
    actions.relist(profile_id=profile_id)
    index.bring_up()
    return None


@receives(ENGINE_STARTED)
def engine_started(stop_id: str) -> Effect | None:
    return lambda: runs.score_anew(UUID(stop_id), at=timezone.now())


@receives(TO_SCORE)
def to_score(posting_id: str = "", profile_id: str = "") -> Effect | None:
    return tasks.suggest(posting_id=posting_id, profile_id=profile_id)
