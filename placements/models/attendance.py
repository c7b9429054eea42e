"""How many came to an open activity: a number for a day, and nobody's name."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class DropIn(models.Model):
    """Noted by the employer, for the employer: people who come without an introduction are counted and not known."""

    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="drop_ins")
    day = models.DateField()
    came = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["posting", "day"], name="drop_in_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.came}"
