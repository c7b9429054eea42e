"""Postings in the editors' admin: read in full, decided on, never rewritten. Nothing about people is here."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from employers.models import Posting

DECISIONS = {"approve", "reject"}


def _read(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name, read_only=True) for name in names]


class ReviewView(EditView):
    """The page of one posting. It saves nothing: a decision is about the revision that was sent, not a copy made on the way."""

    def save_instance(self) -> Posting:
        self.new_revision = self.object.latest_revision
        self.has_content_changes = False
        return self.object  # type: ignore[no-any-return]

    def get_available_actions(self) -> list[str]:
        return [action for action in super().get_available_actions() if action == "workflow-action"]


class PostingViewSet(SnippetViewSet):
    model = Posting
    icon = "doc-full"
    menu_label = _("Postings")
    menu_order = 100
    add_to_admin_menu = True
    edit_view_class = ReviewView
    list_display = ("__str__", "employer", "kind", "status")
    list_filter = ("kind",)
    search_fields = ("title",)
    ordering = ("-created_at",)
    panels = (
        MultiFieldPanel(_read("employer", "workplace", "kind", "leads_to_job"), heading=_("Workplace and kind")),
        MultiFieldPanel(_read("title", "tasks", "day", "language", "occupation"), heading=_("Title and tasks")),
        MultiFieldPanel(
            _read("hours_min", "hours_max", "times", "starts_on", "weeks_min", "weeks_max", "places", "last_day"), heading=_("Time")
        ),
        MultiFieldPanel(_read("skills", "language_level", "licences"), heading=_("Knowledge and language")),
        MultiFieldPanel(_read("offers"), heading=_("How you adapt")),
        MultiFieldPanel(
            _read("supervisor", "contact_name", "contact_phone", "contact_email", "pay", "agreement"),
            heading=_("Supervisor and contact"),
        ),
    )


register_snippet(PostingViewSet)


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def only_decisions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """An editor of a posting approves it or returns it: there is no other button."""
    if context.get("model") is Posting:
        menu_items[:] = [item for item in menu_items if item.name in DECISIONS]
