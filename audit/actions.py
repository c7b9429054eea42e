"""Write the log. These are the only functions that add to it."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from audit.models import Event, Read


class Actor(Protocol):
    """Whoever does something: `accounts.access.ActiveRole` in practice."""

    @property
    def user_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def agency(self) -> str: ...


def record(
    what: str,
    subject: str,
    subject_id: object,
    *,
    by: Actor | None,
    at: datetime,
    before: str = "",
    after: str = "",
    why: str = "",
    channel: str = "",
) -> None:
    """One event row. `by=None` is the system itself; `why` and `channel` are codes."""
    Event.objects.create(
        at=at,
        actor_id=by.user_id if by else None,
        role=by.kind if by else "system",
        agency=by.agency if by else "",
        what=what,
        subject=subject,
        subject_id=str(subject_id),
        before=before,
        after=after,
        why=why,
        channel=channel,
    )


def record_read(profile_ids: Iterable[uuid.UUID], page: str, *, by: Actor, at: datetime) -> None:
    """One read row per person whose data the page showed."""
    Read.objects.bulk_create(
        Read(at=at, reader_id=by.user_id, role=by.kind, agency=by.agency, profile_id=profile_id, page=page) for profile_id in profile_ids
    )


def record_refusal(page: str, *, by: Actor, at: datetime) -> None:
    """A refused read. What was asked for is not stored: the row must not tell whether it exists."""
    Read.objects.create(at=at, reader_id=by.user_id, role=by.kind, agency=by.agency, profile_id=None, page=page, refused=True)
