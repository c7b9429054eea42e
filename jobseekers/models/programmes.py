"""Somebody wants to take part in a programme: a row for the team that holds it. What programme it is lies sealed, like a need."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from jobseekers.models.people import Profile
from jobseekers.states import OPEN, Asked


class Reach(models.TextChoices):
    """How a person wants to be reached."""

    PHONE = "phone", pgettext_lazy("reach", "By phone")
    MESSAGE = "message", pgettext_lazy("reach", "By text message")
    EMAIL = "email", pgettext_lazy("reach", "By e-mail")
    ADVISOR = "advisor", pgettext_lazy("reach", "Through the advisor")


class NotNow(models.TextChoices):
    """Why somebody cannot take part now. No reason is about health."""

    FULL = "full", pgettext_lazy("not now", "There is no room right now")
    OTHER_GROUP = "other_group", pgettext_lazy("not now", "The programme is for others")
    LATER = "later", pgettext_lazy("not now", "It starts later")
    WISH = "wish", pgettext_lazy("not now", "The person wants to wait")
    UNREACHED = "unreached", pgettext_lazy("not now", "We could not reach the person")


class Referred(models.TextChoices):
    PROGRAMME = "programme", pgettext_lazy("referred", "To another programme")
    AGENCY = "agency", pgettext_lazy("referred", "To another agency")
    ADVISOR = "advisor", pgettext_lazy("referred", "To the advisor")


class ProgrammeRequestQuerySet(models.QuerySet["ProgrammeRequest"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class ProgrammeRequest(models.Model):
    """`sealed`: {"programme": key of its pages, "title", "language", "reach", "reason"}; the title as the person read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="programme_requests")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Asked], default=Asked.SENT)
    sealed = SealedJSONField()
    at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ProgrammeRequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["team", "state"], name="programme_request_of_team")]

    def __str__(self) -> str:
        return f"programme request {self.pk}"

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = self.sealed
        return found
