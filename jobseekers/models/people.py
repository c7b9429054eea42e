"""Profiles and what people tell: skills, wishes, and, sealed, what they need at work."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import SealedJSONField


class Stage(models.TextChoices):
    """The five stages of supported employment."""

    START = "start", pgettext_lazy("stage", "Start")
    PROFILE = "profile", pgettext_lazy("stage", "Profile")
    SEARCHING = "searching", pgettext_lazy("stage", "Searching")
    DIALOGUE = "dialogue", pgettext_lazy("stage", "In dialogue")
    WORKPLACE = "workplace", pgettext_lazy("stage", "At the workplace")


class Language(models.TextChoices):
    """Languages that a person may say they know; Bokmål and Nynorsk are one language to speak."""

    SV = "sv", pgettext_lazy("language", "Swedish")
    NB = "nb", pgettext_lazy("language", "Norwegian")
    EN = "en", pgettext_lazy("language", "English")
    AR = "ar", pgettext_lazy("language", "Arabic")
    BS = "bs", pgettext_lazy("language", "Bosnian, Croatian or Serbian")
    DARI = "prs", pgettext_lazy("language", "Dari")
    DE = "de", pgettext_lazy("language", "German")
    ES = "es", pgettext_lazy("language", "Spanish")
    FA = "fa", pgettext_lazy("language", "Persian")
    FI = "fi", pgettext_lazy("language", "Finnish")
    FR = "fr", pgettext_lazy("language", "French")
    KU = "ku", pgettext_lazy("language", "Kurdish")
    PL = "pl", pgettext_lazy("language", "Polish")
    PS = "ps", pgettext_lazy("language", "Pashto")
    RO = "ro", pgettext_lazy("language", "Romanian")
    RU = "ru", pgettext_lazy("language", "Russian")
    SGN = "sgn", pgettext_lazy("language", "Sign language")
    SO = "so", pgettext_lazy("language", "Somali")
    TH = "th", pgettext_lazy("language", "Thai")
    TI = "ti", pgettext_lazy("language", "Tigrinya")
    TR = "tr", pgettext_lazy("language", "Turkish")
    UK = "uk", pgettext_lazy("language", "Ukrainian")
    ZH = "zh", pgettext_lazy("language", "Chinese")


class TimeOfDay(models.TextChoices):
    DAY = "day", _("Day")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")
    WEEKEND = "weekend", _("Weekend")


class Licence(models.TextChoices):
    AM = "AM", _("Driving licence AM, moped")
    B = "B", _("Driving licence B")
    BE = "BE", _("Driving licence BE")
    C = "C", _("Driving licence C")
    CE = "CE", _("Driving licence CE")
    D = "D", _("Driving licence D")
    TRUCK = "truck", _("Forklift licence")
    HYGIENE = "hygiene", _("Food hygiene")


class WishedKind(models.TextChoices):
    """The kinds of posting by their codes; the postings themselves lie in an app that this one may not see."""

    TRIAL = "trial", pgettext_lazy("kind of posting", "Trial placement")
    JOB = "job", pgettext_lazy("kind of posting", "Job")
    APPRENTICESHIP = "apprenticeship", pgettext_lazy("kind of posting", "Apprenticeship")
    ACTIVITY = "activity", pgettext_lazy("kind of posting", "Open activity")


class Channel(models.TextChoices):
    """How a person told the advisor what to write for them."""

    PHONE = "phone", _("By phone")
    MEETING = "meeting", _("In a meeting")
    LETTER = "letter", _("By letter")


class BehalfReason(models.TextChoices):
    """Why the advisor answers for the person."""

    NO_EID = "no_eid", _("No e-ID")
    NOT_DIGITAL = "not_digital", _("Does not want to answer digitally")
    UNUSED = "unused", _("Not used to digital services")
    ASKED = "asked", _("Asked for help")


class ProfileQuerySet(models.QuerySet["Profile"]):
    def helped_by(self, user_id: int, team_id: uuid.UUID | None) -> Self:
        """The people of one advisor in the team that they act for: one who works for two agencies sees one agency's people at a time."""
        return self.filter(advisor_id=user_id, team_id=team_id, left_at=None).select_related("user", "place")

    def reached_at(self, email: str) -> Self:
        return self.filter(Q(given_email__iexact=email) | Q(user__email__iexact=email))

    def of_team(self, team_id: uuid.UUID | None) -> Self:
        return self.filter(team_id=team_id, left_at=None)

    def waiting(self) -> Self:
        """Those without an advisor, who has waited longest first."""
        return self.filter(advisor=None).select_related("user", "place").order_by(models.F("waits_since").asc(nulls_first=True), "pk")

    def helped(self) -> Self:
        """Those with an advisor, who has been longest in a stage first."""
        return self.filter(advisor__isnull=False).select_related("user", "advisor").order_by("stage_since", "pk")

    def matchable(self) -> Self:
        """Everyone the engine scores: enrolled, with an advisor, and not paused."""
        return self.filter(left_at=None, paused=False, advisor__isnull=False)


