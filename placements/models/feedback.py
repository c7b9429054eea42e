"""What an employer says when a placement is over: whether the door would open again."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from placements.models.placements import Placement


class Again(models.TextChoices):
    YES = "yes", pgettext_lazy("open the door again", "Yes")
    PERHAPS = "perhaps", pgettext_lazy("open the door again", "Perhaps")
    NO = "no", pgettext_lazy("open the door again", "No")


class Feedback(models.Model):
    """One for each placement, from whichever member of the employer was first. It is for the advisor alone (see `exports.not_here`)."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, primary_key=True, related_name="feedback")
    again = models.CharField(max_length=8, choices=Again.choices)
    sealed = SealedJSONField()  # {"words"}: a line, which may be about the person after all
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    @property
    def words(self) -> str:
        return str(self.sealed["words"])
