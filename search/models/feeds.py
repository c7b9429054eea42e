"""Feeds of others that we follow: how far we have come, and which version of each ad we have."""

from typing import ClassVar

from django.db import models


class FeedCursor(models.Model):
    """One feed by its address. `page` is where to go on: a page of NAV's feed, or the time from which JobTech's stream is asked."""

    url = models.CharField(max_length=500, unique=True)
    form = models.CharField(max_length=12)  # jobtech or nav
    page = models.CharField(max_length=500, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)  # the page's Last-Modified, as it was sent
    owed = models.JSONField(default=list)  # addresses of ads that could not be fetched: the next run tries again
    at = models.DateTimeField(null=True)  # of the last run that reached the end

    def __str__(self) -> str:
        return self.url


class FeedAd(models.Model):
    """The version of an ad that was taken in last. An ad in the same version costs nothing the next time."""

    feed = models.ForeignKey(FeedCursor, on_delete=models.CASCADE, related_name="ads")
    source_id = models.CharField(max_length=80)
    version = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "source_id"], name="feed_ad_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.version}"
