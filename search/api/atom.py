"""The Atom feed of a public search, and of a saved one; what is closed vanishes from either."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext

from employers.models import Posting
from search import queries
from search.forms import filters_of
from search.models import SavedSearch

MOST = 50
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class PostingsFeed(Feed[Posting, list[Posting]]):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without Last-Modified: it would be the newest posting's day, and say nothing of one that was closed or changed since."""
        answer = super().__call__(request, *args, **kwargs)
        del answer.headers["Last-Modified"]
        return answer

    def get_object(self, request: HttpRequest) -> list[Posting]:
        return queries.fetch(queries.ordered(filters_of(request.GET), (0, MOST))[:MOST])

    def title(self) -> str:
        return gettext("Postings in Ingång")

    def link(self) -> str:
        return reverse("postings")

    def items(self, obj: list[Posting]) -> list[Posting]:
        return obj

    def item_title(self, item: Posting) -> str:
        return _plain(f"{item.title}, {item.employer.name}")

    def item_description(self, item: Posting) -> str:
        """A reader takes this for HTML: what an employer typed has to stay text."""
        return linebreaks(_plain(item.tasks), autoescape=True)

    def item_link(self, item: Posting) -> str:
        return reverse("posting", args=[item.pk])

    def item_pubdate(self, item: Posting) -> datetime | None:
        return item.status.published_at

    def item_updateddate(self, item: Posting) -> datetime | None:
        return item.status.published_at


class SavedFeed(PostingsFeed):
    """The feed of a saved search. Its address is a secret and says nothing else; a wrong one is simply not there."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().__call__(request, *args, **kwargs)
        answer.headers["Cache-Control"] = "private"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    def get_object(self, request: HttpRequest, key: str = "") -> list[Posting]:
        saved = SavedSearch.objects.with_key(key).first()
        if saved is None:
            raise Http404
        return queries.fetch(queries.ordered(replace(filters_of(QueryDict(saved.query)), sort="newest"), (0, MOST))[:MOST])


def _plain(text: str) -> str:
    """Without the control characters that XML cannot carry."""
    return CONTROLS.sub("", text)
