"""What somebody tells the editors about a posting."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import SealedJSONField


class Wrong(models.TextChoices):
    """What is wrong with a posting, as a code."""

    CLOSED = "closed", _("The posting is no longer there")
    UNTRUE = "untrue", _("Something in it is not true")
    UNFAIR = "unfair", _("It shuts people out")
    FRAUD = "fraud", _("It asks for money, or seems to be fraud")
    OTHER = "other", _("Something else")


class PostingReportQuerySet(models.QuerySet["PostingReport"]):
    def waiting(self) -> Self:
        """What no editor has dealt with, longest waiting first."""
        return self.filter(done_at=None).select_related("posting__employer", "posting__status").order_by("at", "pk")


class PostingReport(models.Model):
    """Nobody is asked who they are. The words may speak of a person all the same, so they are sealed, and the row goes when the editor is
    done. `done_at` and `done_by` are written no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="+")
    wrong = models.CharField(max_length=8, choices=Wrong.choices)
    sealed = SealedJSONField(null=True)  # {"words": ...}
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PostingReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(sealed__isnull=True),
                name="report_done_without_words",
                violation_error_message=_("A report that is dealt with holds no words."),
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
