"""Employers and their workplaces: address, supervisors, and the answer to each adaptation need."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Membership


class Employer(models.Model):
    """An organisation with an organisation number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(max_length=2, choices=[("SE", _("Sweden")), ("NO", _("Norway"))])
    number = models.CharField(max_length=10)  # digits only, check digit verified
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    joined_at = models.DateTimeField()
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answer_days = models.PositiveSmallIntegerField(default=5)  # the promise to answer, in working days
    source = models.CharField(max_length=20, default="portal")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["country", "number"], name="employer_once")]

    def __str__(self) -> str:
        return self.name


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def unclaimed(self, at: datetime) -> Self:
        """Open ones for an employer that nobody is responsible for yet, an imported one: they are the editors' to answer."""
        responsible = Membership.objects.valid(at).filter(employer_id=models.OuterRef("employer_id"), manages=True)
        return self.filter(~models.Exists(responsible), answered_at=None).select_related("employer", "user").order_by("at", "pk")


class JoinRequest(models.Model):
    """Somebody asks to act for an employer that is already here. Its managers answer, and the editors where there are none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "user"], condition=models.Q(answered_at=None), name="join_request_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.employer_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """What the inviter sees: a no is not told, so it stays here until it is taken back."""
        return self.filter(answered_at=None).order_by("at", "pk")

    def waiting(self) -> Self:
        """What the owner of the address may still answer."""
        return self.open().filter(declined_at=None)


class Invitation(models.Model):
    """A manager asks the owner of an address to act for the employer. Until there is a yes, only the address as typed is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)  # as it was typed
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # a yes, or taken back
    declined_at = models.DateTimeField(null=True)  # a no

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "user"], condition=models.Q(answered_at=None), name="invitation_once")
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def of(self, employer_id: uuid.UUID | None) -> Self:
        return self.filter(employer_id=employer_id).order_by("name", "street")


class Workplace(models.Model):
    """A site of an employer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="workplaces")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    place = models.ForeignKey("taxonomy.Place", on_delete=models.PROTECT, null=True, related_name="+")
    directions = models.TextField(max_length=600, blank=True)
    description = models.TextField(max_length=1200, blank=True)
    most_at_once = models.PositiveSmallIntegerField(default=2)  # placements at the same time: nobody's work is to be done by them

    objects = WorkplaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Supervisor(models.Model):
    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="supervisors")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Answer(models.TextChoices):
    """The four answers to a need, in this order. Silence is `unknown`, never `no`."""

    YES = "yes", pgettext_lazy("offer", "In place")
    CAN = "can", pgettext_lazy("offer", "Can be arranged")
    NO = "no", pgettext_lazy("offer", "Not possible")
    UNKNOWN = "unknown", pgettext_lazy("offer", "Not answered yet")


class LeadTime(models.TextChoices):
    WEEK = "week", _("The same week")
    TWO_WEEKS = "two_weeks", _("Two weeks")
    MONTH = "month", _("One month")
    TWO_MONTHS = "two_months", _("Two months")


class Evidence(models.TextChoices):
    DECLARED = "declared", _("The employer's own answer")
    VISITED = "visited", _("An advisor has visited")
    SHOWN = "shown", _("Shown in a completed placement")


class WorkplaceOffer(models.Model):
    """What a workplace can do for one need of the catalogue."""

    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="offers")
    need = models.ForeignKey("taxonomy.Need", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.UNKNOWN)
    lead = models.CharField(max_length=12, choices=LeadTime.choices, blank=True)
    how = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.DECLARED)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workplace", "need"], name="offer_once")]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.answer}"

    def as_dict(self) -> dict[str, str]:
        """The form in which a posting carries its copy."""
        return {"answer": self.answer, "lead": self.lead, "how": self.how, "evidence": self.evidence, "at": self.at.date().isoformat()}
