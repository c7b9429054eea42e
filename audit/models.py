"""The log: events (a change) and reads (somebody looked at a person's data). Append-only, held by the database."""

import uuid
from typing import ClassVar, Self

from django.db import models

LONGEST_AGENCY = 200  # signs: an employer's name is as long as that


class Event(models.Model):
    """One change: who, in which role, when, from what, to what, why. Codes and ids only, never a need or a name."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # no foreign key: the log outlives the account; null is the system
    role = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=LONGEST_AGENCY, blank=True)
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)  # the kind of thing, for example "suggestion"
    subject_id = models.CharField(max_length=64)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=200, blank=True)  # a coded reason
    channel = models.CharField(max_length=20, blank=True)  # set when done on behalf of the person

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.what} {self.subject} {self.subject_id}"


class ReadQuerySet(models.QuerySet["Read"]):
    def about(self, profile_id: uuid.UUID) -> Self:
        """Looks at one person's data that were let through, newest first: what the person sees."""
        return self.filter(profile_id=profile_id, refused=False).order_by("-at", "-pk")


class Read(models.Model):
    """Somebody opened a page with a person's data (or was refused: `refused`)."""

    at = models.DateTimeField()
    reader_id = models.BigIntegerField()
    role = models.CharField(max_length=20)
    agency = models.CharField(max_length=LONGEST_AGENCY)
    profile_id = models.UUIDField(null=True)  # null on a refusal where nothing was there
    page = models.CharField(max_length=60)
    refused = models.BooleanField(default=False)

    objects = ReadQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["profile_id", "at"])]

    def __str__(self) -> str:
        return f"{self.page} by {self.reader_id}"
