"""The newsletter: its issues (pages), its readers, and one row for each reader of each issue that is sent."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField

from content.models.pages import Article, Audience, Kind

ASKED_DAYS = 7  # so long a link to confirm is good; after that the address is forgotten
CHOSEN = ("content.NewsPage", "content.GuidancePage", "content.KnowledgePage", "content.ProgrammePage", "content.EventPage")


class IssuePage(Article):
    """One issue, put together from pages. It lies in the archive when it is published, and leaves as a letter when it is sent."""

    pages = StreamField([("page", PageChooserBlock(label=_("Page"), page_type=CHOSEN))], verbose_name=_("Pages"), blank=True)

    section = Kind.NEWSLETTER
    template = "content/issue_page.html"
    content_panels: ClassVar = [*Article.content_panels[:2], FieldPanel("pages"), *Article.content_panels[2:]]

    def chosen(self) -> list[Any]:
        """The chosen pages that are published, in the language of the issue where they are in it."""
        found = []
        for block in self.pages:
            page = block.value
            twin = page and (page.get_translation_or_none(self.locale) or page)
            if twin and twin.live:
                found.append(twin.specific)
        return found


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def receiving(self) -> Self:
        """Confirmed, and not bounced since."""
        return self.filter(confirmed_at__isnull=False, bounced_at=None)

    def of(self, audience: str) -> Self:
        """Those an issue for this audience goes to. What is for anyone goes to all."""
        found = self.receiving()
        return found.filter(audience=audience) if audience in {Audience.EMPLOYER, Audience.PROFESSIONAL} else found

    def never_confirmed(self, at: datetime) -> Self:
        return self.filter(confirmed_at=None, asked_at__lt=at - timedelta(days=ASKED_DAYS))


class Subscriber(models.Model):
    """An address that asked for the letter. It is tied to no account and no profile. Whoever leaves is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)  # in small letters
    language = models.CharField(max_length=2)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    objects = SubscriberQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class Mailing(models.Model):
    """One sending of an issue in all its languages. An issue is sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue_key = models.UUIDField(unique=True)  # the translation key of its pages
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.pk)


class Sent(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"  # the reader had left, or no page was public any more
    FAILED = "failed"  # the mail server refused for good, or was tried too often


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Sent.WAITING)

    def due(self, at: datetime) -> Self:
        """Waiting, and held by nobody."""
        return self.waiting().filter(Q(leased_until=None) | Q(leased_until__lt=at))


class Delivery(models.Model):
    """One issue for one reader. Its id is the Message-ID of the letter, whoever sends it and however often."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=Sent.choices, default=Sent.WAITING)
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mailing", "subscriber"], name="delivery_once")]
        indexes: ClassVar = [models.Index(fields=["mailing", "leased_until"], condition=Q(state="waiting"), name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
