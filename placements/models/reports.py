"""Reports of an apprenticeship: what was practised in three months, how far the goals are, and what comes next."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.fields import SealedJSONField
from placements.models.placements import READ_AFTER, Placement
from placements.states import LIVE, Party

WRITERS = [(str(one), str(one)) for one in (Party.SUPERVISOR, Party.OTHER)]


class ReportQuerySet(models.QuerySet["Report"]):
    def written(self) -> Self:
        return self.filter(at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(at=None)

    def writable(self, at: datetime) -> Self:
        """Of apprenticeships that go on, or are over for less time than the workplace reads them."""
        return self.filter(Q(placement__state__in=sorted(LIVE)) | Q(placement__closed_at__gte=at - READ_AFTER))


class Report(models.Model):
    """One period. The clock makes it on the day after its last; the workplace or the school writes it, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    sealed = SealedJSONField(null=True)  # {"practised", "goals": [[words, a `Reached`], ...], "next"}
    written_by = models.CharField(max_length=12, choices=WRITERS, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")  # null: by a signed link
    at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["placement", "-first"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "last"], name="report_once_a_period"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(at=None, written_by="") | (Q(at__isnull=False) & ~Q(written_by="")),
                name="report_written_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def said(self) -> dict[str, Any]:
        return self.sealed or {}