class Profile(models.Model):
    """A person who looks for a way in to work. Name and phone are the account's, and its address once its owner has signed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    index_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)  # the only id that lists and index hold
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profile")
    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="people")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    given_email = models.EmailField(max_length=254, blank=True)  # as the advisor wrote it; tells nothing of whose account it is
    country = models.CharField(max_length=2)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.START)
    stage_since = models.DateTimeField()
    enrolled_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)  # without an advisor since then
    paused = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    place = models.ForeignKey("taxonomy.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    travel_km = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_now = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_goal = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.JSONField(default=list, blank=True)  # of day, evening, night, weekend; empty: any
    available_from = models.DateField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)  # [{"code": "sv", "level": "B1"}]
    licences = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)  # kinds of posting wished; empty: any
    words = models.TextField(_("in my words"), max_length=600, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["advisor", "left_at"])]

    def __str__(self) -> str:
        return f"profile {self.pk}"  # never the name: this text reaches logs

    @property
    def name(self) -> str:
        return self.user.get_full_name()

    @property
    def email(self) -> str:
        """Where the person can be reached."""
        return self.user.email or self.given_email

    @property
    def way(self) -> list[tuple[str, str]]:
        """The five stages as (label, "done" | "now" | "")."""
        here = Stage.values.index(self.stage)
        return [(str(label), "done" if i < here else "now" if i == here else "") for i, label in enumerate(Stage.labels)]

    @property
    def is_present(self) -> bool:
        """Neither paused nor gone: an employer may look only then."""
        return not self.paused and self.left_at is None

    @property
    def first_name(self) -> str:
        return self.user.first_name

    @property
    def advisor_name(self) -> str:
        """Who helps, in a sentence: the advisor's first name, or the office while there is none."""
        return self.advisor.first_name if self.advisor else gettext("the office")

    @property
    def short_name(self) -> str:
        """ "Elin S.": enough for those who know the person, in a list that others may see over a shoulder."""
        return f"{self.user.first_name} {self.user.last_name[:1]}.".replace(" .", "").strip()


class SkillSource(models.TextChoices):
    SELF = "self", _("I said")
    ADVISOR = "advisor", _("My advisor said")
    COURSE = "course", _("From a course")
    PLACEMENT = "placement", _("From a placement")


class ProfileSkill(models.Model):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="skills")
    concept = models.ForeignKey("taxonomy.Concept", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=SkillSource.choices, default=SkillSource.SELF)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "concept"], name="skill_once")]

    def __str__(self) -> str:
        return f"skill {self.concept_id}"


class ProfileWish(models.Model):
    """An occupation the person would like."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="wishes")
    concept = models.ForeignKey("taxonomy.Concept", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["profile", "concept"], name="wish_once")]

    def __str__(self) -> str:
        return f"wish {self.concept_id}"


class NeedsRecord(models.Model):
    """What a person needs at work, sealed: {code: {"importance": "must" | "helps" | "none", "parameter": str,
    "stated_by": "self" | "advisor"}} under "needs", and {group: iso date | ""} under "review_on"."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="needs_record")
    sealed = SealedJSONField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return "needs"

    @property
    def needs(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.sealed["needs"]
        return found


class PrivateNote(models.Model):
    """The advisor's note about a person: sealed, for the advisor only, never indexed, never embedded."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="private_note")
    sealed = SealedJSONField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return "note"


class EnrolmentCode(models.Model):
    """A code from an advisor's office with which a person makes their own account and profile. Only its hash is kept."""

    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, null=True, related_name="+")  # whose it becomes; null: a new one
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "enrolment code"


class CallRequest(models.Model):
    """Somebody without an account asks an office to call. Name and number are sealed, and gone when they have been called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="+")
    sealed = SealedJSONField(null=True)  # {"name": ..., "phone": ..., "language": ...}
    at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"call request {self.pk}"


class CapOverride(models.Model):
    """A coordinator lets an advisor help more people than the cap, with a reason and an end."""

    advisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cap_overrides")
    extra = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(extra__gt=0), name="override_gives_room")]

    def __str__(self) -> str:
        return f"+{self.extra}"
