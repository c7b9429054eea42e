"""Small words for templates: icons, dates, numbers to call."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django import template
from django.core.cache import cache
from django.forms import BoundField
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, pgettext

from content.queries import Link, open_sections
from employers.models import Evidence, Posting
from taxonomy.models import Need

register = template.Library()

MOST_MARKS = 3
DATE = {"sv": "j F Y", "nb": "j. F Y", "en": "j F Y"}
SHORT = {"sv": "j F", "nb": "j. F", "en": "j F"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of our sprite; it is decoration, words always stand beside it."""
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>', static("icons.svg"), name)


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """A date in the reader's way of writing, unbroken: «23 November 2026»; with "short" without the year, with "plain" for a letter."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    wanted = (SHORT if form == "short" else DATE).get((get_language() or "sv")[:2], "j F Y")
    words = formats.date_format(value, wanted)
    return words if form == "plain" else format_html('<span class="nowrap">{}</span>', words)


@register.filter
def clock(value: datetime) -> str:
    """A time of day, 24 hours."""
    return timezone.localtime(value).strftime("%H:%M")


@register.filter
def tel(number: str) -> str:
    """A phone number as a link wants it."""
    digits = re.sub(r"[^\d+]", "", number)
    return digits if digits.startswith("+") else f"+46{digits.removeprefix('0')}"


@register.simple_tag
def hours_of(posting: Posting) -> str:
    """Hours a week as a span: "10–20", or one number."""
    both = [hours for hours in (posting.hours_min, posting.hours_max) if hours is not None]
    return "–".join(str(hours) for hours in dict.fromkeys(both))


@register.simple_tag
def weeks_of(posting: Posting) -> str:
    """Weeks as a span: "4–12", or one number."""
    both = [weeks for weeks in (posting.weeks_min, posting.weeks_max) if weeks is not None]
    return "–".join(str(weeks) for weeks in dict.fromkeys(both))


@register.simple_tag
def language_of(code: str) -> str:
    """The name of a language in the reader's language."""
    return gettext(get_language_info(code)["name"]).capitalize()


@register.simple_tag
def evidence_of(offer: dict[str, str]) -> str:
    """How sure an answer is: declared, visited, or shown in a placement."""
    return str(Evidence(offer.get("evidence") or Evidence.DECLARED).label)


@register.simple_tag
def best_offers(posting: Posting, first: tuple[str, ...]) -> list[tuple[str, str]]:
    """At most three things the workplace has or can arrange, those that were asked for first: (answer, label)."""
    labels = need_labels(get_language() or "sv")
    given = {code: posting.offers[code]["answer"] for code in labels if code in posting.offers}
    shown = [code for code, answer in given.items() if answer in {"yes", "can"}]
    order = sorted(shown, key=lambda code: (code not in first, given[code] != "yes"))[:MOST_MARKS]
    return [(given[code], labels[code]) for code in order]


def need_labels(language: str) -> dict[str, str]:
    """Labels of the whole catalogue, the ten most common first, kept in the cache for a minute: every card asks for three."""

    def read() -> dict[str, str]:
        needs = sorted(Need.objects.all(), key=lambda need: (not need.common, need.common, need.position))
        return {need.code: need.label_in(language) for need in needs}

    return cache.get_or_set(f"need-labels-{language}", read, 60) or {}


@register.simple_tag(takes_context=True)
def print_foot(context: template.Context) -> str:
    """What stands under a printed page: its title, the day, and our name. For the frame alone, which holds the block `title`."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    title = SafeString(" ".join(block.render(context).split())) if block else ""
    return format_html("{} · {} · Ingång", title, day(timezone.localdate()))


@register.simple_tag
def sections() -> list[Link]:
    """The editors' sections in which something is published, for the foot of the page."""
    return open_sections((get_language() or "sv")[:2])


@dataclass(frozen=True)
class MenuItem:
    words: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> str:
    """Puts the items of the role's main menu in `menu_items`."""
    role, path = context.get("role"), context["request"].path if "request" in context else ""
    items = [(words, reverse(name)) for words, name in menu_of(role.kind if role else "")]
    items += [(one.title, one.url) for one in open_sections((get_language() or "sv")[:2]) if one.kind == "knowledge" and not role]
    current = max((url for _, url in items if path.startswith(url)), key=len, default="")
    context["menu_items"] = [MenuItem(words, url, url == current) for words, url in items]
    return ""


def menu_of(kind: str) -> list[tuple[str, str]]:
    """The main menu of a role: words and the name of an address."""
    menus = {
        "jobseeker": [
            (pgettext("menu", "Today"), "today"),
            (pgettext("menu", "Suggestions"), "my_suggestions"),
            (pgettext("menu", "Saved"), "saved"),
            (pgettext("menu", "My profile"), "my_profile"),
            (pgettext("menu", "My needs"), "my_needs"),
            (pgettext("menu", "My plan"), "my_plan"),
            (pgettext("menu", "My placements"), "my_placements"),
            (pgettext("menu", "Who has seen"), "who_has_seen"),
        ],
        "employer": [
            (pgettext("menu", "To do"), "employer_home"),
            (pgettext("menu", "Postings"), "employer_postings"),
            (pgettext("menu", "Introductions"), "employer_introductions"),
            (pgettext("menu", "Placements"), "employer_placements"),
            (pgettext("menu", "Workplaces"), "workplaces"),
        ],
        "advisor": [
            (pgettext("menu", "To do"), "advisor_home"),
            (pgettext("menu", "My people"), "people"),
            (pgettext("menu", "Introductions"), "advisor_introductions"),
            (pgettext("menu", "Placements"), "placements"),
            (pgettext("menu", "Employers"), "advisor_employers"),
            (pgettext("menu", "Meetings"), "advisor_meetings"),
            (pgettext("menu", "Find a posting"), "postings"),
        ],
        "coordinator": [(pgettext("menu", "The team"), "team_home"), (pgettext("menu", "Find a posting"), "postings")],
        "editor": [(pgettext("menu", "Review postings"), "wagtailadmin_home"), (pgettext("menu", "Find a posting"), "postings")],
    }
    public = [
        (pgettext("menu", "Find a posting"), "postings"),
        (pgettext("menu", "Employers"), "for_employers"),
        (pgettext("menu", "How it works"), "help_matching"),
    ]
    return menus.get(kind, public)


@register.simple_tag
def dsinput(field: BoundField, description: str = "") -> SafeString:
    """A field of a form that is not ours, with the class and the links to its words that our own fields have."""
    described = [f"{field.auto_id}-d"] if description else []
    described += [f"{field.auto_id}-e"] if field.errors else []
    attrs = {"class": "ds-input", "placeholder": ""}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs={**attrs, **({"aria-invalid": "true"} if field.errors else {})})


@register.simple_tag
def person_url(name: str, pk: UUID | None, *args: str) -> str:
    """The address of a profile page: the person's own, or its twin for the advisor."""
    return reverse(f"person_{name}", args=[pk, *args]) if pk else reverse(f"my_{name}", args=args)
