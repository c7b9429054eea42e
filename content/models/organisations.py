"""Who works together here: a page for each agency, association or employer that does."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.models.pages import Article, Kind


class OrganisationPage(Article):
    """Who they are (its lead), what they do in the cooperation, where. What names them is listed on it by itself."""

    does = models.TextField(_("What they do in the cooperation"), max_length=600)
    place = models.CharField(_("Where"), max_length=200)
    web = models.URLField(_("Web address"), blank=True, validators=[URLValidator(schemes=["https", "http"])])

    section = Kind.ORGANISATIONS
    template = "content/organisation_page.html"
    content_panels: ClassVar = [
        *Article.content_panels[:2],
        *(FieldPanel(name) for name in ("does", "place", "web")),
        *Article.content_panels[2:],
    ]
