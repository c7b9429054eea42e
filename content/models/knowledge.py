"""The knowledge bank: what helps, by need and topic."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from content.models.pages import Article, ArticleForm, Kind
from taxonomy.models import Need, NeedGroup


class Form(models.TextChoices):
    ADAPTATION = "adaptation", _("Adaptation")
    METHOD = "method", _("Method")
    STORY = "story", _("A story from a workplace")
    TEMPLATE = "template", _("Template")


class NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Need) -> str:
        """Chosen by its words: a code says nothing to an editor."""
        return obj.label


class KnowledgeForm(ArticleForm):
    needs = NeedsField(queryset=Need.objects.all(), required=False, label=_("Adaptations"))


class KnowledgePage(Article):
    """One thing that helps. It is tied to codes of the needs catalogue: to what a workplace can do, never to a person."""

    form = models.CharField(_("Kind of page"), max_length=12, choices=Form.choices, default=Form.ADAPTATION)
    topic = models.CharField(_("Topic"), max_length=4, choices=NeedGroup.choices, blank=True)
    needs = ParentalManyToManyField("taxonomy.Need", verbose_name=_("Adaptations"), blank=True, related_name="+")
    cost = models.CharField(_("Cost"), max_length=80, blank=True)
    time = models.CharField(_("Time to arrange"), max_length=80, blank=True)
    consent_noted = models.BooleanField(_("Everyone in the story has said yes in writing, and we keep that"), default=False)

    base_form_class = KnowledgeForm
    section = Kind.KNOWLEDGE
    template = "content/knowledge_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        MultiFieldPanel([FieldPanel(name) for name in ("form", "topic", "needs")], heading=_("What it is about")),
        MultiFieldPanel([FieldPanel("cost"), FieldPanel("time")], heading=_("In short")),
        FieldPanel("consent_noted"),
        *Article.content_panels[2:],
    ]

    @classmethod
    def review_gaps(cls, given: dict[str, Any]) -> list[tuple[str, str]]:
        if given.get("review_by"):
            return []
        return [("review_by", gettext("Every page of the knowledge bank says when it must be reviewed again."))]

    @classmethod
    def gaps(cls, given: dict[str, Any]) -> list[tuple[str, str]]:
        found = super().gaps(given)
        if given.get("form") == Form.STORY and not given.get("consent_noted"):
            found.append(("consent_noted", gettext("A story needs a written yes from everyone in it.")))
        return found
