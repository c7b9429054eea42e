"""Sections and articles, the feed of the news, and the pictures in them."""

from mimetypes import guess_type
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from wagtail.models import Page
from wagtail.views import serve

from accounts.access import anyone
from content import queries
from content.models import Audience, Kind, Section

ON_A_PAGE = 10
IN_THE_FEED = 20
FRESH = 300  # seconds
PICTURES = {"image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"}  # an SVG can hold a program


@anyone
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Whatever stands at an address of the editors: a list of a section, or one page of it."""
    route = Page.route_for_request(request, path)
    if route is None:
        raise Http404
    request.alternates = queries.translations_of(route.page)  # type: ignore[attr-defined]
    request.language_paths = queries.in_languages(route.page, request.alternates)  # type: ignore[attr-defined]
    if isinstance(route.page, Section):
        template, what = LISTS[Kind(route.page.kind)]
        return render(request, template, {"page": route.page, **what(request, route.page)})
    answer: HttpResponseBase = serve(request, path)
    return answer


def _plain(request: HttpRequest, section: Section) -> dict[str, Any]:
    return {"articles": queries.pages_of(section)}


def _news(request: HttpRequest, section: Section) -> dict[str, Any]:
    """By date; `?year=` is the archive."""
    years, articles = queries.years_of(section), queries.pages_of(section)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), None)
    shown = articles.filter(date__year=year) if year else articles
    return {
        "articles": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "years": years,
        "year": year,
        "rest": f"&year={year}" if year else "",
    }


def _knowledge(request: HttpRequest, section: Section) -> dict[str, Any]:
    """By words, topic and reader; the topics are told when nothing is found."""
    pages, words = queries.pages_of(section), " ".join(request.GET.get("q", "").split())[:100]
    topics = queries.topics_of(pages)
    topic = next((one for one in topics if one.code == request.GET.get("topic")), None)
    audience = next((one for one in Audience if one.value == request.GET.get("for")), None)
    found = queries.matching_words(pages, words, section.locale.language_code)
    if topic:
        found = found.filter(topic=topic.code)
    if audience:
        found = found.filter(audience__in=[audience, Audience.ANYONE])
    return {"articles": found, "topics": topics, "topic": topic, "words": words, "audience": audience, "audiences": Audience}


def _events(request: HttpRequest, section: Section) -> dict[str, Any]:
    return {"articles": queries.events_to_come(section.locale.language_code, timezone.now())}


LISTS = {
    Kind.ACTIVITIES: ("content/activities.html", _plain),
    Kind.AGREEMENTS: ("content/agreements.html", _plain),
    Kind.COURSES: ("content/courses.html", _plain),
    Kind.EVENTS: ("content/events.html", _events),
    Kind.NEWS: ("content/news.html", _news),
    Kind.GUIDANCE: ("content/guidance.html", _plain),
    Kind.KNOWLEDGE: ("content/knowledge.html", _knowledge),
    Kind.ORGANISATIONS: ("content/organisations.html", _plain),
    Kind.PROGRAMMES: ("content/programmes.html", _plain),
}


@anyone
@cache_control(public=True, max_age=FRESH)
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest news as Atom."""
    language = get_language() or "sv"
    found = Atom1Feed(
        title=f"Ingång: {gettext('News')}",
        link=request.build_absolute_uri(reverse("wagtail_serve", args=["news/"])),
        description="",
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for one in queries.newest_news(language, IN_THE_FEED):
        link = request.build_absolute_uri(one.url)
        found.add_item(
            one.title,
            link,
            one.lead,
            unique_id=f"urn:uuid:{one.translation_key}:{language}",
            pubdate=one.first_published_at,
            updateddate=one.last_published_at,
        )
    return HttpResponse(found.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@anyone
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of a page. Where files lie with somebody else (S3), they serve it, and this is never asked."""
    kind = guess_type(name)[0]
    if kind not in PICTURES or not default_storage.exists(f"images/{name}"):
        raise Http404
    answer = FileResponse(default_storage.open(f"images/{name}"), content_type=kind)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
