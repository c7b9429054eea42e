"""The two yeses and the door they open. The database holds the rule as well: matching/signals.py."""

import uuid
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.fields import SealedJSONField
from accounts.models import RoleKind, User
from matching.models.suggestions import Suggestion
from matching.states import READABLE, Door


class Approval(models.Model):
    """The first yes: the jobseeker's own advisor, for exactly this posting and at most this card."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer_by = models.DateField()  # the jobseeker's time to answer
    posting_hash = models.CharField(max_length=64)
    card_hash = models.CharField(max_length=64)
    sealed = SealedJSONField()  # {"card": [[name, value], ...], "words": what the jobseeker reads}
    removed = models.JSONField(default=list)  # names of card fields the jobseeker has taken away so far
    void_at = models.DateTimeField(null=True)
    talk_at = models.DateTimeField(null=True)  # the person wants to talk with the advisor before answering

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["suggestion"], condition=Q(void_at=None), name="one_live_approval")]

    def __str__(self) -> str:
        return f"approval {self.pk}"


class Consent(models.Model):
    """The second yes: the jobseeker's, to exactly this card for exactly this posting, until a date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="consents")
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="consents")
    at = models.DateTimeField()
    until = models.DateField()
    text_version = models.CharField(max_length=20)
    posting_hash = models.CharField(max_length=64)
    card_hash = models.CharField(max_length=64)
    sealed = SealedJSONField()  # {"card": [[name, value], ...]}: exactly what may be shown
    channel = models.CharField(max_length=20, blank=True)  # set when the advisor answered on the person's behalf
    why = models.CharField(max_length=20, blank=True)  # the coded reason for that
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["suggestion"], condition=Q(withdrawn_at=None), name="one_live_consent")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class DeclineReason(models.TextChoices):
    FILLED = "filled", _("The posting is filled")
    SKILLS = "skills", _("We look for other skills")
    HOURS = "hours", _("The hours do not fit")
    SUPERVISOR = "supervisor", _("No supervisor right now")
    ARRANGE = "arrange", _("We cannot arrange what is needed")
    OTHER = "other", _("Other")


class EndReason(models.TextChoices):
    """Why the advisor closes a contact."""

    FILLED = "filled", _("The posting is filled")
    WISH = "wish", _("The person's wish")
    QUIET = "quiet", _("The employer does not answer")
    ENDED = "ended", _("It came to nothing")


# Who pauses or leaves is gone in the same moment, and so is an advisor: whoever hears of it closes the doors, which may take a while.
PRESENT = Q(suggestion__profile__paused=False, suggestion__profile__left_at=None, suggestion__profile__advisor__isnull=False)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def readable(self, at: datetime) -> Self:
        """Doors an employer may look through now: open, with a yes that still stands. Asked on every request."""
        return self._standing(localdate(at))

    def _standing(self, today: date) -> Self:
        return self.filter(PRESENT, state__in=READABLE, consent__withdrawn_at=None, consent__until__gte=today)

    def of(self, employer_id: uuid.UUID | None) -> Self:
        """An employer's own, with what a card shows."""
        return self.filter(posting__employer_id=employer_id).select_related(
            "posting__status", "consent", "approval__by", "suggestion__profile__advisor"
        )

    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        """Of the people whom an advisor helps now, in the team that they act for."""
        return self.filter(suggestion__profile__advisor_id=advisor_id, suggestion__profile__team_id=team_id).select_related(
            "posting__employer", "suggestion__profile__user", "suggestion__profile__advisor"
        )

    def proposed(self) -> Self:
        """The employer has proposed times, and the person has not written since."""
        since = Message.objects.filter(introduction=OuterRef("pk"), role=RoleKind.JOBSEEKER, at__gte=OuterRef("answered_at"))
        return self.filter(~Exists(since), answer="meet")

    def late(self, today: date) -> Self:
        """Open, and the employer has not kept the promise to answer."""
        return self._standing(today).filter(answered_at=None, answer_by__lt=today)


class Introduction(models.Model):
    """The open door between one employer and one jobseeker: the only place where contact exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.OneToOneField(Suggestion, on_delete=models.CASCADE, related_name="introduction")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="introduction")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="introduction")
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="introductions")
    state = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Door], default=Door.OPEN)
    opened_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)  # meet, talk or decline
    reason = models.CharField(max_length=12, choices=DeclineReason.choices, blank=True)
    share_reason = models.BooleanField(default=False)
    proposal = models.CharField(max_length=500, blank=True)  # the times the employer proposed
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=12, blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects = IntroductionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"introduction {self.pk}"

    @property
    def advisor(self) -> User:
        """Who helps the person now; who approved, if nobody does."""
        return self.suggestion.profile.advisor or self.approval.by

    @property
    def rests(self) -> bool:
        """Neither open nor ended: nobody helps the person right now."""
        return self.state == Door.SUSPENDED or (self.state != Door.CLOSED and self.suggestion.profile.advisor_id is None)

    @property
    def told_reason(self) -> str:
        """Why the employer said no, in words: empty where the person may not know it, or where there is nothing to tell."""
        told = self.share_reason and self.reason != DeclineReason.OTHER
        return str(self.get_reason_display()) if told else ""


class Message(models.Model):
    """One message on an introduction: employer, jobseeker and advisor all read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    at = models.DateTimeField()
    sealed = SealedJSONField()  # {"words": ...}

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"
