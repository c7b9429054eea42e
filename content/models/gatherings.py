"""An event as such: when, where, how many. Its pages, one for each language, tell of it; who comes is a row and never a page."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from content.models.pages import Article, Kind
from content.states import HELD, Seat

KEPT_DAYS = 30  # a sign-up is deleted so long after its event


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def to_come(self, at: datetime) -> Self:
        return self.filter(ends_at__gte=at).order_by("starts_at", "pk")

    def long_over(self, at: datetime) -> Self:
        return self.filter(ends_at__lt=at - timedelta(days=KEPT_DAYS))


class Gathering(index.Indexed, models.Model):
    """Written by an editor before the pages about it."""

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
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]
    panels: ClassVar = [
        *(FieldPanel(name) for name in ("name", "starts_at", "ends_at", "place", "places", "sign_up")),
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

    def facts(self) -> dict[str, str]:
        return {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat(), "place": self.place}


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
    came = models.BooleanField(null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gathering", "email"], name="sign_up_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class EventPage(Article):
    """What one language tells of an event."""

    gathering = models.ForeignKey(Gathering, verbose_name=_("Date and place"), on_delete=models.PROTECT, related_name="+")
    join = models.TextField(_("How to join"), max_length=400, blank=True)
    access = models.CharField(_("How to get there and in"), max_length=400, blank=True)

    section = Kind.EVENTS
    template = "content/event_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("gathering", "join", "access")),
        *Article.content_panels[2:],
    ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "gathering": self.gathering}
