"""Addresses of the editors' pages. `wagtail_serve` comes last: it takes whatever else stands under a section."""

from django.urls import path, register_converter

from content.models import Kind
from content.views import pages


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
    path("<page:path>", pages.page, name="wagtail_serve"),
]
pictures = [path("media/images/<str:name>", pages.picture, name="picture")]
