"""The editors' pages as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

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
