"""What of the pages is read: sections that have something in them, lists, topics, what helps with what."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, Count, Q, QuerySet, When
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from accounts.models import Team
from content.blocks import FEWEST_PEOPLE, stems_of
from content.models import (
    ActivityPage,
    AgreementPage,
    Article,
    Audience,
    Comes,
    CoursePage,
    Delivery,
    EventPage,
    Form,
    Front,
    Gathering,
    GuidancePage,
    Held,
    IssuePage,
    Kind,
    KnowledgePage,
    Mailing,
    NewsPage,
    OrganisationPage,
    ProgrammePage,
    Section,
    Sent,
)
from taxonomy.models import Need, NeedGroup

TYPES: dict[str, type[Article]] = {
    Kind.NEWS: NewsPage,
    Kind.GUIDANCE: GuidancePage,
    Kind.KNOWLEDGE: KnowledgePage,
    Kind.PROGRAMMES: ProgrammePage,
    Kind.EVENTS: EventPage,
    Kind.NEWSLETTER: IssuePage,
    Kind.COURSES: CoursePage,
    Kind.ACTIVITIES: ActivityPage,
    Kind.AGREEMENTS: AgreementPage,
    Kind.ORGANISATIONS: OrganisationPage,
}
ORDER = {Kind.NEWSLETTER: ("-first_published_at", "-pk"), Kind.NEWS: ("-date", "-pk"), Kind.KNOWLEDGE: ("title", "pk")}
DEPTH_OF_SECTIONS = 3  # below the root and the front page of a language


@dataclass(frozen=True)
class Link:
    """A section that has something to read."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class Topic:
    """A topic of the knowledge bank, and how many pages it has."""

    code: str
    label: str
    count: int


def front(language: str) -> Front | None:
    """What editors have put on the front page."""
    found: Front | None = Front.objects.filter(locale__language_code=language).live().first()
    return found


def section(kind: str, language: str) -> Section | None:
    found: Section | None = Section.objects.filter(kind=kind, locale__language_code=language).live().first()
    return found


def open_sections(language: str) -> list[Link]:
    """For menu and footer: the sections in which something is published, in the order of the catalogue. Kept for a minute."""

    def read() -> list[Link]:
        found = Section.objects.filter(locale__language_code=language).live().in_bulk(field_name="pk").values()
        shown = [one for one in found if one.get_children().live().exists()]
        order = list(Kind.values)
        return [Link(one.kind, one.title, one.url or "") for one in sorted(shown, key=lambda one: order.index(one.kind))]

    return cache.get_or_set(f"open-sections-{language}", read, 60) or []


def pages_of(found: Section) -> QuerySet[Article]:
    """What is published in a section, as its own type and in its own order."""
    return TYPES[found.kind].objects.child_of(found).live().order_by(*ORDER.get(Kind(found.kind), ("title", "pk")))  # type: ignore[no-any-return]


def newest_news(language: str, most: int = 3) -> list[NewsPage]:
    return list(NewsPage.objects.live().filter(locale__language_code=language).order_by("-date", "-pk")[:most])


def events_to_come(language: str, at: datetime, most: int | None = None) -> list[EventPage]:
    """Events that have not ended, the next one first."""
    pages = EventPage.objects.live().filter(locale__language_code=language).select_related("gathering")
    coming = pages.filter(Q(gathering__ends_at__gte=at) | Q(gathering__more__ends_at__gte=at)).distinct()
    return list(coming.order_by("gathering__starts_at", "pk")[:most])


def pages_about(gathering: Gathering) -> list[EventPage | CoursePage]:
    """Every page of an event or a course that is or was public, in any language."""
    found: list[EventPage | CoursePage] = []
    for model in (EventPage, CoursePage):
        was_public = model.objects.filter(gathering=gathering, first_published_at__isnull=False)
        found += was_public.select_related("locale", "gathering").order_by("pk")
    return found


