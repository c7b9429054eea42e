"""The tree of pages: a front page and sections for each language, and the articles in them."""

import re
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import Body, stems_of, words_of
from content.scoring import Readability, readability

MOST_LIX = {"jobseeker": 40, "anyone": 40, "employer": 45, "professional": 45}
MONEY_OR_LAW = re.compile(r"\b(?:kronor|kroner|SEK|NOK|EUR)\b|\d\s?(?:kr|:-)\b|§|\b(?:lagen|loven|the Act)\b", re.IGNORECASE)
ILLUSTRATIONS = {
    "path": "content/pictures/path.html",
    "tools": "content/pictures/tools.html",
    "table": "content/pictures/table.html",
    "window": "content/pictures/window.html",
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


class Front(Page):
    """The root of one language. What readers see there is the website's own page."""

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["content.Section"]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("home")


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
                self.add_error(field, sentence)
        return cleaned


class Article(Page):
    """What every page of a section shares."""

    lead = models.CharField(_("Lead"), max_length=300, help_text=_("What the reader gets, in one or two short sentences."))
    body = StreamField(Body(), verbose_name=_("Body"))
    illustration = models.CharField(
        _("Illustration"), max_length=12, blank=True, choices=[(name, name.capitalize()) for name in ILLUSTRATIONS]
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
        if given.get("names_money_or_law") and not given.get("review_by"):
            return [("review_by", gettext("The page names money or law: say when it must be reviewed again."))]
        return []

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuses what is unfinished, whoever publishes and from where. UnfinishedError, ValidationError."""
        page = revision.as_object()
        page.full_clean()
        page.body.stream_block.clean(page.body)  # saving a draft forgives a picture without its text
        found = page.gaps({field.name: getattr(page, field.name) for field in page._meta.get_fields() if hasattr(page, field.name)})
        if found:
            raise UnfinishedError(" ".join(sentence for _field, sentence in found))
        return super().publish(revision, *args, **kwargs)

    @property
    def words(self) -> str:
        """Everything that stands on the page, line by line."""
        return "\n".join([self.title, self.lead, words_of(self.body)])

    def stems(self) -> str:
        """What search looks in."""
        return stems_of(self.words, self.locale.language_code)

    @property
    def readability(self) -> Readability:
        return readability(self.words)

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 180 words a minute."""
        return max(1, round(len(self.words.split()) / 180))

    @property
    def picture(self) -> str:
        """The template of the illustration, or nothing."""
        return ILLUSTRATIONS.get(self.illustration, "")

    def warnings(self) -> list[str]:
        """What does not hinder publishing, but an editor should know."""
        read, most = self.readability, MOST_LIX[self.audience]
        told = []
        if read.lix > most:
            longest = " · ".join(read.longest)
            told.append(
                gettext("Hard to read: LIX %(lix)s, the limit is %(most)s. The longest sentences: %(longest)s")
                % {"lix": read.lix, "most": most, "longest": longest}
            )
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
