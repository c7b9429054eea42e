"""What crawlers and those who find a weakness look for: sitemap.xml, robots.txt, /.well-known/security.txt."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, overload
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

from accounts.access import anyone
from content.queries import Twins, every_page
from employers.models import Posting
from search.exports.words import list_in
from search.models import PostingChange

HOUR = 3600  # seconds
MOST = 1_500  # addresses in one file: more would take a reader a second and more
HALF_A_YEAR = timedelta(days=180)
PAGES = (
    *("home", "postings", "for_employers", "help", "help_matching", "help_unseen", "help_privacy", "help_accessibility", "help_advisor"),
    *("help_easy", "help_sign", "help_contact", "api_docs"),
)
PRIVATE = (
    *("me", "advisor", "team", "employer", "editor", "account", "session", "draft", "leave", "left"),
    *("meetings", "check-ins", "sign", "reports"),  # signed links
)
FILE = {"content_type": "application/xml", "template_name": "search/sitemap.xml"}


class Pages(Sitemap[str]):
    """The public pages that are always there, in every language."""

    i18n = alternates = True
    limit = MOST

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class Pairs(Sequence[tuple[Any, str]]):
    """Each open posting in each language. Only what one file holds is read."""

    def __init__(self) -> None:
        self.languages = [code for code, _ in settings.LANGUAGES]
        self.keys = Posting.objects.open().order_by("pk").values_list("pk", flat=True)

    def __len__(self) -> int:
        return self.keys.count() * len(self.languages)

    @overload
    def __getitem__(self, where: int) -> tuple[Any, str]: ...
    @overload
    def __getitem__(self, where: slice) -> list[tuple[Any, str]]: ...
    def __getitem__(self, where: int | slice) -> Any:
        places = range(len(self))[where if isinstance(where, slice) else slice(where, where + 1)]
        many, begins = len(self.languages), places.start // len(self.languages)
        keys = list(self.keys[begins : -(-places.stop // many)])
        changed = PostingChange.objects.filter(posting_id=OuterRef("pk")).order_by("-number").values("at")[:1]
        when = Coalesce(Subquery(changed), "status__published_at", "created_at")
        rows = Posting.objects.filter(pk__in=keys).order_by("pk").annotate(changed=when).values_list("pk", "changed")
        pairs = [(row, code) for row in rows for code in self.languages][places.start - begins * many :][: len(places)]
        return pairs if isinstance(where, slice) else pairs[0]


class Postings(Sitemap[tuple[UUID, datetime]]):
    """Open postings, each with the time of its last change: what is closed is not here."""

    limit = MOST

    @property
    def paginator(self) -> Any:
        return Paginator(Pairs(), self.limit)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The framework would ask for each address four times over, in a language of its own each."""
        begins = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        lists = {code: f"{begins}{list_in(code)}" for code, _ in settings.LANGUAGES}
        return [
            {
                "location": f"{lists[language]}{pk}/",
                "lastmod": changed,
                "alternates": [{"lang_code": code, "location": f"{where}{pk}/"} for code, where in lists.items()],
            }
            for (pk, changed), language in self.paginator.page(page).object_list
        ]

    def get_latest_lastmod(self) -> datetime | None:
        return PostingChange.objects.order_by("-number").values_list("at", flat=True).first()


class Written(Sitemap[Twins]):
    """What editors have published, each in the languages in which it is."""

    i18n = alternates = True
    limit = MOST

    def items(self) -> list[Twins]:
        return every_page()

    def get_languages_for_item(self, item: Twins) -> list[str]:
        return list(item.urls)

    def location(self, item: Twins) -> str:
        return item.urls[translation.get_language() or ""]

    def lastmod(self, item: Twins) -> datetime:
        return item.changed


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"pages": Pages, "written": Written, "postings": Postings}


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open to anyone, and to caches for an hour."""
    return anyone(cache_control(public=True, max_age=HOUR)(conditional_page(view)))


@kept
def whole(request: HttpRequest) -> HttpResponseBase:
    """Everything in one file; an index of files when that would be too long."""
    if sum(one().paginator.count for one in (Pages, Written, Postings)) > MOST:
        return index(request, SECTIONS, sitemap_url_name="sitemap_section", template_name="search/sitemap_index.xml")
    return sitemap(request, SECTIONS, **FILE)


@kept
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    return sitemap(request, SECTIONS, section, **FILE)


@kept
def robots(request: HttpRequest) -> HttpResponse:
    """A list with filters is nobody's search result; of a demo nothing is."""
    names = [*(f"{name}/" for name in PRIVATE), "postings/?", "postings/*/interest/", "programmes/*/enrol/"]
    closed = ["/cms/", "/health/", *(f"/{code}/{name}" for code, _ in settings.LANGUAGES for name in names)]
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in (["/"] if settings.DEMO else closed))]
    return _text([*lines, "", f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}"])


@kept
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without an address of its own the contact is the page where anyone may ask to be called."""
    with translation.override("en"):
        contact = settings.SECURITY_CONTACT or settings.PUBLIC_URL + reverse("help_contact")
    contact = contact if ":" in contact else f"mailto:{contact}"  # it has to be a URI
    expires = (timezone.now() + HALF_A_YEAR).strftime("%Y-%m-%dT00:00:00Z")
    languages = ", ".join(code for code, _ in settings.LANGUAGES)
    own = settings.PUBLIC_URL + reverse("security")
    return _text([f"Contact: {contact}", f"Expires: {expires}", f"Preferred-Languages: {languages}", f"Canonical: {own}"])


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", whole, name="sitemap"),
    path("sitemap-<str:section>.xml", section, name="sitemap_section"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
]
