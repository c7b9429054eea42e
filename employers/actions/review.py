"""The way to the public page: sent to an editor, approved or returned. Exactly the revision that was read is published.

`PostingStatus.reviewed_revision_id` names the one revision that may become public now; `mark_published` refuses every other.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import TaskState

from accounts.access import ActiveRole, as_role
from accounts.models import Membership, RoleKind, User
from audit.actions import record
from employers.actions.moves import locked, move, refuse_while_in_review, write_to_editors, write_to_members
from employers.linker import hinted
from employers.models import Posting, PostingStatus
from employers.queries import checked, missing, working_copy
from employers.signals import POSTING_PUBLISHED
from employers.states import PostingState, Refused, may_follow
from outbox.actions import announce

KEPT = {PostingState.PAUSED, PostingState.FILLED}  # new words for a posting that rests do not open it again


def submit_posting(posting_id: UUID, *, by: ActiveRole, at: datetime) -> Posting:
    """Send the newest words to an editor. Refused("missing", fields) while answers are missing, Refused("wording") while the text
    check has found something that is neither changed nor kept with a reason."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        refuse_while_in_review(status)
        copy = working_copy(posting)
        gaps = missing(copy)
        if gaps:
            raise Refused("missing", gaps)
        if checked(copy).open:
            raise Refused("wording")
        if not posting.live or status.state == PostingState.EXPIRED:
            if not may_follow(status.state, PostingState.SUBMITTED):
                raise Refused("state")
        elif status.state == PostingState.WITHDRAWN or not posting.has_unpublished_changes:
            raise Refused("nothing_new")
        start_review(copy, status, by=by, at=at)
    return posting


def start_review(copy: Any, status: PostingStatus, *, by: ActiveRole | None, at: datetime) -> None:
    """These words to the editors, who get no letter when the system sends them: a feed may bring hundreds."""
    user = User.objects.get(pk=by.user_id) if by else None
    copy.offers = hinted(copy)
    revision = copy.save_revision(user=user, clean=False)
    workflow = copy.current_workflow_state
    if workflow is not None:
        workflow.cancel(user=user)
    copy.get_workflow().start(copy, user)
    status.submitted_at, status.reviewed_revision_id, status.comment = at, revision.pk, ""
    if by:
        status.followed = False
        write_to_editors("something_new", status.pk, at=at)
    if (not copy.live or status.state == PostingState.EXPIRED) and status.state != PostingState.SUBMITTED:
        move(status, PostingState.SUBMITTED, by=by, at=at)
    else:
        status.save()
        record("posting_change_sent", "posting", status.pk, by=by, at=at)


def withdraw_submission(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Take the posting back from the editor, to go on writing."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        if status.reviewed_revision_id is None:
            raise Refused("state")
        stop_review(posting, status, by)
        if status.state == PostingState.SUBMITTED:
            move(status, PostingState.EXPIRED if posting.live else PostingState.DRAFT, by=by, at=at, why="taken_back")
        else:
            status.save()
            record("posting_change_taken_back", "posting", status.pk, by=by, at=at)


def stop_review(posting: Posting, status: PostingStatus, by: ActiveRole | None) -> None:
    """End a review that is going on, without an answer. The caller saves the status."""
    status.reviewed_revision_id = None
    workflow = posting.current_workflow_state
    if workflow is not None:
        workflow.cancel(user=User.objects.filter(pk=by.user_id).first() if by else None)


def approve(posting_id: UUID, *, by: ActiveRole, at: datetime, comment: str = "") -> None:
    """An editor's yes to exactly the revision under review. Refused("not_reviewer") for anyone outside the task's group."""
    with transaction.atomic():
        task = _task(posting_id, by)
        task.approve(user=User.objects.get(pk=by.user_id), comment=comment)


def send_back(posting_id: UUID, *, by: ActiveRole, at: datetime, comment: str) -> None:
    """An editor asks for changes, with a comment for the employer."""
    with transaction.atomic():
        task = _task(posting_id, by)
        task.reject(user=User.objects.get(pk=by.user_id), comment=comment)


def _task(posting_id: UUID, by: ActiveRole) -> Any:
    """The open task of the review. Wagtail's own `approve` asks nobody who is calling, so this does."""
    posting, status = locked(posting_id, None)
    task_state = posting.current_workflow_task_state
    user = User.objects.get(pk=by.user_id)
    if task_state is None or status.reviewed_revision_id is None:
        raise Refused("not_in_review")
    if not task_state.task.specific.get_actions(posting, user):
        raise Refused("not_reviewer")
    if posting.latest_revision_id != status.reviewed_revision_id:
        raise Refused("changed")
    return task_state


def mark_published(posting_id: UUID, revision_id: int, *, at: datetime) -> None:
    """Wagtail made a revision public: the status follows. Refused("not_reviewed"), which undoes it, for any other revision."""
    with transaction.atomic():
        posting, status = locked(posting_id, None)
        if revision_id != status.reviewed_revision_id:
            raise Refused("not_reviewed")
        by = _decider(posting, revision_id, at)
        posting.refresh_from_db()
        status.reviewed_revision_id, status.comment = None, ""
        status.published_hash, status.expires_on = posting.content_hash(), posting.last_day
        status.published_at = status.published_at if status.state in {PostingState.PUBLISHED, *KEPT} else at
        if status.state in KEPT:
            status.save()
            announce(POSTING_PUBLISHED, at=at, posting_id=str(posting_id))
            record("posting_changed", "posting", posting_id, by=by, at=at)
        else:
            move(status, PostingState.PUBLISHED, by=by, at=at)
        if by is not None:
            _note_as_read(status)
            write_to_members(posting.employer_id, "something_new", posting.pk, at=at)


def _note_as_read(status: PostingStatus) -> None:
    """What the text check found in an imported ad does not hold the same sentence up a second time."""
    if status.found:
        status.found = {key: {**one, "read": True} for key, one in status.found.items()}
        status.save(update_fields=["found"])


def mark_returned(posting_id: UUID, comment: str, *, at: datetime) -> None:
    """The editor wants something changed: the employer reads the comment and goes on writing."""
    with transaction.atomic():
        posting, status = locked(posting_id, None)
        if status.reviewed_revision_id is None:
            return
        by = _decider(posting, status.reviewed_revision_id, at)
        status.reviewed_revision_id, status.comment = None, comment[:2000]
        if status.state == PostingState.SUBMITTED:
            move(status, PostingState.RETURNED, by=by, at=at)
        else:
            status.save()
            record("posting_change_returned", "posting", posting_id, by=by, at=at)
        write_to_members(posting.employer_id, "answer_waiting", posting.pk, at=at)


def _decider(posting: Posting, revision_id: int, at: datetime) -> ActiveRole | None:
    """The editor who has just decided on this revision in Wagtail, in their role; None when the system publishes by itself."""
    states = TaskState.objects.filter(workflow_state__in=posting.workflow_states.all(), revision_id=revision_id, finished_by__isnull=False)
    user_id = states.order_by("-finished_at").values_list("finished_by_id", flat=True).first()
    found = Membership.objects.of(user_id, at).filter(kind=RoleKind.EDITOR).first() if user_id else None
    return as_role(found) if found else None


def publish_by_system(posting: Any, status: PostingStatus) -> None:
    """Make the words of `posting` public without a review: an import that was told so, an answer to a question."""
    revision = posting.save_revision(clean=False)
    status.reviewed_revision_id = revision.pk
    status.save(update_fields=["reviewed_revision_id"])
    revision.publish()
