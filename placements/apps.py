"""Placements as a Django app: editors keep the rules, and the database holds the order of signatures as well (signals.py)."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from placements.signals import GUARD

EDITORS = "Editors"
RULES = [*(f"{may}_measuretype" for may in ("view", "add", "change")), *(f"{may}_scheme" for may in ("view", "add", "change", "delete"))]


def let_editors_write_rules(using: str, **_given: Any) -> None:
    """Given after every migrate, because permission rows are made after the migrations; giving them twice changes nothing."""
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 (models are not loaded when this module is)

    group, _created = Group.objects.using(using).get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.using(using).filter(content_type__app_label="placements", codename__in=RULES))


class PlacementsConfig(AppConfig):
    name = "placements"

    def ready(self) -> None:
        # Models are not loaded before ready(), and these modules need them.
        from placements import letters, receivers  # noqa: F401, PLC0415

        post_migrate.connect(let_editors_write_rules, dispatch_uid="placements.let_editors_write_rules")
        pre_migrate.connect(GUARD.remove, sender=self)
        post_migrate.connect(GUARD.install, sender=self)
