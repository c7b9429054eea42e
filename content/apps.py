"""The editors' pages as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig

LAST = "django.contrib.sessions"  # of the apps with tables: when its turn comes, pages, languages and permissions are all there


def prepare(sender: Any, using: str, **_given: Any) -> None:
    """The sections in each language, and what editors may do there. After every migrate; a second time changes nothing."""
    if sender.name != LAST or using != "default":
        return
    from content import actions  # noqa: PLC0415 (models are not loaded when this module is)

    actions.ensure_tree()
    actions.let_editors_publish()


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from content import letters, receivers  # noqa: F401, PLC0415 (connects Wagtail's signals; models are not loaded before ready())

        post_migrate.connect(prepare, dispatch_uid="content.prepare")


class RedirectsConfig(WagtailRedirectsAppConfig):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's own without its doors for machines, which are closed here: they load Django REST framework, and with it a client of
    PostgreSQL and one of HTTP, into every process.
    """

    def ready(self) -> None:
        from wagtail.contrib.redirects import models, signal_handlers  # noqa: PLC0415 (models are not loaded before ready())
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415
        from wagtail.signals import page_slug_changed, post_page_move  # noqa: PLC0415

        register_permission_policy(models.Redirect)
        post_page_move.connect(signal_handlers.autocreate_redirects_on_page_move)
        page_slug_changed.connect(signal_handlers.autocreate_redirects_on_slug_change)


class SnippetsConfig(WagtailSnippetsAppConfig):  # type: ignore[misc]
    """The same: here the doors load the hooks of every app, which is the whole of the editors' pages."""

    def ready(self) -> None:
        from wagtail.snippets import models  # noqa: PLC0415 (models are not loaded before ready())

        models.register_deferred_snippets()
        post_migrate.connect(models.create_extra_permissions, sender=self)
