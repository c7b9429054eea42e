"""The Atom feed of a public search; what is closed vanishes from it."""

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from employers.models import Posting
from search import queries
from search.forms import filters_of

MOST = 50


class PostingsFeed(Feed[Posting, list[Posting]]):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> list[Posting]:
        return queries.fetch(queries.ordered(filters_of(request.GET))[:MOST])

    def title(self) -> str:
        return gettext("Postings in Ingång")

    def link(self) -> str:
        return reverse("postings")

    def items(self, obj: list[Posting]) -> list[Posting]:
        return obj

    def item_title(self, item: Posting) -> str:
        return f"{item.title}, {item.employer.name}"

    def item_description(self, item: Posting) -> str:
        return item.tasks

    def item_link(self, item: Posting) -> str:
        return reverse("posting", args=[item.pk])

    def item_pubdate(self, item: Posting) -> object:
        return item.status.published_at
