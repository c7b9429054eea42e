"""The way from the editors' admin to one's own role, password and second factor, which are pages of the website."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def own_account() -> Any:
    return MenuItem(_("Role, password and sign-in"), reverse_lazy("choose_role"), icon_name="user", order=9000)
