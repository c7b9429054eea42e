"""Ads of other job boards as they are delivered, each format read into one plain shape. Pure functions: JSON in, `Ad` out."""

from collections.abc import Callable, Iterator
from typing import Any

from employers.documents import af2019, jobtech, nav
from employers.documents.ad import Ad, Unreadable
from employers.documents.said import Language, hours, language_named, languages, licences
from employers.documents.sentences import sentences

FORMATS: dict[str, Callable[[dict[str, Any]], Ad]] = {"jobtech": jobtech.read, "af2019": af2019.read, "nav": nav.read}
WRAPPERS = ("hits", "items", "content", "ads")  # names under which a delivery may hold its list


def ads_in(delivery: Any) -> Iterator[Any]:
    """The single ads of a delivery: a list, one ad, or an object that holds a list."""
    if isinstance(delivery, list):
        yield from delivery
    elif isinstance(delivery, dict):
        held = next((delivery[name] for name in WRAPPERS if isinstance(delivery.get(name), list)), None)
        yield from held if held is not None else [delivery]


def read(raw: Any, format_name: str) -> Ad:
    """One ad. Raises Unreadable with a sentence when it has no id, no title or is no object at all."""
    if not isinstance(raw, dict):
        raise Unreadable("this is not an ad")
    ad = FORMATS[format_name](raw)
    if not ad.source_id:
        raise Unreadable("it has no id")
    if not ad.title:
        raise Unreadable(f"{ad.source_id}: it has no title")
    return ad


__all__ = [
    "FORMATS",
    "Ad",
    "Language",
    "Unreadable",
    "ads_in",
    "hours",
    "language_named",
    "languages",
    "licences",
    "read",
    "sentences",
]
