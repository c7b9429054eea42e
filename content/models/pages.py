"""The tree of pages: a front page and sections for each language, and the articles in them."""

import re
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from accounts.models import Team
from content.blocks import Body, stems_of, words_of
from content.scoring import readability

MOST_LIX = {"jobseeker": 40, "anyone": 40, "employer": 45, "professional": 45}
MONEY_OR_LAW = re.compile(r"\b(?:kronor|kroner|SEK|NOK|EUR)\b|\d\s?(?:kr|:-)\b|§|\b(?:lagen|loven|the Act)\b", re.IGNORECASE)
ILLUSTRATIONS = {
    "path": ("content/pictures/path.html", pgettext_lazy("illustration", "A path over hills")),
    "tools": ("content/pictures/tools.html", pgettext_lazy("illustration", "Tools")),
    "table": ("content/pictures/table.html", pgettext_lazy("illustration", "A table with cups")),
    "window": ("content/pictures/window.html", pgettext_lazy("illustration", "A window")),
}
CHECKED = ("action-publish", "action-submit", "action-restart-workflow")  # buttons of the editor that lead to readers


class Kind(models.TextChoices):
    """The sections; each is one word of the address, the same in every language."""

    NEWS = "news", _("News")
    GUIDANCE = "guidance", pgettext_lazy("section", "Guidance")
    KNOWLEDGE = "knowledge", pgettext_lazy("section", "Knowledge")
    PROGRAMMES = "programmes", _("Programmes")
    EVENTS = "events", _("Events")
    COURSES = "courses", _("Courses")
    ACTIVITIES = "activities", _("Open activities")
    NEWSLETTER = "newsletter", _("Newsletter")
    AGREEMENTS = "agreements", _("Local agreements")
    ORGANISATIONS = "organisations", _("Organisations")


class Audience(models.TextChoices):
    ANYONE = "anyone", pgettext_lazy("audience", "Anyone")
    JOBSEEKER = "jobseeker", pgettext_lazy("audience", "People who look for work")
    EMPLOYER = "employer", pgettext_lazy("audience", "Employers")
    PROFESSIONAL = "professional", pgettext_lazy("audience", "People who help others to work")


class UnfinishedError(PublishPermissionError):
    """A page that may not be published yet; its text says why."""


def lines(title: str | None, lead: str | None, body: Any) -> str:
    """Everything that stands on a page, line by line."""
    return "\n".join([title or "", lead or "", words_of(body)])


def hard_to_read(audience: str, words: str) -> str:
    """The number and the longest sentences, when a text is harder than its readers should meet; else nothing."""
    read, most = readability(words), MOST_LIX.get(audience, 0)
    if not most or read.lix <= most:
        return ""
    told = {"lix": read.lix, "most": most, "longest": " · ".join(read.longest)}
    return gettext("Hard to read: LIX %(lix)s, the limit is %(most)s. The longest sentences: %(longest)s") % told


def whole(revision: Any) -> Any:
    """The page of a revision. Raises ValidationError: saving a draft forgives a picture without its text, publishing does not."""
    page = revision.as_object()
    page.full_clean()
    page.body.stream_block.clean(page.body)
    return page


