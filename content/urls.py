"""Addresses of the editors' pages. `wagtail_serve` comes last: it takes whatever else stands under a section."""

from django.urls import path, register_converter

from content.models import Kind
from content.views import events, newsletter, pages


class PagePath:
    """A section and what stands under it, each part with a slash at its end. Every other address is none of the editors'."""

    regex = rf"(?:{'|'.join(Kind.values)})/(?:[-\w]+/)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PagePath, "page")

urlpatterns = [
    path("news/feed/", pages.feed, name="news_feed"),
    path("events/seats/<str:token>/", events.seat, name="event_seat"),
    path("events/<slug:slug>/sign-up/", events.sign_up, {"kind": "events"}, name="event_sign_up"),
    path("events/<slug:slug>/calendar/", events.calendar, {"kind": "events"}, name="event_calendar"),
    path("courses/<slug:slug>/sign-up/", events.sign_up, {"kind": "courses"}, name="course_sign_up"),
    path("courses/<slug:slug>/calendar/", events.calendar, {"kind": "courses"}, name="course_calendar"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/confirm/<str:token>/", newsletter.confirm, name="newsletter_confirm"),
    path("newsletter/leave/<str:token>/", newsletter.leave, name="newsletter_leave"),
    path("<page:path>", pages.page, name="wagtail_serve"),
]
pictures = [path("media/images/<str:name>", pages.picture, name="picture")]
