"""A placement, the versions of its agreement, and who has signed which. The database holds the order as well: placements/signals.py."""

import hashlib
import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import SealedJSONField
from employers.models import Employer
from employers.models import Kind as PostingKind
from placements.fields import Terms
from placements.models.measures import MeasureVersion
from placements.states import ACTIVE, LIVE, OPEN_PAPERS, OVER, SIGNING, STARTED, Change, Paper, Party, State

READ_AFTER = timedelta(weeks=12)  # how long an employer reads what is over, as in NAV's own system


def _codes(states: Any) -> list[tuple[str, str]]:
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

        A draft closes with the yes that it came of, in the same moment.
        """
        shown = models.Exists(Version.objects.filter(placement=models.OuterRef("pk"), shown_at__isnull=False))
        stands = ~Q(state=State.DRAFT) | Q(introduction__consent__withdrawn_at=None, introduction__state="agreed", profile__left_at=None)
        return self.filter(shown, stands, posting__employer_id=employer_id).filter(Q(closed_at=None) | Q(closed_at__gte=at - READ_AFTER))

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def whole(self) -> Self:
        """With everything that a page about a placement shows."""
        return self.select_related(
            "profile__user", "profile__advisor", "profile__team__agency", "posting__employer", "workplace__place", "supervisor"
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
    state = models.CharField(max_length=12, choices=_codes(State), default=State.DRAFT)
    starts = models.DateField(null=True)  # of the version in force, or of the one that is being agreed
    ends = models.DateField(null=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # since when nobody has done anything to a draft
    warned_on = models.DateField(null=True)  # when it was last told since that an idle draft will go
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, choices=_codes(Party), blank=True)  # who wanted the end
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
    def last_day(self) -> date | None:
        """The real last day: of what ended early, or the agreed one."""
        return self.ended_on or self.ends

    def day_of(self, at: datetime) -> tuple[int, int]:
        """Which day of how many it is, both counted from 1; (0, n) before the first."""
        if self.starts is None or self.ends is None:
            return 0, 0
        return max(0, (localdate(at) - self.starts).days + 1), (self.ends - self.starts).days + 1


class VersionQuerySet(models.QuerySet["Version"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_PAPERS)

    def in_force(self) -> Self:
        return self.filter(state=Paper.APPROVED)


class Version(models.Model):
    """One version of the agreement: what is signed. `hash` names every word that the signatures rest on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=12, choices=_codes(Change), default=Change.FIRST)
    state = models.CharField(max_length=12, choices=_codes(Paper), default=Paper.DRAFT)
    measure = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, null=True, related_name="+")
    supervisor = models.ForeignKey("employers.Supervisor", on_delete=models.SET_NULL, null=True, related_name="+")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    pause_from = models.DateField(null=True)
    pause_until = models.DateField(null=True)
    longer = models.BooleanField(default=False)  # the measure's own reason for a longer time holds
    sealed = SealedJSONField()  # Terms.as_json()
    hash = models.CharField(max_length=64)
    asked = models.JSONField(default=list)  # of Party, without the advisor: who has to sign this version
    asked_count = models.PositiveSmallIntegerField(default=0)
    in_order = models.BooleanField(default=False)  # they sign in the order of `asked`
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)  # the person has let the employer read it
    approved_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["placement", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["placement"], condition=Q(state=Paper.APPROVED.value), name="one_version_in_force"),
            models.UniqueConstraint(fields=["placement"], condition=Q(state__in=sorted(OPEN_PAPERS)), name="one_open_version"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="version_ends_after_it_begins",
                violation_error_message=_("A placement ends on the day it begins or later."),
            ),
            models.CheckConstraint(
                condition=Q(pause_from=None, pause_until=None)
                | Q(pause_from__gte=F("starts"), pause_until__gte=F("pause_from"), pause_until__lte=F("ends")),
                name="pause_within_the_placement",
                violation_error_message=_("A pause lies within the placement."),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.placement_id}"

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.sealed)

    @property
    def is_signing(self) -> bool:
        return self.state in SIGNING

    def hash_now(self) -> str:
        """sha256 over the number, the dates, the measure and everything material."""
        said = {
            "number": self.number,
            "change": str(self.change),
            "measure": self.measure_id,
            "days": [str(self.starts), str(self.ends), str(self.pause_from), str(self.pause_until)],
            "longer": self.longer,
            "terms": self.terms.material().as_json(),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class SignatureQuerySet(models.QuerySet["Signature"]):
    def on_behalf(self) -> Self:
        return self.exclude(channel="")


class Signature(models.Model):
    """A party's yes to exactly this version. It is never changed: a version that changes takes its signatures with it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=12, choices=_codes(Party))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")  # null: by a signed link
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=20, blank=True)  # set when the advisor signed for somebody
    why = models.CharField(max_length=20, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "party"], name="one_signature_a_party"),
            models.UniqueConstraint(fields=["version"], condition=~Q(channel=""), name="for_one_party_at_most"),
            models.CheckConstraint(
                condition=Q(channel="", why="") | (~Q(channel="") & ~Q(why="")),
                name="on_behalf_says_why",
                violation_error_message=_("Who signs for somebody else says how they were told, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} of {self.version_id}"
