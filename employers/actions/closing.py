"""A public posting rests, opens again, or comes to its end."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from employers.actions.lasting import silent_for_long
from employers.actions.moves import SEEN, locked, move, write_to_members
from employers.actions.review import stop_review
from employers.models import PostingStatus
from employers.states import PostingState, Refused


def pause(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Out of sight until `resume`."""
    with transaction.atomic():
        _, status = locked(posting_id, by)
        move(status, PostingState.PAUSED, by=by, at=at)


def resume(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Open again, with the words that were public before; also after it ended in silence."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        if not posting.live or status.state not in {PostingState.PAUSED, PostingState.FILLED, PostingState.EXPIRED}:
            raise Refused("state")
        if status.is_over(localdate(at)):
            raise Refused("over")
        move(status, PostingState.PUBLISHED, by=by, at=at)


def fill(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Every place is taken."""
    with transaction.atomic():
        _, status = locked(posting_id, by)
        move(status, PostingState.FILLED, by=by, at=at)


def count_places(posting_id: UUID, taken: Callable[[], int], *, at: datetime) -> None:
    """Note how many places are taken now; `taken` counts them under the lock, so that of two counts the later one stands.

    The one that takes the last place fills the posting. A place that becomes free opens nothing: the employer says when.
    """
    with transaction.atomic():
        posting, status = locked(posting_id, None)
        before, status.places_used = status.places_used, taken()
        status.save(update_fields=["places_used"])
        is_full = posting.places is not None and before < status.places_used >= posting.places
        if is_full and status.state in {PostingState.PUBLISHED, PostingState.PAUSED}:
            move(status, PostingState.FILLED, by=None, at=at)
            write_to_members(posting.employer_id, "something_new", posting.pk, at=at)


def withdraw_posting(posting_id: UUID, *, by: ActiveRole | None, at: datetime, why: str = "") -> None:
    """Taken away for good, by the employer, or by an editor in the admin (`by=None`)."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        if by is None and status.state == PostingState.WITHDRAWN:
            return
        if status.reviewed_revision_id is not None:
            stop_review(posting, status, by)
        move(status, PostingState.WITHDRAWN, by=by, at=at, why=why)
        if by is None:
            write_to_members(posting.employer_id, "something_new", posting.pk, at=at)


def expire(*, at: datetime) -> int:
    """End every open posting whose last day has passed, or whose employer has not answered for long. Returns how many; a second run
    finds none."""
    over = PostingStatus.objects.filter(_over(at)).values_list("pk", flat=True)
    return sum(_expire_one(pk, at) for pk in list(over))


def _over(at: datetime) -> Q:
    return Q(state__in=SEEN, expires_on__lt=localdate(at)) | silent_for_long(at)


def _expire_one(posting_id: UUID, at: datetime) -> bool:
    with transaction.atomic():
        posting, status = locked(posting_id, None)
        if not PostingStatus.objects.filter(_over(at), pk=posting_id).exists():
            return False
        if status.reviewed_revision_id is not None:
            stop_review(posting, status, None)
        move(status, PostingState.EXPIRED, by=None, at=at, why="last_day" if status.is_over(localdate(at)) else "silent")
        write_to_members(posting.employer_id, "something_new", posting.pk, at=at)
    return True
