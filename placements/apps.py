"""Placements as a Django app; the database holds the order of signatures as well (signals.py)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PlacementsConfig(AppConfig):
    name = "placements"

    def ready(self) -> None:
        # Models are not loaded before ready(), and these modules need them.
        from placements import letters, receivers  # noqa: F401, PLC0415
        from placements.signals import guard_the_signatures, let_tables_be_remade  # noqa: PLC0415

        pre_migrate.connect(let_tables_be_remade, sender=self)
        post_migrate.connect(guard_the_signatures, sender=self)
