"""Reports of postings, and feeds that are followed, in the menu of the editors' admin."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def posting_reports() -> Any:
    return MenuItem(_("Reported postings"), reverse_lazy("posting_reports"), icon_name="warning", order=108)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def feeds() -> Any:
    return MenuItem(_("Feeds of others"), reverse_lazy("feeds"), icon_name="download", order=109)
