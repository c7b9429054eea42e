"""What Wagtail tells of postings: a revision became public, was sent back, was taken down."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import published, unpublished, workflow_rejected

from employers import actions
from employers.models import Posting


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
