"""What has left, read as its reader reads it."""

from datetime import datetime
from typing import Any

from django.core import mail
from icalendar import Calendar

from outbox import actions as outbox
from outbox.models import Letter

AGENCY = "petra@example.com"


def deliver(at: datetime, to: str = "") -> list[Any]:
    """Send what waits; returns the messages that left, to one reader if asked."""
    mail.outbox.clear()
    for pk in outbox.waiting(Letter, at=at):
        outbox.send(pk, at=at)
    return [one for one in mail.outbox if not to or one.to == [to]]


def said_in(message: Any) -> str:
    """Everything that a message tells, with its calendar."""
    return "\n".join([message.body, message.alternatives[0].content, *(str(one.content) for one in message.attachments)])


def event_of(message: Any) -> Any:
    return Calendar.from_ical(str(message.attachments[0].content)).walk("VEVENT")[0]
