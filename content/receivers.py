"""What Wagtail tells of pages: one became public, one was taken down."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from content import actions
from content.models import Article


@receiver(page_published)
def published(instance: Any, **_: Any) -> None:
    """Wagtail also says "published" for a publication that is only planned: then nothing is live yet."""
    if instance.live and isinstance(instance, Article):
        actions.note_published(instance.pk, at=timezone.now())


@receiver(page_unpublished)
def taken_down(instance: Any, **_: Any) -> None:
    if isinstance(instance, Article):
        actions.note_taken_down(instance.pk, at=timezone.now())
