"""What Wagtail tells of postings: a revision became public, was sent back, was taken down."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_submitted, unpublished, workflow_approved, workflow_rejected, workflow_submitted

from employers import actions
from employers.models import Posting

# The places of Wagtail's own e-mails: sent inside the transaction, partly in English, with the posting's title in the subject.
# Our apps load first, so what stands there now stays; the letters of a review are posted by the actions.
TAKEN = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def writes_nothing(**_: Any) -> None:
    """In the place of a letter that Wagtail would write itself."""


for _signal, _sender, _place in TAKEN:
    _signal.connect(writes_nothing, sender=_sender, dispatch_uid=_place)


@receiver(published, sender=Posting)
def posting_published(instance: Posting, revision: Any, **_: Any) -> None:
    """Wagtail also says "published" for a publication that is only planned: then nothing is live yet."""
    if instance.live:
        actions.mark_published(instance.pk, revision.pk, at=timezone.now())


@receiver(workflow_rejected, sender=WorkflowState)
def posting_returned(instance: WorkflowState, **_: Any) -> None:
    if isinstance(instance.content_object, Posting):
        actions.mark_returned(instance.content_object.pk, instance.current_task_state.comment, at=timezone.now())


@receiver(unpublished, sender=Posting)
def posting_taken_down(instance: Posting, **_: Any) -> None:
    """An editor took it down in the admin."""
    actions.withdraw_posting(instance.pk, by=None, at=timezone.now(), why="editor")
