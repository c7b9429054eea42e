"""A posting: its words under Wagtail's revisions and workflow, and beside them the columns of daily operation."""

import hashlib
import json
import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from employers.models.organisations import Answer, Employer, Supervisor, Workplace
from employers.states import OPEN, WAS_PUBLIC, PostingState


class Kind(models.TextChoices):
    TRIAL = "trial", pgettext_lazy("kind of posting", "Trial placement")
    JOB = "job", pgettext_lazy("kind of posting", "Job")
    APPRENTICESHIP = "apprenticeship", pgettext_lazy("kind of posting", "Apprenticeship")
    ACTIVITY = "activity", pgettext_lazy("kind of posting", "Open activity")


class LeadsToJob(models.TextChoices):
    NO = "no", pgettext_lazy("may lead to a job", "No")
    PERHAPS = "perhaps", pgettext_lazy("may lead to a job", "Perhaps")
    PLAN = "plan", pgettext_lazy("may lead to a job", "That is the plan")


class PostingQuerySet(models.QuerySet["Posting"]):
    def of(self, employer_id: uuid.UUID | None) -> Self:
        """An employer's own postings with their status, newest first."""
        return self.filter(employer_id=employer_id).select_related("status", "workplace__place").order_by("-created_at", "pk")

    def open(self) -> Self:
        """Postings that anyone may see now."""
        return self.filter(live=True, status__state__in=OPEN)

    def was_public(self) -> Self:
        return self.filter(status__state__in=WAS_PUBLIC)

    def whole(self) -> Self:
        """With everything that a page about one posting shows."""
        return self.select_related("status", "employer", "workplace__place", "supervisor", "occupation")


class Posting(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """What an employer offers. Only words that an editor reviews live here; see PostingStatus for the rest.

    `skills` is a list of {"key": concept, "importance": "must" | "good"}; `offers` maps a need's code to
    {"answer", "lead", "how", "evidence", "at"}: the posting's own copy, so that the reviewed revision is whole. Beside an unknown answer
    "hint" holds what the posting's words say about it and "hint_in" the field they stand in (docs/decisions/hints.md).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="postings")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=2, default="sv")  # of the words below
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, blank=True)
    leads_to_job = models.CharField(_("may lead to a job"), max_length=8, choices=LeadsToJob.choices, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    tasks = models.TextField(_("what you do"), max_length=6000, blank=True)
    day = models.TextField(_("a day here"), max_length=2000, blank=True)
    occupation = models.ForeignKey("taxonomy.Concept", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hours_min = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_max = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.JSONField(default=list, blank=True)  # of day, evening, night, weekend
    starts_on = models.DateField(null=True, blank=True)
    weeks_min = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks_max = models.PositiveSmallIntegerField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)
    language_level = models.CharField(max_length=2, blank=True)  # CEFR, or empty: no demand
    licences = models.JSONField(default=list, blank=True)
    offers = models.JSONField(default=dict, blank=True)
    supervisor = models.ForeignKey(Supervisor, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    pay = models.CharField(max_length=120, blank=True)
    agreement = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=20, blank=True)
    source_id = models.CharField(max_length=80, blank=True)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id", for_concrete_model=False
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id", for_concrete_model=False
    )

    objects = PostingQuerySet.as_manager()
    preview_modes: ClassVar[
        list[tuple[str, str]]
    ] = []  # the editor reads every answer on one page; the public page is the employer's preview

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_id"], condition=~Q(source=""), name="imported_once"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled posting"))

    @property
    def revisions(self) -> Any:
        return self._revisions

    def offer(self, code: str) -> str:
        return str(self.offers.get(code, {}).get("answer", Answer.UNKNOWN))

    def offers_without_hints(self) -> dict[str, dict[str, str]]:
        """The answers alone; an offer that is only a hint is none."""
        bare = {code: {name: value for name, value in offer.items() if name not in HINT} for code, offer in self.offers.items()}
        return {code: offer for code, offer in bare.items() if "hint" not in self.offers[code] or "at" in offer}

    def content_hash(self) -> str:
        """sha256 over every word and condition an approval or a yes rests on; places left and the like are not in it.

        Nor are hints: they come from words that are, and a new list of phrasings must not undo a yes.
        """
        hashed = {name: getattr(self, name) for name in HASHED} | {"offers": self.offers_without_hints()}
        return hashlib.sha256(json.dumps(hashed, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


HINT = ("hint", "hint_in")
HASHED = (
    *(
        "employer_id",
        "workplace_id",
        "language",
        "kind",
        "leads_to_job",
        "title",
        "tasks",
        "day",
        "occupation_id",
        "hours_min",
        "hours_max",
    ),
    *("times", "starts_on", "weeks_min", "weeks_max", "skills", "language_level", "licences", "offers", "supervisor_id"),
    *("contact_name", "contact_phone", "contact_email", "pay", "agreement"),
)


ASKED_TWICE = 2  # letters that ask whether a posting is still open


class PostingStatus(models.Model):
    """The columns of daily operation, beside the revision and never in it: publishing writes back every column of a revision."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="status", primary_key=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PostingState], default=PostingState.DRAFT)
    places_used = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    reviewed_revision_id = models.BigIntegerField(null=True)  # the revision that is with the editor
    published_at = models.DateTimeField(null=True)
    published_hash = models.CharField(max_length=64, blank=True)  # content_hash of what is public
    expires_on = models.DateField(null=True)
    comment = models.TextField(max_length=2000, blank=True)  # the editor's, when returned
    step = models.PositiveSmallIntegerField(default=1)  # the last step of the eight that was saved
    confirmed_at = models.DateTimeField(null=True)  # when the employer last said that it is open; publishing it says so too
    reminders = models.PositiveSmallIntegerField(default=0)  # how often it was asked since
    asked_at = models.DateTimeField(null=True)  # the last time
    followed = models.BooleanField(default=False)  # a feed says when it is over, as long as the employer has not worked on it here
    found = models.JSONField(default=dict)  # by the text check in an imported ad: key -> {"rule", "read": whether an editor has}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reminders=0, asked_at=None)
                | Q(reminders__gt=0, reminders__lte=ASKED_TWICE, asked_at__isnull=False, state=PostingState.PUBLISHED.value),
                name="posting_asked_while_open",
                violation_error_message=_("Only an open posting is asked about, and at most twice."),
            )
        ]

    def __str__(self) -> str:
        return self.state

    def is_over(self, today: date) -> bool:
        return self.expires_on is not None and self.expires_on < today


class QuestionCode(models.TextChoices):
    ARRANGE = "arrange", _("Can this be arranged?")
    TAKES = "takes", _("What would it take?")
    SUPERVISOR = "supervisor", _("Who supervises and when?")
    HOURS = "hours", _("Can the hours start lower?")
    TEXT = "text", _("Is the text right?")


class PostingQuestion(models.Model):
    """A question to an employer about a posting. It holds no person and no tie to one: also no hour that stands beside somebody else's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=12, choices=QuestionCode.choices)
    need = models.ForeignKey("taxonomy.Need", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quote = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()  # the beginning of the day
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "code"], condition=Q(answered_at=None, need=None), name="question_once_at_a_time"),
            models.UniqueConstraint(
                fields=["posting", "code", "need"], condition=Q(answered_at=None, need__isnull=False), name="need_question_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} about {self.posting_id}"
