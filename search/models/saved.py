"""What a signed-in jobseeker keeps: postings, and searches. Nobody else is ever shown either."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import SealedJSONField


class Often(models.TextChoices):
    """How often a letter may come."""

    DAY = "day", _("At most once a day")
    WEEK = "week", _("At most once a week")
    NEVER = "never", _("Never. I look here myself")


PAUSE = {Often.DAY: timedelta(days=1), Often.WEEK: timedelta(days=7)}


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def of(self, user_id: int) -> Self:
        """Newest first, with what a row of the list shows."""
        return self.filter(user_id=user_id).select_related("posting__employer", "posting__status").order_by("-at", "pk")


class Favourite(models.Model):
    """A posting that somebody wants to find again. It tells nobody anything: interest is another thing (matching)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "posting"], name="favourite_once")]

    def __str__(self) -> str:
        return f"favourite {self.pk}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user_id=user_id).order_by("-created_at", "pk")

    def due(self, at: datetime) -> Self:
        """Those whose letter may come again."""
        late = [Q(often=often, looked_at__lte=at - pause) for often, pause in PAUSE.items()]
        return self.filter(late[0] | late[1])

    def with_key(self, key: str) -> Self:
        return self.filter(feed=digest(key))


class SavedSearch(models.Model):
    """A search as the address of the list has it. What a workplace has to offer is health data here: it is somebody's.

    `sealed` is {"query": the address after the question mark, "words": what that says, in "language", "key": the secret of the feed};
    `feed` is a digest of that secret, to find the row by. Postings that were published until `told_until` are told of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = SealedJSONField()
    often = models.CharField(max_length=5, choices=Often.choices, default=Often.NEVER)
    feed = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    told_until = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["often", "looked_at"], name="search_due")]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def query(self) -> str:
        return str(self.sealed["query"])

    @property
    def key(self) -> str:
        return str(self.sealed["key"])

    def give_key(self) -> None:
        """A feed address that nobody can guess; one that was there before leads nowhere any more."""
        key = secrets.token_urlsafe(24)
        self.sealed, self.feed = {**self.sealed, "key": key}, digest(key)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
