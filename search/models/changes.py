"""The log of what became public and what ceased to be: other machines follow it, so rows are only ever added."""

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction

from employers.models import Posting


class ChangeCounter(models.Model):
    """The number of the last change, in one row. Whoever adds a change holds the row until the commit: so numbers become visible
    in their order, and a reader who has seen number 7 has seen everything before it."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class PostingChangeQuerySet(models.QuerySet["PostingChange"]):
    def note(self, posting_id: UUID, *, at: datetime) -> bool:
        """Add what is true of the posting now. False when that is what the log says already, so a fact may come twice."""
        with transaction.atomic():
            ChangeCounter.objects.get_or_create(pk=1)
            counter = ChangeCounter.objects.select_for_update().get(pk=1)
            posting = Posting.objects.open().whole().filter(pk=posting_id).first()
            now = (posting is not None, _digest(posting) if posting else "")
            held = self.newest_of(posting_id)
            if now == ((held.active, held.said) if held else (False, "")):
                return False
            counter.last += 1
            counter.save()
            self.create(number=counter.last, posting_id=posting_id, at=at, active=now[0], said=now[1])
        return True

    def since(self, after: datetime, before: datetime | None = None) -> Self:
        found = self.filter(at__gte=after)
        return (found.filter(at__lt=before) if before else found).order_by("number")

    def newest_of(self, posting_id: UUID) -> "PostingChange | None":
        return self.filter(posting_id=posting_id).order_by("-number").first()


class PostingChange(models.Model):
    """One change of what anyone may see. The posting is named by its id alone: the row outlives it."""

    number = models.BigIntegerField(primary_key=True)
    posting_id = models.UUIDField()
    at = models.DateTimeField(db_index=True)
    active = models.BooleanField()
    said = models.CharField(max_length=64, blank=True)  # a digest of the public words; empty when nothing is public

    objects = PostingChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["posting_id", "-number"], name="change_of_posting")]

    def __str__(self) -> str:
        return f"{self.number}: {self.posting_id} {'open' if self.active else 'closed'}"


def _digest(posting: Posting) -> str:
    """Over all that the public page shows: the posting's words, who offers it and where."""
    place: Any = posting.workplace
    where = [place.name, place.street, place.postal_code, place.place_id, place.directions] if place else []
    shown = [posting.content_hash(), posting.places, posting.last_day, posting.employer.name, where]
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()
