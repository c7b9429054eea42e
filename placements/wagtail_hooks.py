"""In the editors' admin: the kinds of placement and what each allowed when; what helps to pay. Nothing about people is here."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from placements.forms.measures import KeyedForm, MeasureTypeForm
from placements.models import MeasureType, Scheme

LANGUAGES = ("sv", "nb", "en")


def fields(*names: str) -> Any:
    return FieldRowPanel([FieldPanel(name) for name in names])


def in_each_language(text: str, heading: Any) -> Any:
    return MultiFieldPanel([FieldPanel(f"{text}_{language}") for language in LANGUAGES], heading=heading)


VERSION = [
    fields("valid_from", "valid_to"),
    in_each_language("name", _("Name")),
    fields("longest", "longer", "unit"),
    in_each_language("longer_if", _("The longer time holds if")),
    fields("min_age", "max_age", "age_on"),
    fields("starts_after", "starts_before", "over_by", "back_days"),
    fields("signs_first", "signs_second", "signs_third", "in_order"),
    in_each_language("decides", _("Who decides")),
    in_each_language("insurance", _("Insurance")),
    in_each_language("note", _("Good to know")),
    fields("basis", "source"),
    fields("sure", "checked_on"),
]


class Versions(InlinePanel):
    """Names the sign on its button, which Wagtail's template takes from its surroundings."""

    class BoundPanel(InlinePanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> Any:
            return {**super().get_context_data(parent_context), "icon": "plus-inverse"}


class MeasureTypeViewSet(SnippetViewSet):
    """None is deleted here, because agreements name it: it ends with its last version."""

    model = MeasureType
    icon = "calendar-check"
    menu_label = _("Kinds of placement")
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 100  # a country has a dozen
    list_display = ("__str__", "country")
    list_filter = ("country",)
    edit_handler = ObjectList(
        [
            fields("key", "country"),
            FieldPanel("kinds"),
            Versions("versions", panels=VERSION, heading=_("What it allows, and when"), label=_("Version"), min_num=1),
        ],
        base_form_class=MeasureTypeForm,
    )


class SchemeViewSet(SnippetViewSet):
    """Those that have to be read again soonest stand first."""

    model = Scheme
    icon = "form"
    menu_label = _("What helps to pay")
    menu_order = 131
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 100  # a country has a dozen
    list_display = ("__str__", Column("review_on", label=_("To be reviewed again by"), sort_key="review_on"))
    list_filter = ("country",)
    ordering = ("review_on", "key")
    edit_handler = ObjectList(
        [
            fields("key", "country"),
            in_each_language("name", _("Name")),
            in_each_language("pays", _("What it pays for")),
            in_each_language("applies", _("Who applies, and where")),
            in_each_language("note", _("Good to know")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("kinds", "codes", "supervision", "always")],
                heading=_("Where it belongs"),
                classname="collapsed",
            ),
            fields("valid_from", "valid_to"),
            fields("sure", "checked_on", "review_on", "source"),
        ],
        base_form_class=KeyedForm,
    )


register_snippet(MeasureTypeViewSet)
register_snippet(SchemeViewSet)


class ReadAgain(Component):
    """On the dashboard: schemes whose day of review has passed. Readers are told so too, until somebody has read them again."""

    template_name = "placements/read_again.html"
    order = 250

    def __init__(self, today: date) -> None:
        self.overdue = Scheme.objects.filter(review_on__lt=today).order_by("review_on", "key")

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"overdue": [(one, reverse("wagtailsnippets_placements_scheme:edit", args=[one.pk])) for one in self.overdue]}


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def read_again(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("placements.change_scheme"):
        panels.append(ReadAgain(localdate()))
