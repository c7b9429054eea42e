"""What somebody has to do about a placement, by a day: made by the clock or by an answer, done by a person."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from placements.models.placements import Placement


class TaskKind(models.TextChoices):
    CALL_ENDED = "call_ended", pgettext_lazy("task", "Call: the placement has ended early")
    RED = "red", pgettext_lazy("task", "Call: something does not work")
    MISSED = "missed", pgettext_lazy("task", "Call: two check-ins without an answer")
    INCIDENT = "incident", pgettext_lazy("task", "Follow up what happened")
    PROPOSAL = "proposal", pgettext_lazy("task", "Answer a proposal")
    ASSESSMENT = "assessment", pgettext_lazy("task", "Get the words about how it went")
    REPORT = "report", pgettext_lazy("task", "Get the report of the apprenticeship")
    OUTCOME = "outcome", pgettext_lazy("task", "Ask where the person is now")


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_at=None).order_by("due", "pk")

    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        return self.filter(placement__profile__advisor_id=advisor_id, placement__profile__team_id=team_id)

    def late(self, today: date) -> Self:
        return self.open().filter(due__lt=today)


class Task(models.Model):
    """One thing to do for the person's advisor. `about` is what it came of: the same thing asks for it once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=TaskKind.choices)
    about = models.UUIDField(null=True)
    due = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due"], condition=Q(done_at=None), name="task_open")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["placement", "kind", "about"], name="task_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
