"""Reads what mail servers say about letters that did not arrive: `manage.py newsletter_bounces FILE...` (or - for standard input).

A delivery report (RFC 3464) counts when it says "failed" with a 5.x.x status and carries the Message-ID of a letter that we sent:
an address in a report proves nothing, a Message-ID that nobody else knows does.
"""

import email
import re
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from content import actions

OURS = re.compile(r"^Message-ID:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)


class Command(BaseCommand):
    help = "Stop the newsletter to addresses that mail servers have refused for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", help="messages as they came, one a file; - reads standard input")

    def handle(self, *, files: list[str], **options: Any) -> None:
        new = 0
        for name in files:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            number = _failed(email.message_from_bytes(raw, policy=policy.default))
            new += number is not None and actions.note_bounce(number, at=timezone.now())
        self.stdout.write(f"{new} addresses of {len(files)} reports get no more letters")


def _failed(message: EmailMessage) -> UUID | None:
    """The number of the letter that was refused for good, or nothing."""
    status, original = "", ""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            status += "\n".join(str(one) for one in cast("list[Any]", part.get_payload()))
        elif part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            original += part.as_string()
    refused = re.search(r"^Action:\s*failed", status, re.IGNORECASE | re.MULTILINE) and re.search(r"^Status:\s*5\.", status, re.MULTILINE)
    found = OURS.search(original)
    return UUID(found.group(1)) if refused and found else None
