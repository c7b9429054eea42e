"""What several agencies hold together: activities that anyone joins, courses with their meetings, local agreements with goals."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.models.pages import Article, Held, Kind


class ActivityPage(Held):
    """An open workshop, a drop-in: no match, no sign-up, no name."""

    when = models.CharField(_("When"), max_length=160)
    where = models.CharField(_("Where"), max_length=200)
    ask = models.CharField(_("Whom to ask"), max_length=160)

    section = Kind.ACTIVITIES
    template = "content/activity_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("when", "where", "ask", "organisations")),
        *Article.content_panels[2:],
    ]


class CoursePage(Held):
    """What one language tells of a course. Its days, places and participants are those of a gathering, as for an event."""

    doors: ClassVar = {"sign_up": "course_sign_up", "calendar": "course_calendar"}

    level = models.CharField(_("Level"), max_length=120)
    course_language = models.CharField(_("Language of the course"), max_length=80)
    cost = models.CharField(_("Cost"), max_length=80)
    length = models.CharField(_("How long"), max_length=120)
    gathering = models.ForeignKey(
        "content.Gathering", verbose_name=_("Meetings"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Read no more since `gathering` holds all days of a course; the next release drops it.
    meetings = ParentalManyToManyField("content.Gathering", blank=True, related_name="+")

    section = Kind.COURSES
    template = "content/course_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("level", "course_language", "cost", "length", "gathering", "organisations")),
        *Article.content_panels[2:],
    ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "gathering": self.gathering}


class Goal(blocks.StructBlock):
    goal = blocks.CharBlock(label=_("Goal"), max_length=160)
    by = blocks.DateBlock(label=_("By"))
    who = blocks.CharBlock(label=_("Who is responsible"), max_length=120)


class AgreementPage(Held):
    """What agencies of a place have agreed: between whom, since when, with which goals and by when.

    `parties` are those that have no page of their own here."""

    parties = models.TextField(_("Also between"), max_length=600, blank=True, help_text=_("Parties that have no page here, one a line."))
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"))
    goals = StreamField([("goal", Goal(label=_("Goal")))], verbose_name=_("Goals"))

    section = Kind.AGREEMENTS
    template = "content/agreement_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("organisations", "parties", "since", "until", "goals")),
        *Article.content_panels[2:],
    ]

    @classmethod
    def gaps(cls, given: dict[str, Any]) -> list[tuple[str, str]]:
        found = super().gaps(given)
        organisations = given.get("organisations")
        if not given.get("parties") and not (organisations and organisations.all()):
            found.append(("parties", gettext("Say between whom: choose organisations, or write their names.")))
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            found.append(("until", gettext("It must end after it begins.")))
        return found
