"""What leaves as a file: an event for a calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from content.models import EventPage


def calendar_of(page: EventPage, *, address: str, at: datetime) -> bytes:
    """One event as iCalendar (RFC 5545). The UID is the event's own, the same in every language and after every change."""
    gathering, zone = page.gathering, ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", f"{gathering.uid}@ingang")
    event.add("dtstamp", at)
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", page.title)
    event.add("description", page.lead)
    event.add("location", gathering.place)
    event.add("url", address)
    event.add("sequence", gathering.sequence)
    event.add("status", "CANCELLED" if gathering.cancelled_at else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Ingång//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made
