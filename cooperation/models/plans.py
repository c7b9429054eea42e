"""The person's plan: where they want to go in their own words, and the steps that somebody has promised to take."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from jobseekers.models import Profile


class Plan(models.Model):
    """`sealed`: {"goal": the person's own words}."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="plan")
    sealed = SealedJSONField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return "plan"


class Side(models.TextChoices):
    """Whose step it is."""

    PERSON = "person", pgettext_lazy("whose step", "The jobseeker")
    ADVISOR = "advisor", pgettext_lazy("whose step", "The advisor")
    EMPLOYER = "employer", pgettext_lazy("whose step", "Somebody at a workplace")
    AGENCY = "agency", pgettext_lazy("whose step", "Somebody at an agency")


NAMED = (Side.EMPLOYER, Side.AGENCY)  # the step says in words who that is: a role, no name


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def of(self, profile_id: uuid.UUID) -> Self:
        """What is soonest first, what has no day last."""
        return self.filter(profile_id=profile_id).order_by(F("due").asc(nulls_last=True), "made_at", "pk")

    def open(self) -> Self:
        return self.filter(done_at=None)


class PlanStep(models.Model):
    """One step that somebody takes. `sealed`: {"words": what, "who": the role of somebody at a workplace or an agency}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="steps")
    side = models.CharField(max_length=8, choices=Side.choices)
    sealed = SealedJSONField()
    due = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_person = models.BooleanField()  # whether the person wrote it
    done_at = models.DateTimeField(null=True)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_a_known_side")]

    def __str__(self) -> str:
        return f"step {self.pk}"

    @property
    def is_persons(self) -> bool:
        """The person's own to change: they take it, or they wrote it."""
        return self.by_person or self.side == Side.PERSON
