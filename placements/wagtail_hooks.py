"""In the editors' admin: the kinds of placement and what each allowed when. Nothing about people is here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from placements.forms.measures import MeasureTypeForm
from placements.models import MeasureType

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


register_snippet(MeasureTypeViewSet)
