"""Postings in the editors' admin: read in full, decided on, never rewritten. Nothing about people is here."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.snippets.models import SnippetAdminURLFinder, register_snippet
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from employers.models import KeptReason, Posting, WordingRule
from employers.queries import checked, summary

DECISIONS = {"approve", "reject"}


class ReadPanel(Panel):
    """Every answer of the posting in words. It has no field: an editor decides, and does not rewrite."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "employers/review.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            found = checked(self.instance)
            kept = [(one, KeptReason(one.reason).label) for one in found.kept]
            told = {"sections": summary(self.instance), "posting": self.instance, "wordings": found.open, "kept": kept}
            return {**super().get_context_data(parent_context), **told}


class ReviewView(EditView):
    """The page of one posting. It saves nothing: a decision is about the revision that was sent, not a copy made on the way."""

    def save_instance(self) -> Posting:
        self.new_revision = self.object.latest_revision
        self.has_content_changes = False
        return self.object  # type: ignore[no-any-return]

    def get_available_actions(self) -> list[str]:
        return [action for action in super().get_available_actions() if action == "workflow-action"]


class ReviewList(IndexView):
    """Every posting, those that are with the editor first and whoever has waited longest on top. Only they lead to their page:
    Wagtail would ask for a right to change them."""

    def get_base_queryset(self) -> QuerySet[Posting]:
        return super().get_base_queryset().select_related("employer__contact", "status")  # type: ignore[no-any-return]

    def order_queryset(self, queryset: QuerySet[Posting]) -> QuerySet[Posting]:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)  # type: ignore[no-any-return]
        waits = Case(When(status__reviewed_revision_id=None, then=None), default=F("status__submitted_at"))
        return queryset.annotate(waits_since=waits).order_by(F("waits_since").asc(nulls_last=True), "-created_at")

    def get_edit_url(self, instance: Posting) -> str | None:
        return reverse(self.edit_url_name, args=(instance.pk,)) if instance.status.reviewed_revision_id else None


class ReviewFinder(SnippetAdminURLFinder):
    """The same for the dashboard, where an editor's work begins."""

    def get_edit_url(self, instance: Posting) -> str | None:
        return str(self.construct_edit_url(instance)) if instance.status.reviewed_revision_id else None


class PostingViewSet(SnippetViewSet):
    model = Posting
    icon = "doc-full"
    menu_label = _("Postings")
    menu_order = 100
    add_to_admin_menu = True
    index_view_class = ReviewList
    edit_view_class = ReviewView
    list_display = (
        "__str__",
        "employer",
        "kind",
        "status",
        DateColumn("sent", label=_("Sent"), accessor="status.submitted_at"),
        Column("contact", label=_("Contact"), accessor="employer.contact"),
    )
    list_filter = ("kind",)
    search_fields = ("title",)
    panels = (ReadPanel(),)

    @property
    def url_finder_class(self) -> type:
        return type("PostingFinder", (ReviewFinder,), {"model": self.model, "edit_url_name": self.get_url_name("edit")})


class WordingRuleViewSet(SnippetViewSet):
    """The region's own rules of the text check. A rule that does not find and leave what its editor says is not saved."""

    model = WordingRule
    icon = "clipboard-list"
    menu_label = _("Text check")
    menu_order = 105
    add_to_admin_menu = True
    list_display = ("__str__", "ground", "active")
    panels = (
        FieldRowPanel([FieldPanel("name"), FieldPanel("ground"), FieldPanel("active")]),
        *(FieldPanel(name) for name in ("words", "unless", "free")),
        MultiFieldPanel([FieldPanel(f"why_{language}") for language in ("sv", "nb", "en")], heading=_("Why")),
        MultiFieldPanel([FieldPanel(f"better_{language}") for language in ("sv", "nb", "en")], heading=_("A better sentence")),
        *(FieldPanel(name) for name in ("finds", "leaves")),
    )


register_snippet(PostingViewSet)
register_snippet(WordingRuleViewSet)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def join_requests() -> Any:
    return MenuItem(_("Ask to join"), reverse_lazy("join_requests"), icon_name="group", order=110)


def _waits_since(state: dict[str, Any]) -> datetime:
    """Of a row of the dashboard: when the employer sent it, or, of anything else that is reviewed, when the review began."""
    status = getattr(state["obj"], "status", None)
    since: datetime = getattr(status, "submitted_at", None) or state["task_state"].started_at
    return since


class OldestFirst(WorkflowObjectsToModeratePanel):
    """What waits for an editor, on the dashboard: whoever has waited longest on top."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["states"].sort(key=_waits_since)
        return context


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def oldest_first(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [OldestFirst() if isinstance(panel, WorkflowObjectsToModeratePanel) else panel for panel in panels]


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def only_decisions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """An editor of a posting approves it or returns it: there is no other button."""
    if context.get("model") is Posting:
        menu_items[:] = [item for item in menu_items if item.name in DECISIONS]
