"""Matching as a Django app; the database holds the two yeses as well (signals.py)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        # Models are not loaded before ready(), and both modules need them.
        from matching import letters, receivers  # noqa: F401, PLC0415
        from matching.signals import guard_the_two_yeses, let_tables_be_remade  # noqa: PLC0415

        pre_migrate.connect(let_tables_be_remade, sender=self)
        post_migrate.connect(guard_the_two_yeses, sender=self)
