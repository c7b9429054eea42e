"""The log of contacts: with whom an advisor has been in touch, how, where and when. No employer ever reads it."""

import uuid
from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from jobseekers.models import Profile


class ContactWith(models.TextChoices):
    PERSON = "person", pgettext_lazy("contact with", "The person")
    EMPLOYER = "employer", pgettext_lazy("contact with", "An employer")
    AGENCY = "agency", pgettext_lazy("contact with", "Another agency")


class How(models.TextChoices):
    """The method counts by how and where; people read the way (`Way`)."""

    FACE = "face"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"


class ContactPlace(models.TextChoices):
    WORKPLACE = "workplace"
    COMMUNITY = "community"
    OFFICE = "office"
    ONLINE = "online"


OUTSIDE = (ContactPlace.WORKPLACE, ContactPlace.COMMUNITY)


class Way(models.TextChoices):
    """What one tap says: how, where and whether it came to a meeting, all at once."""

    WORKPLACE = "workplace", pgettext_lazy("contact", "Met at the workplace")
    COMMUNITY = "community", pgettext_lazy("contact", "Met out and about")
    OFFICE = "office", pgettext_lazy("contact", "Met at the office")
    PHONE = "phone", pgettext_lazy("contact", "Talked on the phone")
    VIDEO = "video", pgettext_lazy("contact", "Talked by video")
    MESSAGE = "message", pgettext_lazy("contact", "Wrote a message")
    MISSED = "missed", pgettext_lazy("contact", "A meeting that did not happen")
    NO_ANSWER = "no_answer", pgettext_lazy("contact", "Called without an answer")


class Meant(NamedTuple):
    how: str
    where: str
    missed: bool


MEANS: dict[str, Meant] = {
    Way.WORKPLACE: Meant(How.FACE, ContactPlace.WORKPLACE, False),
    Way.COMMUNITY: Meant(How.FACE, ContactPlace.COMMUNITY, False),
    Way.OFFICE: Meant(How.FACE, ContactPlace.OFFICE, False),
    Way.PHONE: Meant(How.PHONE, ContactPlace.ONLINE, False),
    Way.VIDEO: Meant(How.VIDEO, ContactPlace.ONLINE, False),
    Way.MESSAGE: Meant(How.MESSAGE, ContactPlace.ONLINE, False),
    Way.MISSED: Meant(How.FACE, "", True),
    Way.NO_ANSWER: Meant(How.PHONE, ContactPlace.ONLINE, True),
}
WAY_OF = {meant: Way(way) for way, meant in MEANS.items()}


class ContactQuerySet(models.QuerySet["Contact"]):
    def about(self, profile_id: uuid.UUID) -> Self:
        """What concerns one person, newest first."""
        return self.filter(profile_id=profile_id).select_related("by", "employer", "workplace").order_by("-at", "-noted_at", "pk")

    def with_employer(self, employer_id: uuid.UUID, team_id: uuid.UUID) -> Self:
        """Of everybody in a team, newest first."""
        found = self.filter(contact_with=ContactWith.EMPLOYER, employer_id=employer_id, team_id=team_id)
        return found.select_related("by", "employer", "workplace").order_by("-at", "-noted_at", "pk")

    def reached(self) -> Self:
        """In which both sides had their say: a message that was written may lie unread."""
        return self.filter(missed=False).exclude(how=How.MESSAGE)

    def noted_by(self, user_id: int, team_id: uuid.UUID) -> Self:
        return self.filter(by_id=user_id, team_id=team_id)


class Contact(models.Model):
    """One contact. `sealed`: {"line": the advisor's own line, "agency": who it was at another agency}. `missed`: it did not come to a
    contact. With an employer, `profile` is the person for whom it was, if it was for one; the employer is never told whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact_with = models.CharField(max_length=8, choices=ContactWith.choices)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, null=True, related_name="contacts")
    employer = models.ForeignKey("employers.Employer", on_delete=models.CASCADE, null=True, related_name="+")
    workplace = models.ForeignKey("employers.Workplace", on_delete=models.SET_NULL, null=True, related_name="+")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices)
    where = models.CharField(max_length=9, choices=ContactPlace.choices, blank=True)
    missed = models.BooleanField(default=False)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    sealed = SealedJSONField()
    back_by = models.DateField(null=True)  # the advisor has promised the employer to be back by then
    back_at = models.DateTimeField(null=True)  # and was

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contact_with=ContactWith.EMPLOYER, employer__isnull=False)
                | Q(contact_with__in=(ContactWith.PERSON, ContactWith.AGENCY), profile__isnull=False, employer=None),
                name="contact_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(how=How.FACE, missed=False, where__in=(*OUTSIDE, ContactPlace.OFFICE))
                | Q(how=How.FACE, missed=True, where="")
                | Q(how__in=(How.PHONE, How.VIDEO, How.MESSAGE), where=ContactPlace.ONLINE),
                name="contact_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(back_by=None, back_at=None) | Q(back_by__isnull=False, contact_with=ContactWith.EMPLOYER),
                name="contact_back_to_an_employer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["profile", "at"], name="contact_of_person"),
            models.Index(fields=["team", "employer", "at"], name="contact_of_employer"),
            models.Index(fields=["by", "at"], name="contact_of_advisor"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def way(self) -> Way:
        return WAY_OF[Meant(self.how, self.where, self.missed)]

    def noted_on_day_of(self, at: datetime) -> bool:
        """A contact may be put right on the day it was noted."""
        return localtime(self.noted_at).date() == localtime(at).date()
