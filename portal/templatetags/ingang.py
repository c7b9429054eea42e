"""Small words for templates: icons, dates, numbers to call."""

import re
from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

DATE = {"sv": "j F Y", "nb": "j. F Y", "en": "j F Y"}
SHORT = {"sv": "j F", "nb": "j. F", "en": "j F"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of our sprite; it is decoration, words always stand beside it."""
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>', static("icons.svg"), name
    )


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """A date in the reader's way of writing, unbroken: «23 November 2026», or without the year with "short"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    wanted = (SHORT if form == "short" else DATE).get((get_language() or "sv")[:2], "j F Y")
    return format_html('<span class="nowrap">{}</span>', formats.date_format(value, wanted))


@register.filter
def clock(value: datetime) -> str:
    """A time of day, 24 hours."""
    return timezone.localtime(value).strftime("%H:%M")


@register.filter
def tel(number: str) -> str:
    """A phone number as a link wants it."""
    digits = re.sub(r"[^\d+]", "", number)
    return digits if digits.startswith("+") else f"+46{digits.removeprefix('0')}"


@register.filter
def lookup(mapping: dict[str, object], key: str) -> object:
    return mapping.get(key, "")
