"""Work for the background: what is in no index yet is put there, saved searches are looked through, feeds are followed."""

import logging

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from search import actions, index
from search.forms import filters_of
from search.models import Feed

log = logging.getLogger(__name__)


@worker_ready.connect
def at_start(**_: object) -> None:
    put_missing()


@shared_task
def put_missing() -> None:
    """When a worker starts and every quarter of an hour: after an import past the actions, a new form of the entries, a server that
    came empty."""
    try:
        index.put_missing()
    except index.IndexUnavailable as error:
        log.warning("the search is resting: %s", error)


@shared_task
def tell() -> None:
    """Every quarter of an hour: whose letter about a saved search may come."""
    actions.tell(read=filters_of, at=timezone.now())


@shared_task
def follow_feeds() -> None:
    """Every minute: the feeds whose time has come, each in a task of its own."""
    for feed_id in Feed.objects.due(timezone.now()).values_list("pk", flat=True):
        follow_feed.delay(feed_id)


@shared_task
def follow_feed(feed_id: int) -> None:
    actions.follow_feed(feed_id, at=timezone.now())
