"""Feeds of other job boards: a delivery of JobTech's stream and a page of NAV's feed, read into the same lines. Pure functions."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from employers.documents.ad import Unreadable, inside, words

LONGEST_ID, LONGEST_ADDRESS = 80, 500
REMOVED = "~"  # behind a time: of two lines of the same moment the one that takes the ad away is the later


@dataclass(frozen=True)
class Line:
    """One ad of a feed in one version. `raw` is the ad where the feed brings it along; `address` is where it can be fetched."""

    source_id: str
    version: str
    removed: bool = False
    raw: Any = None
    address: str = ""


@dataclass(frozen=True)
class Page:
    """The lines of one page, None for each that cannot be read; and where the feed goes on, empty at its end."""

    lines: tuple[Line | None, ...]
    following: str = ""
    own: str = ""  # the page's own address


def stream(delivery: Any) -> Page:
    """JobTech: one list of ads and tombstones, or an object that holds it. Raises Unreadable when it is neither."""
    rows = delivery.get("hits") if isinstance(delivery, dict) else delivery
    if not isinstance(rows, list):
        raise Unreadable("this is not a list of ads")
    return Page(tuple(_jobtech_lines(rows)))


def _jobtech_lines(rows: list[Any]) -> Iterator[Line | None]:
    for row in rows:
        source_id = words(inside(row, "id"), LONGEST_ID)
        yield Line(source_id, _digest(row), row.get("removed") is True, row) if source_id else None


def _digest(row: Any) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def nav_page(delivery: Any) -> Page:
    """NAV: a page of a feed. Raises Unreadable when it holds no items."""
    rows = delivery.get("items") if isinstance(delivery, dict) else None
    if not isinstance(rows, list):
        raise Unreadable("this is not a page of a feed")
    following, own = (words(delivery.get(name), LONGEST_ADDRESS) for name in ("next_url", "feed_url"))
    return Page(tuple(_nav_line(row) for row in rows), following, own)


def _nav_line(row: Any) -> Line | None:
    source_id = words(inside(row, "_feed_entry", "uuid"), LONGEST_ID)
    version = _moment(inside(row, "_feed_entry", "sistEndret") or inside(row, "date_modified"))
    address = words(inside(row, "url"), LONGEST_ADDRESS)
    removed = words(inside(row, "_feed_entry", "status")) not in {"", "ACTIVE"}
    version += REMOVED if version and removed else ""
    return Line(source_id, version, removed, None, address) if source_id and version and (address or removed) else None


def _moment(value: Any) -> str:
    """A time in one way of writing, so that of two the later is the greater text; empty when it is none."""
    try:
        at = datetime.fromisoformat(words(value, 64))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return ""
