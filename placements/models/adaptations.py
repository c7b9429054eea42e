"""An adaptation that was proposed or agreed, and whether it works; and drafts of agreements to begin with."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from placements.fields import Agreed, Terms
from placements.models.placements import Placement, codes
from placements.states import Party


class Works(models.TextChoices):
    """How far an adaptation has come."""

    PROPOSED = "proposed", pgettext_lazy("adaptation", "Proposed")
    AGREED = "agreed", pgettext_lazy("adaptation", "Agreed")
    IN_PLACE = "in_place", pgettext_lazy("adaptation", "In place, not tried yet")
    WORKS = "works", pgettext_lazy("adaptation", "Works")
    WORKS_NOT = "works_not", pgettext_lazy("adaptation", "Does not work")
    DROPPED = "dropped", pgettext_lazy("adaptation", "Dropped")


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    def followed(self) -> Self:
        """Those that still matter to the placement."""
        return self.exclude(state=Works.DROPPED).order_by("position", "pk")

    def proposed(self) -> Self:
        """Those that wait for the advisor's answer, the oldest first."""
        return self.filter(state=Works.PROPOSED).order_by("moved_at", "pk")


class Adaptation(models.Model):
    """One adaptation of a placement. What it is stands sealed: that it was agreed on tells of a need."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="adaptations")
    position = models.PositiveSmallIntegerField(default=0)
    sealed = SealedJSONField()  # an `Agreed`, as a mapping
    state = models.CharField(max_length=10, choices=Works.choices, default=Works.AGREED)
    proposed_by = models.CharField(max_length=12, choices=codes(Party), blank=True)  # who thought of it while the placement lasted
    due = models.DateField(null=True)  # by when it is to be in place; null: from the first day
    moved_at = models.DateTimeField()

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["placement", "position", "pk"]

    def __str__(self) -> str:
        return f"adaptation {self.pk}"  # never its code

    @property
    def agreed(self) -> Agreed:
        return Agreed(**self.sealed)


class AgreementTemplate(models.Model):
    """Terms to begin an agreement with, kept by a team. Nothing about a person is in it: see `actions.save_template`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    held = models.JSONField()  # Terms.as_json() without anything of a person
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "name"], name="template_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.held)
