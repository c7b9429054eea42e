"""Facts for their receivers and letters for their readers, each a row until it is done."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class WaitingQuerySet(models.QuerySet[Any]):
    def due(self, at: datetime) -> Self:
        """Rows that are not done, whose time has come and that nobody holds."""
        return self.filter(done_at=None, not_before__lte=at).filter(Q(leased_until=None) | Q(leased_until__lt=at))


class Waiting(models.Model):
    """What facts and letters share: when they may go, who holds them, and whether they are done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)  # the class of the last error, never its text

    objects = WaitingQuerySet.as_manager()

    class Meta:
        abstract = True


class Fact(Waiting):
    """Something that happened, for one receiver. `ids` holds identifiers only, nothing about a person."""

    name = models.CharField(max_length=60)
    receiver = models.CharField(max_length=120)
    ids = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["not_before"], condition=Q(done_at=None), name="fact_waiting")]

    def __str__(self) -> str:
        return f"{self.name} for {self.receiver}"


class Letter(Waiting):
    """One letter to one person. Its words are made when it is sent, from `kind` and `about`.

    `reader` is null where the reader has no account: then the writer finds the address where `about` leads, so that none is kept here.
    """

    kind = models.CharField(max_length=40)
    reader: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    about = models.UUIDField(null=True)  # for the writer of this kind: the id of what the letter is about
    outcome = models.CharField(max_length=12, blank=True)  # sent, dropped or failed

    class Meta:
        indexes: ClassVar = [models.Index(fields=["not_before"], condition=Q(done_at=None), name="letter_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "reader", "about"], condition=Q(done_at=None), name="letter_once"),
            models.UniqueConstraint(fields=["kind", "about"], condition=Q(done_at=None, reader=None), name="guest_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
