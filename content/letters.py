"""Letters to people without an account: about their place at an event or a course, and that they have completed one.

Each has a link of its own in the place of sign-in."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate

from content import queries
from content.models import CoursePage, EventPage, IssuePage, SignUp, Sitting, Subscriber
from content.states import Seat
from outbox.letters import render
from outbox.models import Letter
from outbox.signals import Content, writes

NOTHING = UUID(int=0)
A_DAY = timedelta(days=1)
SEAT = signing.Signer(salt="content.seat")
CONFIRM = signing.TimestampSigner(salt="content.confirm")
LEAVE = signing.Signer(salt="content.leave")
HERE = "https://own-link.invalid/"  # in an issue, until it is addressed to somebody
STATES = {
    "event_signed_up": {Seat.PLACED},
    "event_waiting": {Seat.WAITING},
    "event_place_free": {Seat.PLACED},
    "event_reminder": {Seat.PLACED},
    "event_moved": {Seat.PLACED, Seat.WAITING},
    "event_called_off": {Seat.PLACED, Seat.WAITING},
    "course_completed": {Seat.PLACED},
}
TEMPLATES = {"event_reminder": "content/letters/reminder", "course_completed": "content/letters/completed"}


def link(name: str, language: str, *args: str) -> str:
    """An address of ours in a letter."""
    with translation.override(language):
        return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


@writes("event_signed_up", about="always")
@writes("event_waiting", about="always")
@writes("event_place_free", about="always")
@writes("event_reminder", about="always")
@writes("event_moved", about="always")
@writes("event_called_off", about="always")
@writes("course_completed", about="always")
def about_an_event(letter: Letter) -> Content | None:
    """Nothing is sent when the place was given back meanwhile, or the event was called off (but for the letter that says so)."""
    seat = SignUp.objects.select_related("gathering").filter(pk=letter.about or NOTHING, state__in=STATES[letter.kind]).first()
    if seat is None or (seat.gathering.cancelled_at is not None) != (letter.kind == "event_called_off"):
        return None
    page, sittings = _page_of(seat, gone=letter.kind in {"event_called_off", "course_completed"}), _told_in(letter, seat)
    if page is None or not sittings or (letter.kind == "course_completed" and seat.completed_at is None):
        return None
    there = page if page.live else page.get_parent()
    words: dict[str, object] = {
        "kind": letter.kind,
        "event": page,
        "seat": seat,
        "sittings": sittings,
        "course": isinstance(page, CoursePage),
        "page": f"{settings.PUBLIC_URL}{there.url}",
    }
    words["place_link"] = link("event_seat", seat.language, SEAT.sign(str(seat.pk)))
    return replace(render(TEMPLATES.get(letter.kind, "content/letters/event"), language=seat.language, **words), to=seat.email)


def _told_in(letter: Letter, seat: SignUp) -> list[Sitting]:
    """All meetings; in a reminder those of the day that it is about: the last one within a day of when it was due, of the others
    they have heard. None when the reminder is late."""
    sittings, at = seat.gathering.sittings, timezone.now()
    if letter.kind != "event_reminder":
        return sittings
    soon = [one for one in sittings if max(at, letter.not_before) < one.starts_at <= letter.not_before + A_DAY]
    return [one for one in soon if localdate(one.starts_at) == localdate(soon[-1].starts_at)]


def _page_of(seat: SignUp, *, gone: bool) -> EventPage | CoursePage | None:
    """The page in the reader's language, else in another; `gone`: also one that was public and has been taken down."""
    found = [one for one in queries.pages_about(seat.gathering) if one.live or gone]
    return min(found, key=lambda one: (not one.live, one.locale.language_code != seat.language), default=None)


@writes("newsletter_confirm", about="always")
def newsletter_confirm(letter: Letter) -> Content | None:
    """A link to confirm with. It goes to every address that is asked for, and says the same to all."""
    reader = Subscriber.objects.filter(pk=letter.about or NOTHING).first()
    if reader is None:
        return None
    words = {"confirm_link": link("newsletter_confirm", reader.language, CONFIRM.sign(str(reader.pk)))}
    return replace(render("content/letters/confirm", language=reader.language, **words), to=reader.email)


def issue_in(issue_key: UUID, language: str) -> Content | None:
    """An issue in this language, or in the first it is public in; the same for every reader but for the link that ends it (`addressed`)."""
    pages = IssuePage.objects.live().filter(translation_key=issue_key).select_related("locale")
    page = pages.filter(locale__language_code=language).first() or pages.order_by("pk").first()
    if page is None:
        return None
    chosen = [(one.title, getattr(one, "lead", ""), f"{settings.PUBLIC_URL}{one.url}") for one in page.chosen()]
    words = {"issue": page, "chosen": chosen, "web": f"{settings.PUBLIC_URL}{page.url}", "leave_link": HERE}
    return render("content/letters/newsletter", language=page.locale.language_code, **words)


def addressed(issue: Content, reader: Subscriber) -> Content:
    """The issue for one reader, with their own link. A button of the mail program ends the letters (RFC 8058)."""
    end = link("newsletter_leave", reader.language, LEAVE.sign(str(reader.pk)))
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Precedence": "bulk"}
    text, html = (words.replace(HERE, end) for words in (issue.text, issue.html))
    return replace(issue, text=text, html=html, to=reader.email, headers=headers)
