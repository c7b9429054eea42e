"""What the engine proposed, from which inputs, and where each proposal stands."""

import uuid
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.fields import PackedJSONField, SealedJSONField
from matching.models.runs import Run
from matching.states import LIVE, Closed, State


class DismissReason(models.TextChoices):
    NOT_NOW = "not_now", _("Not now")
    NEEDS = "needs", _("A must is not possible")
    WISH = "wish", _("The person's wish")
    DISTANCE = "distance", _("Too far")
    OTHER = "other", _("Other")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def whole(self) -> Self:
        """With everything that a page about one suggestion shows."""
        return self.select_related(
            "profile__user",
            "profile__place",
            "profile__advisor",
            "profile__needs_record",
            "posting__employer",
            "posting__workplace__place",
            "posting__status",
            "posting__occupation",
            "run",
        ).defer("run__sealed")

    def listed(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("profile__user", "profile__advisor", "posting__employer", "posting__workplace__place", "held_by")

    def undecided(self, at: datetime) -> Self:
        """Those that fit and were not put aside; oldest first, then the engine's order."""
        awake = Q(wait_until=None) | Q(wait_until__lte=localdate(at))
        return self.filter(awake, state=State.SUGGESTED, eligible=True).order_by("created_at", "-order", "tie")

    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        """Of the people whom an advisor helps in the team that they act for."""
        return self.filter(profile__advisor_id=advisor_id, profile__team_id=team_id)

    def of_colleagues(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        """Of people whom the others in the team help."""
        return self.filter(profile__team_id=team_id, profile__advisor__isnull=False).exclude(profile__advisor_id=advisor_id)

    def read_in(self, team_id: uuid.UUID) -> Self:
        """Of people whom an advisor of the team helps."""
        return self.filter(profile__team_id=team_id, profile__advisor__isnull=False)

    def waiting_for(self, advisor_id: int, team_id: uuid.UUID, at: datetime) -> Self:
        """An advisor's queue: undecided, of people they help now."""
        return self.undecided(at).of_advisor(advisor_id, team_id).listed()

    def would_fit_for(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        return self.filter(state=State.SUGGESTED, eligible=False).of_advisor(advisor_id, team_id).listed().order_by("-order", "tie")

    def closed_for(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        """What came to an end by somebody's decision or by the clock; what was only computed anew is left out."""
        own = self.of_advisor(advisor_id, team_id).filter(state=State.CLOSED)
        return own.exclude(closed_as=Closed.STALE).listed().order_by("-moved_at", "pk")

    def waiting_since(self, day: date) -> Self:
        """Undecided ones that came before a day."""
        return self.filter(created_at__date__lt=day)

    def approved(self) -> Self:
        """What a person may know of: suggestions that their advisor once approved, with what came of each."""
        return self.filter(approved_once=True).select_related("posting__employer", "posting__workplace__place", "introduction__consent")

    def shown_to(self, user_id: int) -> Self:
        """What a jobseeker sees."""
        return self.approved().filter(profile__user_id=user_id)


class Suggestion(models.Model):
    """One profile for one posting. `sealed` holds the parts of the score, reasons and questions, and every run writes it anew;
    `decided` holds what an advisor's decision says: both speak of needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="suggestions", null=True)  # null: by hand, while the engine rests
    by_hand = models.BooleanField(default=False)  # an advisor found the posting, outside the list; who, the log says
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="suggestions")
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="suggestions")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.SUGGESTED)
    closed_as = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Closed], blank=True)
    eligible = models.BooleanField()  # False: "would fit if ..."
    order = models.FloatField()
    tie = models.UUIDField(default=uuid.uuid4)  # random per run: ties are never broken by age or id of the record
    sealed = PackedJSONField()
    # {"asked": id of the question whose answer it waits for, "reason": of a dismissal, "words": of the reason "other"}, as far as decided
    decided = SealedJSONField(default=dict)
    posting_hash = models.CharField(max_length=64)
    profile_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    approved_once = models.BooleanField(default=False)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    wait_until = models.DateField(null=True)
    interested = models.BooleanField(default=False)  # the person said "I am interested"
    card_fields = models.JSONField(null=True)  # names of the fields the advisor keeps on the card; null: all
    no_similar = models.BooleanField(default=False)  # the person said no and ticked "show me nothing like this"
    unwished = models.ForeignKey(
        "taxonomy.Concept", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the occupation that was meant

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "profile"], condition=~Q(state="closed"), name="one_live_suggestion"),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(closed_as="") | ~Q(state="closed") & Q(closed_as=""), name="closed_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(run__isnull=False) | Q(by_hand=True), name="suggestion_has_a_run_or_a_hand"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"]), models.Index(fields=["posting", "profile"])]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"

    def dismissed_because(self) -> str:
        """The reason of a dismissal in words; empty where there is none."""
        code = self.decided.get("reason")
        return str(DismissReason(code).label) if code else ""


class Interest(models.Model):
    """A jobseeker said "I am interested" to their own advisor. The employer never learns of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="interests")
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="+")
    sealed = SealedJSONField()  # {"words": one line to the advisor}
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "posting"], name="interest_once")]

    def __str__(self) -> str:
        return f"interest {self.pk}"