def page_about(gathering: Gathering, language: str) -> EventPage | CoursePage | None:
    """The public page in this language, if there is one."""
    return next((one for one in pages_about(gathering) if one.live and one.locale.language_code == language), None)


def agencies_in(gathering: Gathering) -> list[tuple[str, int]]:
    """How many with a place come from where, for ten or more. What is left out adds up to ten or more as well: no number can be
    found by taking the others from the whole."""
    counts = Counter(gathering.sign_ups.placed().values_list("comes_from", flat=True))
    shown = sorted(((n, code) for code, n in counts.items() if n >= FEWEST_PEOPLE), reverse=True)
    while shown and 0 < counts.total() - sum(n for n, _code in shown) < FEWEST_PEOPLE:
        shown.pop()
    return [(str(Comes(code).label), n) for n, code in shown if code]


def programmes_with_team(language: str, at: datetime) -> QuerySet[ProgrammePage]:
    """Those that somebody can enrol in here: a coordinator of the team is there to read it."""
    pages = ProgrammePage.objects.live().filter(locale__language_code=language, team__in=Team.objects.with_coordinator(at))
    found: QuerySet[ProgrammePage] = pages.select_related("team__agency").order_by("title", "pk")
    return found


def unfinished_mailings(at: datetime) -> list[UUID]:
    """Mailings that have letters which nobody holds now."""
    return list(Delivery.objects.due(at).values_list("mailing_id", flat=True).distinct())


@dataclass(frozen=True)
class Progress:
    """How far a mailing has come."""

    total: int
    sent: int
    waiting: int
    failed: int
    dropped: int
    done: bool


def progress_of(issue: IssuePage) -> Progress | None:
    """Of the one mailing of an issue; None before it is sent."""
    mailing = Mailing.objects.filter(issue_key=issue.translation_key).first()
    if mailing is None:
        return None
    rows = dict(mailing.deliveries.values_list("state").annotate(n=Count("pk")))
    sent, waiting, failed, dropped = (rows.get(state, 0) for state in (Sent.SENT, Sent.WAITING, Sent.FAILED, Sent.DROPPED))
    return Progress(mailing.total, sent, waiting, failed, dropped, mailing.done_at is not None)


def years_of(found: Section) -> list[int]:
    """The years with news, newest first."""
    return [day.year for day in NewsPage.objects.child_of(found).live().dates("date", "year", order="DESC")]


def matching_words(pages: QuerySet[Article], words: str, language: str) -> QuerySet[Article]:
    """Those of the pages in which every word stands, in any of its forms. Signs that a database would read as its own are left out."""
    stems = stems_of(" ".join(re.findall(r"\w+", words)), language)
    if not stems:
        return pages.none() if words.strip() else pages
    hits = pages.order_by().search(stems, operator="and")  # type: ignore[attr-defined]
    return pages.filter(pk__in=[hit.pk for hit in hits[: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS]])


def topics_of(pages: Iterable[KnowledgePage]) -> list[Topic]:
    counted = [page.topic for page in pages]
    return [Topic(group.value, str(group.label), counted.count(group.value)) for group in NeedGroup if group.value in counted]


def related_to(page: KnowledgePage, most: int = 3) -> list[KnowledgePage]:
    """Pages about the same adaptations first, then about the same topic."""
    others = KnowledgePage.objects.live().filter(locale_id=page.locale_id).exclude(pk=page.pk)
    same = others.filter(needs__in=page.needs.all()).distinct()
    beside = others.filter(topic=page.topic).exclude(topic="") if page.topic else others.none()
    return list(dict.fromkeys([*same.order_by("title")[:most], *beside.order_by("title")[:most]]))[:most]


def holders_of(page: Held) -> list[OrganisationPage]:
    """The public pages of the organisations that hold something, in the language of the page where they are in it."""
    keys = list(page.organisations.values_list("translation_key", flat=True))
    public = OrganisationPage.objects.live().filter(translation_key__in=keys).select_related("locale").order_by("title", "pk")
    found: dict[UUID, OrganisationPage] = {}
    for one in public:
        if one.locale_id == page.locale_id or one.translation_key not in found:
            found[one.translation_key] = one
    return sorted(found.values(), key=lambda one: one.title)


