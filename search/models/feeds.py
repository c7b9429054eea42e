"""Feeds of others that we follow: how often, how far we have come, and which version of each ad we have."""

from datetime import datetime
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from accounts.fields import SealedJSONField


class FeedCursor(models.Model):
    """One feed by its address. `page` is where to go on: a page of NAV's feed, or the time from which JobTech's stream is asked."""

    url = models.CharField(max_length=500, unique=True)
    form = models.CharField(max_length=12)  # jobtech or nav
    page = models.CharField(max_length=500, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    # The page's Last-Modified, as it was sent; while JobTech's snapshot is read, the time from which the stream is asked afterwards.
    modified = models.CharField(max_length=60, blank=True)
    owed = models.JSONField(default=list)  # addresses of ads that could not be fetched: the next run tries again
    at = models.DateTimeField(null=True)  # of the last run that reached the end

    def __str__(self) -> str:
        return self.url

    def begin_again(self) -> None:
        """A snapshot says nothing of what was removed before it: JobTech's stream is asked from the same time afterwards."""
        self.modified = (self.page or self.modified) if self.form == "jobtech" else ""
        self.page = self.etag = ""


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, at: datetime) -> Self:
        """Switched on, its time has come, and no run holds it."""
        free = Q(held_until=None) | Q(held_until__lt=at)
        return self.filter(free, on=True, next_at__lte=at).order_by("next_at", "pk")


class Feed(models.Model):
    """A feed that is followed by itself every so many minutes, and how that goes."""

    url = models.CharField(max_length=500, unique=True)
    form = models.CharField(max_length=12)  # jobtech or nav
    publish = models.BooleanField(default=False)  # else its ads become drafts
    token = SealedJSONField(null=True)  # what its host wants to see
    on = models.BooleanField(default=True)
    minutes = models.PositiveIntegerField(default=15)
    next_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)  # by the run that goes on now; over when that has not been heard of for a while
    failures = models.PositiveIntegerField(default=0)  # runs in a row that did not reach the end
    problem = models.CharField(max_length=200, blank=True)  # of the last one, a sentence for an administrator
    reached_at = models.DateTimeField(null=True)  # the end, the last time
    told = models.CharField(max_length=200, blank=True)  # what the last run did

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["url"]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


class FeedAd(models.Model):
    """The version of an ad that was taken in last. An ad in the same version costs nothing the next time."""

    feed = models.ForeignKey(FeedCursor, on_delete=models.CASCADE, related_name="ads")
    source_id = models.CharField(max_length=80)
    version = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "source_id"], name="feed_ad_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.version}"
