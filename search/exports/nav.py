"""A posting in the form of NAV's pam-stilling-feed: an item of a page, and the entry with the whole ad. What is closed is masked."""

import html
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid5

from employers.models import Posting
from search.exports.codes import GROUP
from search.exports.words import Words, paragraphs, public_url
from search.models import PostingChange

ACTIVE, INACTIVE = "ACTIVE", "INACTIVE"
MASKED = ""
COUNTRIES = {"SE": "SVERIGE", "NO": "NORGE"}
FULL_WEEK = 35  # hours a week from which Norwegian ads say full time
KINDS = {"trial": "Arbeidstrening", "job": "Fast", "apprenticeship": "Lærling", "activity": "Åpen aktivitet"}


def item(change: PostingChange, one: Posting | None, entry_url: str) -> dict[str, Any]:
    """One change as a line of a page. `one` is the posting if it is open now: an old line about what is closed says nothing more."""
    title = one.title if one else MASKED
    place = one.workplace.place if one and one.workplace else None
    return {
        "id": str(uuid5(change.posting_id, str(change.number))),
        "url": entry_url,
        "title": title,
        "content_text": "",
        "date_modified": zulu(change.at),
        "_feed_entry": {
            "uuid": str(change.posting_id),
            "status": ACTIVE if one else INACTIVE,
            "title": title,
            "businessName": one.employer.name if one else MASKED,
            "municipal": (place.municipality or place.name) if place else MASKED,
            "sistEndret": zulu(change.at),
        },
    }


def entry(change: PostingChange, one: Posting | None, words: Words) -> dict[str, Any]:
    content = _content(change, one, words) if one else None
    head = {"uuid": str(change.posting_id), "sistEndret": zulu(change.at), "status": ACTIVE if one else INACTIVE}
    title = one.title if one else MASKED
    return {**head, "title": title, "businessName": one.employer.name if one else MASKED, "ad_content": content, "json": content}


def _content(change: PostingChange, one: Posting, words: Words) -> dict[str, Any]:
    url, occupation = public_url(one.pk, one.language), words.occupation(one)
    return {
        "uuid": str(one.pk),
        "published": zulu(one.status.published_at),
        "expires": _night(one.last_day),
        "updated": zulu(change.at),
        "workLocations": _locations(one),
        "title": one.title,
        "description": "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs([one.tasks, one.day]).splitlines() if part),
        "sourceurl": url,
        "source": "Ingång",
        "applicationUrl": url,
        "applicationDue": one.last_day.isoformat() if one.last_day else None,
        "occupationCategories": [],
        "categoryList": _categories(one, words),
        "contactList": [],
        "jobtitle": occupation.label_in("nb") if occupation else None,
        "link": url,
        "employer": {"name": one.employer.name, "orgnr": None, "description": "", "homepage": None},
        "engagementtype": KINDS.get(one.kind),
        "extent": _extent(one),
        "starttime": one.starts_on.isoformat() if one.starts_on else None,
        "positioncount": str(one.places) if one.places else None,
        "sector": None,
    }


def _extent(one: Posting) -> str | None:
    most = one.hours_max or one.hours_min
    return None if most is None else "Heltid" if most >= FULL_WEEK else "Deltid"


def _locations(one: Posting) -> list[dict[str, Any]]:
    workplace, place = one.workplace, one.workplace.place if one.workplace else None
    if workplace is None or place is None:
        return []
    where = {"address": workplace.street or None, "postalCode": workplace.postal_code or None, "city": place.name.upper()}
    municipal = {"municipal": (place.municipality or place.name).upper(), "municipalCode": place.municipality_code, "county": None}
    return [{"country": COUNTRIES.get(place.country), **where, **municipal}]


def _categories(one: Posting, words: Words) -> list[dict[str, Any]]:
    """ESCO's address of the occupation, and its group: STYRK-08 has the codes of ISCO-08."""
    occupation, group = words.occupation(one), words.group(one, GROUP)
    found: list[dict[str, Any]] = []
    if occupation and occupation.esco_uri:
        found.append({"categoryType": "ESCO", "code": occupation.esco_uri, "name": occupation.label_in("nb"), "score": 1.0})
    if group:
        found.append({"categoryType": "STYRK08", "code": group.isco, "name": group.label_in("nb"), "score": 1.0})
    return found


def zulu(at: datetime | None) -> str | None:
    """A time as NAV writes it: UTC, to the microsecond, so that two changes of a posting never look alike."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z") if at else None


def _night(day: date | None) -> str | None:
    return f"{day.isoformat()}T23:59:59.000000Z" if day else None
