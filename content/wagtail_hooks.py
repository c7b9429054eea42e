"""In the editors' admin: a word on how hard a page is to read, and what its translations lack."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.models import Locale

from content.models import Article


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
    public = set(specific.get_translations(inclusive=True).live().values_list("locale_id", flat=True))
    missing = [str(locale.get_display_name()) for locale in Locale.objects.exclude(pk__in=public) if locale.pk != specific.locale_id]
    if missing:
        messages.info(request, gettext("Not public yet in: %(languages)s") % {"languages": ", ".join(missing)})
