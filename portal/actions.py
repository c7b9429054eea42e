"""Changes of drafts: kept, thrown away, saved at last, forgotten. None is an event of the log: nobody but the writer ever sees a draft."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User
from portal.models import LONGEST_PATH, Draft

LONGEST = 60_000  # signs of one page's form, names of the fields included
MOST = 40  # pages of one account


def keep(words: dict[str, list[str]], *, writer_id: int, path: str, at: datetime) -> bool:
    """Keep what somebody wrote on a page, in the place of what was kept before. False when that is nothing, or too much."""
    size = sum(len(name) + sum(map(len, values)) for name, values in words.items())
    if not size or size > LONGEST or len(path) > LONGEST_PATH:
        return False
    with transaction.atomic():
        if not User.objects.filter(pk=writer_id, is_active=True).exists():
            return False
        Draft.objects.update_or_create(user_id=writer_id, path=path, defaults={"sealed": words, "at": at})
        newest = Draft.objects.filter(user_id=writer_id).order_by("-at", "-pk").values_list("pk", flat=True)[:MOST]
        Draft.objects.filter(user_id=writer_id).exclude(pk__in=list(newest)).delete()
    return True


def throw_away(path: str, *, writer_id: int) -> None:
    """The words of a page are not wanted any more."""
    Draft.objects.filter(user_id=writer_id, path=path).delete()


def forget_pages(beginnings: Iterable[str], *, writer_id: int) -> None:
    """Throw away what somebody was writing on all pages whose paths begin so."""
    for beginning in beginnings:
        Draft.objects.filter(user_id=writer_id, path__startswith=beginning).delete()


def saved(names: Iterable[str], *, path: str, page: str, writer_id: int, at: datetime) -> None:
    """A form was saved at last. One that was sent to another address than its page's own takes the words of that page along
    only if they were its words: the page may hold more forms than one."""
    throw_away(path, writer_id=writer_id)
    draft = Draft.objects.waiting(writer_id, page, at) if page != path else None
    if draft and set(draft.words) & set(names):
        draft.delete()


def forget(*, at: datetime) -> None:
    """Take away the drafts that nobody came back to, and the sessions that are over."""
    Draft.objects.old(at).delete()
    Session.objects.filter(expire_date__lt=at).delete()
