"""How letters leave: the message with its stable Message-ID, and the folder that takes mail on a small machine."""

import os
import re
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from outbox.models import Letter
from outbox.signals import Content

NEVER = 500  # from here on the codes of SMTP say that trying again helps nothing


def phone_of(language: str | None) -> str:
    """The number to call, for readers of a language."""
    return settings.SUPPORT_PHONES.get((language or "")[:2], settings.SUPPORT_PHONES[""])


def send_out(letter: Letter, content: Content) -> None:
    """Hand one letter to the mail server (or the folder)."""
    message_of(str(letter.pk), content, content.to or letter.reader.email or "").send()


def message_of(number: str, content: Content, to: str) -> EmailMultiAlternatives:
    """The message of a row. Its Message-ID is the row's number, so that a second sending after a kill is the same message."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        content.subject,
        content.text,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={"Message-ID": f"<{number}@{domain}>", **content.headers},
    )
    message.attach_alternative(content.html, "text/html")
    if content.calendar:
        message.attach("calendar.ics", content.calendar, f"text/calendar; method={content.method}")
    return message


def refused_for_good(error: Exception) -> bool:
    """Whether the mail server wants this letter never (5xx). What it has against our own sign-in or sender is for us to put right."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= NEVER for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= NEVER


def render(template: str, *, language: str, **context: object) -> Content:
    """One letter from `templates/<template>.{subject.txt,txt,html}` in the reader's language."""
    with translation.override(language):
        words = {"site": settings.PUBLIC_URL, "language": language, "phone": phone_of(language), **context}
        subject = " ".join(render_to_string(f"{template}.subject.txt", words).split())
        whole = {**words, "subject": subject}
        return Content(subject, render_to_string(f"{template}.txt", whole), render_to_string(f"{template}.html", whole))


class FolderBackend(BaseEmailBackend):
    """Mail as files under var/mail, named by Message-ID: writing the same message again changes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.VAR_DIR) / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            whole = message.message()
            name = re.sub(r"[^\w.@-]", "", str(whole["Message-ID"]))
            half = folder / f".{name}.{os.getpid()}"
            half.write_bytes(whole.as_bytes())
            half.rename(folder / f"{name}.eml")
        return len(email_messages)
