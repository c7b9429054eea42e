"""A placement: a person at a workplace, from the draft of the agreement to its end."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from employers.models import Employer
from employers.models import Kind as PostingKind
from placements.states import ACTIVE, AGREED_ONCE, LIVE, OPEN_PAPERS, OVER, STARTED, Party, State

READ_AFTER = timedelta(weeks=12)  # how long an employer reads what is over, as in NAV's own system


def codes(states: Any) -> list[tuple[str, str]]:
    """The choices of a column of states."""
    return [(one.value, one.value) for one in states]


class GoalKind(models.TextChoices):
    """What a placement is for: the categories of NAV's agreements."""

    JOB_HERE = "job_here", _("Get a job here")
    EXPERIENCE = "experience", _("Get experience of work")
    TRY = "try", _("Find out what suits")
    LANGUAGE = "language", _("Practise the language")
    CERTIFICATE = "certificate", _("Reach a trade certificate")
    OTHER = "other", _("Another goal")


class Doer(models.TextChoices):
    """Who sees to an adaptation."""

    EMPLOYER = "employer", pgettext_lazy("who sees to it", "The employer")
    SUPERVISOR = "supervisor", pgettext_lazy("who sees to it", "The supervisor")
    ADVISOR = "advisor", pgettext_lazy("who sees to it", "The advisor")
    JOBSEEKER = "jobseeker", pgettext_lazy("who sees to it", "The person")
    AGENCY = "agency", pgettext_lazy("who sees to it", "Another agency")


class Payer(models.TextChoices):
    """Who pays for an adaptation."""

    NOTHING = "nothing", pgettext_lazy("who pays", "It costs nothing")
    EMPLOYER = "employer", pgettext_lazy("who pays", "The employer")
    AGENCY = "agency", pgettext_lazy("who pays", "An agency, by application")
    UNKNOWN = "unknown", pgettext_lazy("who pays", "Not known yet")


class Safety(models.TextChoices):
    """What has to be in place before the first day."""

    WALK = "walk", _("Walk through the rooms, machines and ways out")
    NOT_ALONE = "not_alone", _("Never alone at work")
    GEAR = "gear", _("Protective gear that fits")
    FIRST_AID = "first_aid", _("Who gives first aid, and where the box is")
    RULES = "rules", _("The rules of the place, read together")


class EndWhy(models.TextChoices):
    """Why a placement ends before its last day."""

    JOB = "job", _("New job")
    SUPPORT = "support", _("Did not get the support needed")
    SUIT = "suit", _("Did not suit")
    FAMILY = "family", _("Health or family (nothing more is asked)")
    WORKPLACE = "workplace", _("The workplace changed")
    OTHER = "other", _("Other")


class PlacementQuerySet(models.QuerySet["Placement"]):
    def of_advisor(self, advisor_id: int, team_id: uuid.UUID) -> Self:
        """Of the people whom an advisor helps now, in the team that they act for."""
        return self.filter(profile__advisor_id=advisor_id, profile__team_id=team_id)

    def of_person(self, user_id: int) -> Self:
        return self.filter(profile__user_id=user_id)

    def of_employer(self, employer_id: uuid.UUID | None, at: datetime) -> Self:
        """What an employer may read now: what the person has let them see, and until twelve weeks after the end.

        What was never approved closes with the yes that it came of, in the same moment.
        """
        agreed = models.Exists(Placement.objects.filter(pk=models.OuterRef("pk"), versions__approved_at__isnull=False))
        stands = Q(agreed) | Q(introduction__consent__withdrawn_at=None, introduction__state="agreed", profile__left_at=None)
        recent = Q(closed_at=None) | Q(closed_at__gte=at - READ_AFTER)
        return self.shown().filter(stands, recent, posting__employer_id=employer_id)

    def shown(self) -> Self:
        """The person has let the employer read a version."""
        return self.filter(models.Exists(Placement.objects.filter(pk=models.OuterRef("pk"), versions__shown_at__isnull=False)))

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def with_paper(self) -> Self:
        """Each with `paper`: the state of the version that is being agreed, for lists."""
        open_one = Placement.objects.filter(pk=models.OuterRef("pk"), versions__state__in=OPEN_PAPERS)
        return self.annotate(paper=models.Subquery(open_one.values("versions__state")[:1]))

    def whole(self) -> Self:
        """With everything that a page about a placement shows."""
        return self.select_related(
            "profile__user",
            "profile__advisor",
            "profile__team__agency",
            "posting__employer",
            "workplace__place",
            "supervisor",
            "assessment",
            "feedback",
        )


