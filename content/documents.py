"""What leaves as a file: an event or a course for a calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from content.models import CoursePage, EventPage, Gathering, Sitting


def calendar_of(page: EventPage | CoursePage, gathering: Gathering, *, address: str, at: datetime) -> bytes:
    """An entry for each meeting as iCalendar (RFC 5545). The UIDs stay, in every language and after every change."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ingång//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for sitting in gathering.sittings:
        entry = _entry(page, sitting, address=address, at=at)
        entry.add("sequence", gathering.sequence)
        entry.add("status", "CANCELLED" if gathering.cancelled_at else "CONFIRMED")
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _entry(page: EventPage | CoursePage, sitting: Sitting, *, address: str, at: datetime) -> Event:
    zone, entry = ZoneInfo(settings.TIME_ZONE), Event()
    entry.add("uid", f"{sitting.uid}@ingang")
    entry.add("dtstamp", at)
    entry.add("dtstart", sitting.starts_at.astimezone(zone))
    entry.add("dtend", sitting.ends_at.astimezone(zone))
    entry.add("summary", page.title)
    entry.add("description", page.lead)
    entry.add("location", sitting.place)
    entry.add("url", address)
    return entry
