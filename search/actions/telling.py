"""Whoever has saved a search hears that there is something new: one letter at a time, and never two."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from accounts.models import Membership, RoleKind
from outbox.actions import post
from search import queries
from search.documents import Filters
from search.models import SavedSearch

SETTLES = timedelta(minutes=15)  # until an index surely knows of what was published
SEEN = 50
Reader = Callable[[QueryDict], Filters]
log = logging.getLogger(__name__)


def tell(*, read: Reader, at: datetime) -> int:
    """Look through every search whose letter may come; returns how many letters were posted. `read` makes filters of an address.

    Looking takes time and happens outside any transaction. What was found is written down for one person at a time, together with
    their letter: a worker that is killed in between has told some people, and the next tells the others.
    """
    due = SavedSearch.objects.due(at)
    return sum(_tell_one(user_id, read, at) for user_id in due.order_by("user_id").values_list("user_id", flat=True).distinct())


def _tell_one(user_id: int, read: Reader, at: datetime) -> bool:
    """One letter for all searches of a person. An error in one person's search keeps no letter from anybody else."""
    try:
        due = list(SavedSearch.objects.of(user_id).due(at))
        here = Membership.objects.valid(at).filter(user_id=user_id, kind=RoleKind.JOBSEEKER).exists()
        new = [one for one in due if here and _has_new(one, read, at)]
        return _write_down(due, new, at)
    except Exception as error:  # whatever an index raises
        log.warning("a saved search waits: %s", type(error).__name__)
        return False


def _has_new(saved: SavedSearch, read: Reader, at: datetime) -> bool:
    """Whether the list holds anything that was published since the last letter."""
    filters = replace(read(QueryDict(saved.query)), sort="newest")
    hits = queries.Hits(filters, (0, SEEN), guess=False)
    published: Iterable[datetime | None] = (one.status.published_at for one in queries.fetch(hits[:SEEN]))
    return any(when and saved.told_until < when <= at - SETTLES for when in published)


def _write_down(due: list[SavedSearch], new: list[SavedSearch], at: datetime) -> bool:
    """Nothing, when somebody else has looked or the reader has chosen otherwise meanwhile."""
    read = {one.pk: one.looked_at for one in due}
    with transaction.atomic():
        held = [one for one in SavedSearch.objects.select_for_update().filter(pk__in=read).due(at) if one.looked_at == read[one.pk]]
        for one in held:
            one.looked_at, one.told_until = at, max(one.told_until, at - SETTLES)
            one.save(update_fields=["looked_at", "told_until"])
        told = {one.pk for one in held} & {one.pk for one in new}
        if told:
            post("saved_postings", reader_id=held[0].user_id, at=at, about=min(told))
    return bool(told)