class Front(Page):
    """The front page of one language. Search, ways in and the newest are the website's own; editors say what stands between them."""

    lead = models.CharField(
        _("Lead"), max_length=300, blank=True, help_text=_("Stands under the greeting. Empty: the website's own words.")
    )
    body = StreamField(Body(), verbose_name=_("Body"), blank=True, help_text=_("Stands between how it works and the newest postings."))

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["content.Section"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("home")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The website's page with this draft in it."""
        with translation.override(self.locale.language_code):
            page: HttpResponse = resolve(reverse("home")).func(request, front=self)
        return page

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        whole(revision)
        return super().publish(revision, *args, **kwargs)


class Section(Page):
    """A list of the pages under it. Made with the site; editors write its introduction."""

    kind = models.CharField(max_length=16, choices=Kind.choices, editable=False)
    private_page_options: ClassVar[list[str]] = []
    intro = models.CharField(_("Introduction"), max_length=300, blank=True)

    parent_page_types: ClassVar = ["content.Front"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return False


class ArticleForm(WagtailAdminPageForm):
    """Says in the editor, at the field, what publishing would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if any(name in self.data for name in CHECKED):
            for field, sentence in self.instance.__class__.gaps(cleaned):
                self.add_error(field if field in self.fields else None, sentence)
            for sentence in self.instance.unwritten():
                self.add_error(None, sentence)
        return cleaned


class Article(Page):
    """What every page of a section shares."""

    lead = models.CharField(_("Lead"), max_length=300, help_text=_("What the reader gets, in one or two short sentences."))
    body = StreamField(Body(), verbose_name=_("Body"))
    illustration = models.CharField(
        _("Illustration"), max_length=12, blank=True, choices=[(name, words) for name, (_template, words) in ILLUSTRATIONS.items()]
    )
    audience = models.CharField(_("Written for"), max_length=12, choices=Audience.choices, default=Audience.ANYONE)
    names_money_or_law = models.BooleanField(_("Names money or law"), default=False)
    reviewed_on = models.DateField(_("Reviewed"), null=True, blank=True)
    review_by = models.DateField(_("To be reviewed again by"), null=True, blank=True)

    private_page_options: ClassVar[list[str]] = []  # what is published stands in lists, feeds and letters: nothing there is half public
    section: ClassVar[str]  # the kind of section that the page belongs in
    base_form_class = ArticleForm
    parent_page_types: ClassVar = ["content.Section"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("stems")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("illustration"),
        FieldPanel("audience"),
        MultiFieldPanel([FieldPanel("names_money_or_law"), FieldPanel("reviewed_on"), FieldPanel("review_by")], heading=_("Review")),
    ]

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return bool(super().can_create_at(parent)) and parent.specific.kind == cls.section

    @classmethod
    def gaps(cls, given: dict[str, Any]) -> list[tuple[str, str]]:
        """What keeps these values from being published: (field, sentence)."""
        told = hard_to_read(given.get("audience", ""), lines(given.get("title"), given.get("lead"), given.get("body") or ()))
        return [("body", told)] * bool(told) + cls.review_gaps(given)

    @classmethod
    def review_gaps(cls, given: dict[str, Any]) -> list[tuple[str, str]]:
        """Of those the ones about the next review."""
        if given.get("names_money_or_law") and not given.get("review_by"):
            return [("review_by", gettext("The page names money or law: say when it must be reviewed again."))]
        return []

    def unwritten(self) -> list[str]:
        """A sentence when the page is not in each of `settings.PAGE_LANGUAGES`. A copy in which nothing is written yet does not count."""
        written = {self.locale.language_code}
        if self.pk:
            twins = self.get_translations().select_related("locale").specific()
            drafts = [one.get_latest_revision_as_object() for one in twins]
            written |= {one.locale.language_code for one in drafts if one.lead != self.lead}
        missing = [str(name) for code, name in settings.LANGUAGES if code in settings.PAGE_LANGUAGES and code not in written]
        told = gettext("Not written yet in: %(languages)s. A page is published when a draft stands in each language.")
        return [told % {"languages": ", ".join(missing)}] if missing else []

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuses what is unfinished, whoever publishes and from where. UnfinishedError, ValidationError."""
        page = whole(revision)
        given = {field.name: getattr(page, field.name) for field in page._meta.get_fields() if hasattr(page, field.name)}
        found = [sentence for _field, sentence in page.gaps(given)] + page.unwritten()
        if found:
            raise UnfinishedError(" ".join(found))
        return super().publish(revision, *args, **kwargs)

    @property
    def words(self) -> str:
        """Everything that stands on the page, line by line."""
        return lines(self.title, self.lead, self.body)

    def stems(self) -> str:
        """What search looks in."""
        return stems_of(self.words, self.locale.language_code)

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 180 words a minute."""
        return max(1, round(len(self.words.split()) / 180))

    @property
    def picture(self) -> str:
        """The template of the illustration, or nothing."""
        template, _words = ILLUSTRATIONS.get(self.illustration, ("", ""))
        return template

    def warnings(self) -> list[str]:
        """What an editor should know when a draft is saved: what would hinder publishing, and what only a person can judge."""
        hard = hard_to_read(self.audience, self.words)
        told = [hard] if hard else []
        if not self.names_money_or_law and MONEY_OR_LAW.search(self.words):
            told.append(gettext("The text seems to name money or law. Then tick it, and say when the page must be reviewed."))
        return told


class Held(Article):
    """A page of something that organisations of the place hold, together or alone: each has a page of its own."""

    organisations = ParentalManyToManyField(
        "content.OrganisationPage", verbose_name=_("Organisations that hold it"), blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class NewsPage(Article):
    date = models.DateField(_("Date"))

    section = Kind.NEWS
    template = "content/news_page.html"
    content_panels: ClassVar = [*Article.content_panels[:1], FieldPanel("date"), *Article.content_panels[1:]]


class GuidancePage(Article):
    section = Kind.GUIDANCE
    template = "content/article_page.html"


class ProgrammePage(Held):
    """A programme that a person can be enrolled in. Who wants to goes to the `team`, as a row that no page knows of; without a team
    the page says whom to call."""

    doors: ClassVar = {"enrol": "programme_enrol"}  # names of its addresses: the page for it is another app's
    who_for = models.TextField(_("Who it is for"), max_length=600)
    who_decides = models.CharField(_("Who decides"), max_length=200)
    length = models.CharField(_("How long"), max_length=120)
    length_checked_on = models.DateField(_("The length was checked"))
    enrol = models.TextField(_("How to enrol"), max_length=600)
    ask = models.CharField(_("Whom to ask"), max_length=160)
    team = models.ForeignKey(
        "accounts.Team",
        verbose_name=_("Team that enrols"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: nobody can enrol here, and the page says whom to call."),
    )

    section = Kind.PROGRAMMES
    template = "content/programme_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("who_for", "who_decides", "length", "length_checked_on", "enrol", "ask", "team", "organisations")),
        *Article.content_panels[2:],
    ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`enrols`: whether somebody of the team is there to read a wish to take part."""
        enrols = Team.objects.with_coordinator(timezone.now()).filter(pk=self.team_id).exists()
        return {**super().get_context(request, *args, **kwargs), "enrols": enrols}
