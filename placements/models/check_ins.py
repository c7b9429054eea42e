"""How it goes: short questions to the person and the supervisor, and what happened in between."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from placements.models.placements import Placement
from placements.scoring import Answers, Colour, Says, Still, Works
from placements.states import Party

PARTIES = (Party.JOBSEEKER, Party.SUPERVISOR)


class CheckInState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("check-in", "Planned")
    SENT = "sent", pgettext_lazy("check-in", "Asked")
    ANSWERED = "answered", pgettext_lazy("check-in", "Answered")
    MISSED = "missed", pgettext_lazy("check-in", "No answer")
    SKIPPED = "skipped", pgettext_lazy("check-in", "Not asked")  # its day passed while nobody could be asked


class How(models.TextChoices):
    WELL = Says.WELL.value, pgettext_lazy("how is it going", "Well")
    SO = Says.SO.value, pgettext_lazy("how is it going", "So-so")
    BAD = Says.BAD.value, pgettext_lazy("how is it going", "Not well")


class DoTheyWork(models.TextChoices):
    YES = Works.YES.value, pgettext_lazy("do they work", "It works")
    PARTLY = Works.PARTLY.value, pgettext_lazy("do they work", "Partly")
    NO = Works.NO.value, pgettext_lazy("do they work", "It does not work")


class ToChange(models.TextChoices):
    NO = Still.NO.value, pgettext_lazy("should something change", "No")
    PERHAPS = Still.PERHAPS.value, pgettext_lazy("should something change", "Perhaps")
    YES = Still.YES.value, pgettext_lazy("should something change", "Yes")


class Told(models.TextChoices):
    """How the advisor got an answer that they write down."""

    PHONE = "phone", _("By phone")
    VISIT = "visit", _("On a visit")


class Decision(models.TextChoices):
    """What came of reading an answer."""

    FINE = "fine", pgettext_lazy("decision", "Nothing more is needed")
    CALLED = "called", pgettext_lazy("decision", "We have talked")
    ADAPT = "adapt", pgettext_lazy("decision", "An adaptation is changed")
    MEET = "meet", pgettext_lazy("decision", "We meet")
    CHANGE = "change", pgettext_lazy("decision", "The agreement is changed")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        return self.filter(placement__profile__advisor_id=advisor_id, placement__profile__team_id=team_id)

    def waiting(self) -> Self:
        return self.filter(state=CheckInState.SENT)

    def to_read(self) -> Self:
        """Answered or missed, and not read by the advisor: the red ones first, then the oldest."""
        red_first = models.Case(models.When(colour=Colour.RED, then=0), default=1)
        unread = self.filter(state__in=[CheckInState.ANSWERED, CheckInState.MISSED], reviewed_at=None)
        return unread.order_by(red_first, "due", "pk")


class CheckIn(models.Model):
    """One question to one side. Who is asked answers by a tap or three; what they write for their advisor alone stays there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="check_ins")
    code = models.CharField(max_length=8)  # of a `Moment`; last2 and so on where the last week came later than it was asked about
    party = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PARTIES])
    due = models.DateField()
    closes = models.DateField()  # the last day to answer
    state = models.CharField(max_length=8, choices=CheckInState.choices, default=CheckInState.PLANNED)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    sealed = SealedJSONField(null=True)  # {"how", "works", "change", "words"}
    colour = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Colour], blank=True)
    private = models.BooleanField(default=True)  # for the advisor alone: the other side reads nothing of it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")  # null: by a signed link
    told = models.CharField(max_length=8, choices=Told.choices, blank=True)  # set when the advisor wrote it down
    reviewed_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "party"]
        indexes: ClassVar = [models.Index(fields=["state", "due"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "code", "party"], name="check_in_once"),
            models.CheckConstraint(
                condition=Q(state=CheckInState.ANSWERED.value, answered_at__isnull=False, sealed__isnull=False)
                | (~Q(state=CheckInState.ANSWERED.value) & Q(answered_at=None, sealed__isnull=True, colour="")),
                name="check_in_answered_has_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def answers(self) -> Answers | None:
        return Answers(self.sealed["how"], self.sealed["works"], self.sealed["change"]) if self.sealed else None

    @property
    def how(self) -> str:
        """The three answers in the reader's language; empty while there are none. So are the two below."""
        return str(How(self.sealed["how"]).label) if self.sealed else ""

    @property
    def works(self) -> str:
        return str(DoTheyWork(self.sealed["works"]).label) if self.sealed else ""

    @property
    def change(self) -> str:
        return str(ToChange(self.sealed["change"]).label) if self.sealed else ""

    @property
    def words(self) -> str:
        return str(self.sealed.get("words", "")) if self.sealed else ""

    @property
    def is_before_the_start(self) -> bool:
        return self.code.startswith("before")

    @property
    def may_be_answered(self) -> bool:
        return self.state in {CheckInState.SENT, CheckInState.MISSED}


class Incident(models.Model):
    """Something happened, or does not work: told by one side between two check-ins, and followed up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="incidents")
    party = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    sealed = SealedJSONField()  # {"words": ..., "then": what was done about it}
    private = models.BooleanField(default=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"incident {self.pk}"

    @property
    def words(self) -> str:
        return str(self.sealed["words"])

    @property
    def then(self) -> str:
        return str(self.sealed.get("then", ""))
