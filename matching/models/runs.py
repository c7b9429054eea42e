"""Runs of the engine with all that is needed to repeat them, its stop switch, and comparisons of models."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import PackedJSONField


class RunQuerySet(models.QuerySet["Run"]):
    def listed(self) -> Self:
        """Without their records, newest first."""
        return self.defer("sealed").order_by("-at", "pk")

    def old(self, at: datetime) -> Self:
        """Past their time, and no suggestion rests on them."""
        return self.filter(at__lt=at - timedelta(days=settings.RUN_DAYS), suggestions=None)


class Run(models.Model):
    """One run of the engine: for one posting over everyone, or for one profile over every open posting.

    `sealed` is its own record, for suggestions are overwritten by later runs: {"order": [{"posting", "profile", "posting_hash",
    "profile_hash", "parts", "eligible", "tie"}, ...] best first, "members": base64 of the packed bits of who was eligible,
    "subject": hash of the posting or the person that the run is for}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, null=True, related_name="+")
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, null=True, related_name="+")
    encoder = models.CharField(max_length=60)
    vocabulary = models.CharField(max_length=64)
    catalogue = models.CharField(max_length=64)
    weights = models.CharField(max_length=20)
    inputs_hash = models.CharField(max_length=64)
    seed = models.BigIntegerField(null=True)  # of the order among equals; null: one pair, or stored before runs kept their record
    scored = models.PositiveIntegerField()
    eligible = models.PositiveIntegerField(default=0)  # of those scored
    suggested = models.PositiveIntegerField()
    took_ms = models.PositiveIntegerField(null=True)  # of the scoring; null: one pair that an advisor looked up
    sealed = PackedJSONField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(posting__isnull=False, profile=None) | Q(posting=None, profile__isnull=False), name="run_has_one_side"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def order_kept(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (self.sealed or {}).get("order", [])
        return found


class RunPerson(models.Model):
    """A person stands in the record of a posting's run: what is sealed cannot be searched, and who deletes must be found."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="people")
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "run"], name="person_once_in_a_run")]

    def __str__(self) -> str:
        return f"person in run {self.run_id}"


class StopReason(models.TextChoices):
    WRONG = "wrong", _("The suggestions look wrong")
    UNFAIR = "unfair", _("The suggestions look unfair")
    DATA = "data", _("The data is being put right")
    MODEL = "model", _("A new model is being checked")
    SAFETY = "safety", _("Safety")


class StopQuerySet(models.QuerySet["Stop"]):
    def now(self) -> "Stop | None":
        """The stop that holds, if one does."""
        return self.filter(over=False).select_related("stopped_by").first()


class Stop(models.Model):
    """The engine rests, from when somebody stopped it until somebody starts it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=8, choices=StopReason.choices)
    words = models.CharField(max_length=200, blank=True)
    over = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["over"], condition=Q(over=False), name="one_stop_at_a_time"),
            models.CheckConstraint(
                condition=Q(over=False, started_at=None) | Q(over=True, started_at__isnull=False), name="stop_is_over_when_started"
            ),
        ]

    def __str__(self) -> str:
        return f"stop {self.pk}"


class Comparison(models.Model):
    """What another model or catalogue would have changed. `figures` (matching.queries.comparison) holds numbers and no person."""

    at = models.DateTimeField()
    who = models.CharField(max_length=100)  # who ran the command, as they call themselves
    before = models.CharField(max_length=130)  # encoder and catalogue in use
    after = models.CharField(max_length=130)
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"comparison {self.before} with {self.after}"
