"""Employers as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

EDITORS = "Editors"
RULES = [("employers", f"{may}_wordingrule") for may in ("view", "add", "change", "delete")]
REVIEWING = [("employers", "view_posting"), ("employers", "publish_posting"), ("wagtailadmin", "access_admin"), *RULES]


def let_editors_review(using: str, **_given: Any) -> None:
    """What the group of editors needs to find and decide on postings. Given after every migrate, because permission rows are
    made after the migrations; giving them twice changes nothing."""
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 (models are not loaded when this module is)

    group, _created = Group.objects.using(using).get_or_create(name=EDITORS)
    for app, codename in REVIEWING:
        group.permissions.add(*Permission.objects.using(using).filter(content_type__app_label=app, codename=codename))


class EmployersConfig(AppConfig):
    name = "employers"

    def ready(self) -> None:
        from employers import letters, receivers  # noqa: F401, PLC0415 (connects Wagtail's signals; models are not loaded before ready())

        # "wagtail.admin" is migrated last of those that own the permissions asked for.
        post_migrate.connect(let_editors_review, dispatch_uid="employers.let_editors_review")
