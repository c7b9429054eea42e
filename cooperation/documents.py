"""What leaves as a file: a meeting for a calendar. It says when and where, and nothing of whom or why."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext, pgettext
from icalendar import Calendar, Event, vCalAddress

from cooperation.models import Meeting
from cooperation.states import MeetingState

A_YEAR = timedelta(days=366)


STATUS = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}


def calendar_of(meeting: Meeting, *, at: datetime, method: str = "PUBLISH", to: str = "", page: str = "", timed: bool = True) -> str:
    """One entry as iCalendar (RFC 5545), for one reader and in their language. The UID stays through every change.

    `method` of a letter is REQUEST or CANCEL (RFC 5546): then `to` is its reader, the only one who stands in it. `page` is the address
    of a page that asks for sign-in, for readers with an account. `timed`: False for a calling off whose reader may not know the time.
    """
    calendar, entry = Calendar(), Event()
    calendar.add("prodid", "-//Ingång//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    gone = method == "CANCEL" or meeting.state == MeetingState.CANCELLED
    entry.add("uid", f"{meeting.pk}@ingang")
    entry.add("dtstamp", at)
    entry.add("sequence", meeting.sequence)
    entry.add("status", "CANCELLED" if gone else STATUS.get(MeetingState(meeting.state), "CONFIRMED"))
    if timed:
        _from_to(entry, meeting)
    entry.add("summary", pgettext("calendar", "Meeting"))
    if not gone:
        entry.add("location", _location(meeting))
        entry.add("description", gettext("Questions? %(phone)s") % {"phone": meeting.phone})
    if page and not gone:
        entry.add("url", page)
    if to:
        _between(entry, to)
    calendar.add_component(entry)
    calendar.add_missing_timezones(first_date=meeting.starts.date() - A_YEAR, last_date=meeting.starts.date() + A_YEAR)
    made: bytes = calendar.to_ical()
    return made.decode()


def _from_to(entry: Event, meeting: Meeting) -> None:
    entry.add("dtstart", meeting.starts.astimezone(meeting.zone))
    ends = meeting.ends.astimezone(meeting.zone)
    if ends.fold:  # an hour that comes twice means the first of the two in a calendar
        entry.add("duration", meeting.ends - meeting.starts)
    else:
        entry.add("dtend", ends)


def _location(meeting: Meeting) -> str:
    return meeting.place if meeting.where == "place" else ": ".join(filter(None, (str(meeting.get_where_display()), meeting.place)))


def _between(entry: Event, to: str) -> None:
    """From us to one reader: nobody sees in it who else comes. Answers are given on the page, so the calendar asks for none."""
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = "Ingång"
    entry["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["RSVP"] = "FALSE"
    entry.add("attendee", attendee, encode=False)