class Placement(models.Model):
    """A person at a workplace, from the draft of the agreement to its end. What the parties agree on stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    introduction = models.ForeignKey("matching.Introduction", on_delete=models.CASCADE, related_name="placements")
    profile = models.ForeignKey("jobseekers.Profile", on_delete=models.CASCADE, related_name="placements")
    posting = models.ForeignKey("employers.Posting", on_delete=models.CASCADE, related_name="placements")
    workplace = models.ForeignKey("employers.Workplace", on_delete=models.PROTECT, null=True, related_name="placements")
    supervisor = models.ForeignKey("employers.Supervisor", on_delete=models.SET_NULL, null=True, related_name="placements")
    kind = models.CharField(max_length=16, choices=PostingKind.choices)
    state = models.CharField(max_length=12, choices=codes(State), default=State.DRAFT)
    starts = models.DateField(null=True)  # of the version in force, or of the one that is being agreed
    ends = models.DateField(null=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # since when nobody has done anything to a draft
    warned_on = models.DateField(null=True)  # when it was last told since that an idle draft will go
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, choices=codes(Party), blank=True)  # who wanted the end
    ended_why = models.CharField(max_length=12, choices=EndWhy.choices, blank=True)
    ended_on = models.DateField(null=True)  # the last day
    hours_done = models.PositiveIntegerField(null=True)
    born = SealedJSONField(null=True)  # an ISO day: asked only where the measure has an age, for no party to read, gone with the end

    objects = PlacementQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "starts"]), models.Index(fields=["state", "ends"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["introduction"], condition=Q(state__in=sorted(LIVE)), name="one_live_placement_a_door"),
            models.UniqueConstraint(
                fields=["profile"], condition=Q(kind=PostingKind.TRIAL.value, state__in=sorted(ACTIVE)), name="one_active_trial_a_person"
            ),
            models.UniqueConstraint(
                fields=["supervisor"],
                condition=Q(kind=PostingKind.TRIAL.value, state__in=sorted(ACTIVE)),
                name="one_active_trial_a_supervisor",
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="placement_ends_after_it_begins",
                violation_error_message=_("A placement ends on the day it begins or later."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), closed_at__isnull=False) | Q(state__in=sorted(LIVE), closed_at=None),
                name="placement_over_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"  # never a name: this text reaches logs

    @property
    def employer(self) -> Employer:
        return self.posting.employer

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def has_started(self) -> bool:
        return self.state in STARTED

    @property
    def may_go_on(self) -> bool:
        """What was approved stands by itself; a draft as long as the door that it came through, also before the worker has closed it."""
        door = self.introduction
        stands = door.consent.withdrawn_at is None and door.state == "agreed" and self.profile.left_at is None
        return stands or self.state in AGREED_ONCE or self.versions.filter(approved_at__isnull=False).exists()

    @property
    def last_day(self) -> date | None:
        """The real last day: of what ended early, or the agreed one."""
        return self.ended_on or self.ends

    def day_of(self, at: datetime) -> tuple[int, int]:
        """Which day of how many it is, both counted from 1; (0, n) before the first."""
        if self.starts is None or self.ends is None:
            return 0, 0
        return max(0, (localdate(at) - self.starts).days + 1), (self.ends - self.starts).days + 1