def held_by(organisation: OrganisationPage) -> list[tuple[str, list[Held]]]:
    """What names an organisation, in its language, under the title of each section."""
    held: list[tuple[str, list[Held]]] = []
    for kind in (Kind.PROGRAMMES, Kind.EVENTS, Kind.COURSES, Kind.ACTIVITIES, Kind.AGREEMENTS):
        pages = TYPES[kind].objects.live().filter(locale_id=organisation.locale_id)
        named = pages.filter(organisations__translation_key=organisation.translation_key).distinct().order_by("title", "pk")
        held.append((str(kind.label), list(named)))
    return [(label, pages) for label, pages in held if pages]


def employer_stories(language: str, today: date, most: int = 4) -> list[KnowledgePage]:
    """Stories from workplaces that are written for employers, newest first. Whose review is overdue is not told any more."""
    stories = KnowledgePage.objects.live().filter(form=Form.STORY, audience=Audience.EMPLOYER, consent_noted=True, review_by__gte=today)
    return list(stories.filter(locale__language_code=language).order_by("-first_published_at", "-pk")[:most])


def pages_that_help(codes: Collection[str], language: str, most: int = 4) -> list[KnowledgePage]:
    """What the knowledge bank says about these adaptations: how to do it before stories of who has."""
    order = Case(When(form=Form.ADAPTATION, then=0), When(form=Form.STORY, then=2), default=1)
    about = KnowledgePage.objects.live().filter(needs__in=codes, locale__language_code=language).exclude(audience=Audience.JOBSEEKER)
    return list(about.distinct().order_by(order, "title", "pk")[:most])


def needs_of(page: KnowledgePage) -> list[Need]:
    return list(page.needs.order_by("position"))


def translations_of(page: Page) -> dict[str, str]:
    """Where the same page is, in each language in which it is public."""
    found = {one.locale.language_code: one.url for one in page.get_translations(inclusive=True).live().select_related("locale")}
    return {code: url for code, url in found.items() if url}


def in_languages(page: Page, translations: dict[str, str]) -> dict[str, str]:
    """The translations; where there is none, the section that it would stand in."""
    if isinstance(page, Section):
        return translations
    return {**translations_of(page.get_parent().specific), **translations}


def doors_of(page: EventPage | CoursePage | ProgrammePage, door: str) -> dict[str, str]:
    """Where the same sign-up, calendar file or enrolment is, in each language in which the page is public: it may be named otherwise."""
    found = {}
    for one in page.get_translations(inclusive=True).live().select_related("locale"):
        with translation.override(one.locale.language_code):
            found[one.locale.language_code] = reverse(page.doors[door], args=[one.slug])
    return found


@dataclass(frozen=True)
class Twins:
    """One page in all its languages: each with its address, and when the last of them was published."""

    urls: dict[str, str]
    changed: datetime


def every_page() -> list[Twins]:
    """What is published, and the sections that have something in them: these change when a page in them does."""
    pages = list(Page.objects.live().filter(depth__gte=DEPTH_OF_SECTIONS).select_related("locale").order_by("path"))
    changed: dict[str, datetime] = {}
    for one in pages:
        if one.depth > DEPTH_OF_SECTIONS and one.last_published_at:
            for path in (one.path, one.path[: -Page.steplen]):
                changed[path] = max(one.last_published_at, changed.get(path, one.last_published_at))
    twins: dict[UUID, list[Page]] = {}
    for one in pages:
        if one.path in changed and one.url:
            twins.setdefault(one.translation_key, []).append(one)
    return [
        Twins({one.locale.language_code: one.url or "" for one in same}, max(changed[one.path] for one in same)) for same in twins.values()
    ]
