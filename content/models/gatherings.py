"""An event or a course as such: when, where, how many. Its pages, one for each language, tell of it; who comes is a row, never a page."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from content.models.pages import Article, Held, Kind
from content.states import HELD, Seat

KEPT_DAYS = 30  # a sign-up is deleted so long after its event


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def long_over(self, at: datetime) -> Self:
        """Those whose last meeting was so long ago that names go."""
        then = at - timedelta(days=KEPT_DAYS)
        return self.filter(ends_at__lt=then).exclude(more__ends_at__gte=then)


@dataclass(frozen=True)
class Sitting:
    """One meeting of a gathering; `number` is 0 for the one that stands in the gathering itself, else the key of its own row."""

    number: int
    uid: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    place: str


class MeetingsPanel(InlinePanel):
    """Names the picture of its button: Wagtail's template has a default that does not hold where a missing name is an error."""

    class BoundPanel(InlinePanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "icon": "plus-inverse"}


class GatheringForm(WagtailAdminModelForm):
    """The first meeting is the one of the gathering itself: sign-up ends when it begins, and its reminder is the first."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        more = self.formsets["more"]
        begins = [one.cleaned_data.get("starts_at") for one in more.forms if one.is_valid() and one not in more.deleted_forms]
        first = cleaned.get("starts_at")
        if first and any(day and day < first for day in begins):
            self.add_error("starts_at", gettext("Write the meeting that comes first here, and the others under it."))
        return cleaned


class Gathering(index.Indexed, ClusterableModel):
    """Written by an editor before the pages about it. Days and places after the first are its `more`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of the calendar file, for ever the same
    name = models.CharField(_("Name in this list"), max_length=120)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.CharField(_("Address"), max_length=200)
    places = models.PositiveSmallIntegerField(_("Places"), null=True, blank=True, help_text=_("Empty: as many as want to come."))
    sign_up = models.BooleanField(_("Sign-up is needed"), default=True)
    step_free = models.BooleanField(_("Step-free all the way"), default=False)
    hearing_loop = models.BooleanField(_("Hearing loop"), default=False)
    interpreter = models.BooleanField(_("An interpreter comes if somebody asks"), default=False)
    quiet_room = models.BooleanField(_("A quiet room beside"), default=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)  # how often calendars were told of a change
    told = models.JSONField(default=dict, editable=False)  # when and where, as those who come know it

    objects = GatheringQuerySet.as_manager()
    base_form_class = GatheringForm
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]
    panels: ClassVar = [
        *(FieldPanel(name) for name in ("name", "starts_at", "ends_at", "place", "places", "sign_up")),
        MeetingsPanel("more", heading=_("More meetings"), label=_("Meeting"), help_text=_("Days and places after the first one.")),
        MultiFieldPanel([FieldPanel(name) for name in ("step_free", "hearing_loop", "interpreter", "quiet_room")], heading=_("Access")),
    ]

    class Meta:
        verbose_name = _("event, date and place")
        verbose_name_plural = _("events, dates and places")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        begins, ends = getattr(self, "starts_at", None), getattr(self, "ends_at", None)  # a field may have been empty
        if begins and ends and ends <= begins:
            raise ValidationError({"ends_at": gettext("It must end after it begins.")})

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still sign up."""
        return self.sign_up and self.cancelled_at is None and self.starts_at > at

    @property
    def sittings(self) -> list[Sitting]:
        """Every meeting, the first one first."""
        own = Sitting(0, self.uid, self.starts_at, self.ends_at, self.place)
        more = [Sitting(one.pk or 0, one.uid, one.starts_at, one.ends_at, one.place) for one in self.more.all()]
        return sorted([own, *more], key=lambda one: (one.starts_at, one.number))

    def goes_on(self, at: datetime) -> bool:
        """Whether a meeting of it is still to come, or not over yet."""
        return self.cancelled_at is None and any(one.ends_at > at for one in self.sittings)

    def facts(self) -> dict[str, Any]:
        own = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat(), "place": self.place}
        more = [[one.starts_at.isoformat(), one.ends_at.isoformat(), one.place] for one in self.sittings if one.number]
        return {**own, "more": more} if more else own


class Meeting(models.Model):
    """A further day of a gathering, with its own place and its own entry in a calendar."""

    gathering = ParentalKey(Gathering, on_delete=models.CASCADE, related_name="more")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.CharField(_("Address"), max_length=200)
    reminded_at = models.DateTimeField(null=True, editable=False)  # when those who come were reminded of it

    panels: ClassVar = [FieldPanel(name) for name in ("starts_at", "ends_at", "place")]

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    def clean(self) -> None:
        begins, ends = getattr(self, "starts_at", None), getattr(self, "ends_at", None)
        if begins and ends and ends <= begins:
            raise ValidationError({"ends_at": gettext("It must end after it begins.")})


class Comes(models.TextChoices):
    """Which kind of agency somebody comes from, if they want to say. It is counted, and shown for ten or more."""

    MUNICIPALITY = "municipality", pgettext_lazy("comes from", "A municipality")
    EMPLOYMENT = "employment", pgettext_lazy("comes from", "The employment service")
    HEALTH = "health", pgettext_lazy("comes from", "Health care")
    INSURANCE = "insurance", pgettext_lazy("comes from", "The social insurance")
    ASSOCIATION = "association", pgettext_lazy("comes from", "An association")
    EMPLOYER = "employer", pgettext_lazy("comes from", "An employer")
    OTHER = "other", pgettext_lazy("comes from", "Somewhere else")


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def placed(self) -> Self:
        return self.filter(state=Seat.PLACED)

    def waiting(self) -> Self:
        """Whoever has waited longest first."""
        return self.filter(state=Seat.WAITING).order_by("at", "pk")

    def held(self) -> Self:
        return self.filter(state__in=HELD)


class SignUp(models.Model):
    """Somebody who wants to come: a name, an address to write to, and nothing else. Gone 30 days after the event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sign_ups")
    name = models.CharField(max_length=150)
    email = models.EmailField()  # in small letters
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Seat])
    at = models.DateTimeField()
    comes_from = models.CharField(max_length=12, choices=Comes.choices, blank=True)
    came = models.BooleanField(null=True)  # to the first meeting
    came_to = models.ManyToManyField(Meeting, related_name="+", blank=True)  # of the others
    completed_at = models.DateTimeField(null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gathering", "email"], name="sign_up_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class EventPage(Held):
    """What one language tells of an event."""

    doors: ClassVar = {"sign_up": "event_sign_up", "calendar": "event_calendar"}  # names of its addresses
    gathering = models.ForeignKey(Gathering, verbose_name=_("Date and place"), on_delete=models.PROTECT, related_name="+")
    join = models.TextField(_("How to join"), max_length=400, blank=True)
    access = models.CharField(_("How to get there and in"), max_length=400, blank=True)

    section = Kind.EVENTS
    template = "content/event_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("gathering", "join", "access", "organisations")),
        *Article.content_panels[2:],
    ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "gathering": self.gathering}
