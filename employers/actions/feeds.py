"""Ads that are followed at their source: taken in, renewed when the source has changed them, gone when it has taken them away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import Membership
from audit.actions import record
from employers.actions.imports import fill_from, import_posting, workplace_of
from employers.actions.moves import locked, move
from employers.actions.review import stop_review
from employers.actions.screening import publish_if_clean
from employers.documents import Ad
from employers.linker import Linked
from employers.models import Posting, PostingStatus
from employers.queries import working_copy
from employers.states import PostingState

CREATED, CHANGED, SAME, LEFT = "created", "changed", "unchanged", "left as it is"
CONTACT = ("contact_name", "contact_phone", "contact_email")
WORDS = ("tasks", "day", "pay", "agreement")
LISTS = ("skills", "licences", "times")
ENDED = {PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED}  # what the end of an ad ends here
READ_AGAIN = {PostingState.SUBMITTED, PostingState.RETURNED}
UNSEEN = {PostingState.DRAFT, *READ_AGAIN}  # deleted whole, unless it has been public before


def take_in(ad: Ad, found: Linked, *, by: ActiveRole | None, at: datetime, publish: bool) -> tuple[str, list[str]]:
    """What became of the ad, and what was odd. A posting that its employer has worked on here is theirs: the source changes it no more."""
    known = Posting.objects.filter(source=ad.source, source_id=ad.source_id).first()
    if known is None:
        made, _, problems = import_posting(ad, found, by=by, at=at, publish=publish)
        _follow(made.pk, True)
        return CREATED, problems
    problems = [*ad.problems, *found.problems]
    with transaction.atomic():
        posting, status = locked(known.pk, None)
        theirs = is_theirs(posting) or status.state == PostingState.WITHDRAWN
        _follow(posting.pk, not theirs)
        if theirs:
            return LEFT, problems
        status.refresh_from_db()
        held = working_copy(posting)  # also what an editor is reading, or has returned: the same again begins nothing anew
        before = (held.content_hash(), held.last_day, held.places)
        posting.workplace = workplace_of(ad, posting.employer, found)
        fill_from(posting, ad, found, at, problems)
        same = before == (posting.content_hash(), posting.last_day, posting.places)
        if same and not (publish and status.state in {PostingState.DRAFT, PostingState.EXPIRED}):
            return SAME, problems
        if posting.live or publish:
            publish_if_clean(posting, status, problems, at=at)
        else:
            posting.save()
        record("posting_renewed_by_source", "posting", posting.pk, by=by, at=at, why=ad.source)
    return CHANGED, problems


def _follow(posting_id: UUID, followed: bool) -> None:
    """Whether the source says when the posting is over. Its employer is not asked then, nor any more."""
    PostingStatus.objects.filter(pk=posting_id).update(followed=followed, **({"reminders": 0, "asked_at": None} if followed else {}))


def take_away(source: str, source_id: str, *, by: ActiveRole | None, at: datetime) -> bool:
    """The source has removed the ad. False when there is nothing of it here, or nothing left.

    Contact details go first and by themselves, so that no later trouble keeps them. A draft goes whole; of what has been public the
    frame is left, closed and without its words, because people may have said yes to it.
    """
    posting = Posting.objects.filter(source=source, source_id=source_id).first()
    if posting is None or is_theirs(posting):
        return False
    with transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(**dict.fromkeys(CONTACT, ""))
        posting, status = locked(posting.pk, None)
        if status.reviewed_revision_id is not None:
            stop_review(posting, status, by)
            status.save()
        posting.revisions.all().delete()
    with transaction.atomic():
        posting, status = locked(posting.pk, None)
        there = status.state in {*ENDED, *UNSEEN} or bool(posting.tasks)
        public = status.published_at is not None
        if status.state in ENDED or (status.state in READ_AGAIN and public):
            status.reviewed_revision_id, status.expires_on = None, localdate(at)
            move(status, PostingState.EXPIRED, by=by, at=at, why="source")
        if status.state in UNSEEN and not public:
            posting.delete()
        else:
            Posting.objects.filter(pk=posting.pk).update(**dict.fromkeys(WORDS, ""), offers={}, **{name: [] for name in LISTS})
        if there:
            record("posting_removed_by_source", "posting", status.pk, by=by, at=at, why=source)
    return there


def is_theirs(posting: Posting) -> bool:
    """Whether somebody who acts for the employer has written on it since it came."""
    members = Membership.objects.filter(employer_id=posting.employer_id).values("user_id")
    return bool(posting.revisions.filter(user_id__in=members).exists())
