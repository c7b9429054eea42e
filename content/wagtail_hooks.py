"""In the editors' admin: a word on how hard a page is to read, and what its translations lack."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content import actions
from content.models import Article, Gathering, IssuePage
from content.views import attendance, sending


@hooks.register("after_create_page")  # type: ignore[untyped-decorator]
@hooks.register("after_edit_page")  # type: ignore[untyped-decorator]
def say_what_is_hard(request: HttpRequest, page: Any) -> None:
    """After each saving, also of a draft: the number, the longest sentences, the languages in which the page is not public."""
    specific = page.specific
    if not isinstance(specific, Article) or request.method != "POST":
        return
    draft = specific.get_latest_revision_as_object()
    for sentence in draft.warnings():
        messages.warning(request, sentence)
    for sentence in draft.unwritten():
        messages.info(request, sentence)
    public = set(specific.get_translations(inclusive=True).live().values_list("locale_id", flat=True))
    missing = [str(locale.get_display_name()) for locale in Locale.objects.exclude(pk__in=public) if locale.pk != specific.locale_id]
    if missing:
        messages.info(request, gettext("Not public yet in: %(languages)s") % {"languages": ", ".join(missing)})


class GatheringViewSet(SnippetViewSet):
    model = Gathering
    icon = "date"
    menu_label = _("Event dates")
    menu_order = 120
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("__str__", DateColumn("starts_at", label=_("Begins"), accessor="starts_at"), "place")
    ordering = ("-starts_at",)


register_snippet(GatheringViewSet)


@hooks.register("after_create_snippet")  # type: ignore[untyped-decorator]
@hooks.register("after_edit_snippet")  # type: ignore[untyped-decorator]
def tell_of_changes(request: HttpRequest, instance: Any) -> None:
    """Who comes hears of a new day or place."""
    if isinstance(instance, Gathering):
        moved = actions.tell_of_changes(instance.pk, by=request.role, at=timezone.now())  # type: ignore[attr-defined]
        if moved:
            messages.info(request, gettext("Everybody who comes is told of the change."))


@hooks.register("register_snippet_listing_buttons")  # type: ignore[untyped-decorator]
def people_of(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    if isinstance(snippet, Gathering) and user.has_perm("content.change_gathering"):
        yield Button(gettext("Who comes"), reverse("gathering_people", args=[snippet.pk]), icon_name="group", priority=10)


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]
@hooks.register("register_page_listing_more_buttons")  # type: ignore[untyped-decorator]
def sending_of(page: Any, user: Any, next_url: str | None = None, **more: Any) -> Any:
    if isinstance(page.specific, IssuePage) and page.permissions_for_user(user).can_publish():
        yield Button(gettext("Send as a letter"), reverse("newsletter_sending", args=[page.pk]), icon_name="mail", priority=5)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_addresses() -> list[Any]:
    return [
        path("events/<int:pk>/people/", attendance.people, name="gathering_people"),
        path("events/<int:pk>/people/save/", attendance.save, name="gathering_save"),
        path("newsletter/<int:pk>/", sending.sending, name="newsletter_sending"),
        path("newsletter/<int:pk>/start/", sending.start, name="newsletter_start"),
    ]
