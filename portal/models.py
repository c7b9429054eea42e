"""What somebody was writing when the session ended."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.fields import SealedJSONField
from accounts.models import User

LONGEST_PATH = 200


class DraftQuerySet(models.QuerySet["Draft"]):
    def waiting(self, user_id: int, path: str, at: datetime) -> "Draft | None":
        """What this account was writing on this page, unless that is too long ago."""
        return self.filter(user_id=user_id, path=path, at__gte=_oldest(at)).first()

    def old(self, at: datetime) -> Self:
        return self.filter(at__lt=_oldest(at))


class Draft(models.Model):
    """The words of one page's form that were not sent, for their writer alone. Sealed is {name of a field: its values}."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=LONGEST_PATH)  # portal.keeping.key_of: without its language, for the page is the same in all of them
    sealed = SealedJSONField()
    at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "path"], name="draft_once")]
        indexes: ClassVar = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"draft of {self.user_id}"

    @property
    def words(self) -> dict[str, list[str]]:
        return dict(self.sealed)


def _oldest(at: datetime) -> datetime:
    return at - timedelta(days=settings.DRAFT_DAYS)
