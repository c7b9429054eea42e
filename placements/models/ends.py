"""What became of it: both sides' words at the end, where the person is then and later, and hires."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from placements.models.placements import Placement


class Attendance(models.TextChoices):
    ALL = "all", pgettext_lazy("attendance", "All or nearly all days")
    MOST = "most", pgettext_lazy("attendance", "Most days")
    SOME = "some", pgettext_lazy("attendance", "Some days")


class Reached(models.TextChoices):
    YES = "yes", pgettext_lazy("goal", "Yes")
    PARTLY = "partly", pgettext_lazy("goal", "Partly")
    NO = "no", pgettext_lazy("goal", "No")


class NextStep(models.TextChoices):
    JOB = "job", pgettext_lazy("next step", "A job here")
    LONGER = "longer", pgettext_lazy("next step", "A longer placement here")
    ELSEWHERE = "elsewhere", pgettext_lazy("next step", "Another workplace")
    TRAINING = "training", pgettext_lazy("next step", "Training")
    PAUSE = "pause", pgettext_lazy("next step", "A pause")
    UNSURE = "unsure", pgettext_lazy("next step", "Not clear yet")


class Assessment(models.Model):
    """How it went, by each side in their own words; each reads the other's, and may disagree in writing.

    `employer` and `person`: {"attendance", "goals": [Reached, ...], "next", "mattered": [code], "words"}; `*_disagrees`: {"words"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="assessment")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()  # the day after the last day, from which reminders are counted
    employer = SealedJSONField(null=True)
    employer_at = models.DateTimeField(null=True)
    employer_disagrees = SealedJSONField(null=True)
    person = SealedJSONField(null=True)
    person_at = models.DateTimeField(null=True)
    person_disagrees = SealedJSONField(null=True)
    elsewhere_on = models.DateField(null=True)  # the employer's words came another way
    comment = SealedJSONField(null=True)  # the advisor's, when closing: {"words"}
    closed_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)  # how many of the three reminders have gone

    def __str__(self) -> str:
        return f"assessment {self.pk}"

    @property
    def is_whole(self) -> bool:
        return self.person_at is not None and (self.employer_at is not None or self.elsewhere_on is not None)


class Where(models.TextChoices):
    """Where the person is. A placement and a job are never added together."""

    JOB = "job", pgettext_lazy("outcome", "Ordinary job")
    SUBSIDISED = "subsidised", pgettext_lazy("outcome", "Job with wage support")
    OWN = "own", pgettext_lazy("outcome", "Own business")
    EDUCATION = "education", pgettext_lazy("outcome", "Education")
    PLACEMENT = "placement", pgettext_lazy("outcome", "Placement")
    NONE = "none", pgettext_lazy("outcome", "None of these")
    UNKNOWN = "unknown", pgettext_lazy("outcome", "Unknown")


class Source(models.TextChoices):
    PERSON = "person", pgettext_lazy("source", "The person")
    EMPLOYER = "employer", pgettext_lazy("source", "The employer")
    ADVISOR = "advisor", pgettext_lazy("source", "The advisor's own knowledge")
    REGISTER = "register", pgettext_lazy("source", "A register")


AT_WORK = frozenset({Where.JOB, Where.SUBSIDISED, Where.OWN})


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        return self.filter(placement__profile__advisor_id=advisor_id, placement__profile__team_id=team_id)

    def due(self, today: date) -> Self:
        """Nobody knows yet, and its day has come."""
        return self.filter(where="", due__lte=today).order_by("due", "pk")


class Outcome(models.Model):
    """Where somebody is at the end of a placement, or 3, 6 or 12 months later. What nobody could find out is unknown, and stays so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField()  # 0, 3, 6 or 12
    due = models.DateField()
    asked_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=12, choices=Where.choices, blank=True)
    hours = models.PositiveSmallIntegerField(null=True)  # a week
    same_workplace = models.BooleanField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["placement", "months"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "months"], name="outcome_once"),
            models.CheckConstraint(
                condition=Q(where="", at=None) | (~Q(where="") & Q(at__isnull=False)),
                name="outcome_known_since",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"


ASKED_WITH = "2026-11"  # the version of the words that ask for it


class OutcomeConsentQuerySet(models.QuerySet["OutcomeConsent"]):
    def given(self) -> Self:
        """Those that stand. A yes to words that are no longer asked with is none, and is asked for anew."""
        return self.filter(withdrawn_at=None, text_version=ASKED_WITH)


class OutcomeConsent(models.Model):
    """The person's separate yes to being asked later where they are. Without it nobody asks, and it stays unknown."""

    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="outcome_consents")
    at = models.DateTimeField()
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, blank=True)  # set when the advisor answered for the person
    why = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OutcomeConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile"], condition=Q(withdrawn_at=None), name="one_live_outcome_consent"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class HireForm(models.TextChoices):
    ORDINARY = "ordinary", pgettext_lazy("hire", "Ordinary job")
    SUBSIDISED = "subsidised", pgettext_lazy("hire", "Job with wage support")


class Hire(models.Model):
    """Somebody is employed after an introduction or a placement. The support goes on, with no fixed end: `next_contact` says when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="hires")
    introduction = models.ForeignKey("matching.Introduction", on_delete=models.CASCADE, related_name="hires")
    placement = models.ForeignKey(Placement, on_delete=models.SET_NULL, null=True, related_name="hires")
    form = models.CharField(max_length=10, choices=HireForm.choices)
    starts = models.DateField()
    hours = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    next_contact = models.DateField(null=True)  # null: the person has said that it is enough
    contacts = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["introduction"], condition=Q(ended_on=None), name="one_live_hire_a_door"),
        ]

    def __str__(self) -> str:
        return f"hire {self.pk}"
