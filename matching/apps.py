"""Matching as a Django app; the database holds the two yeses as well (signals.py)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from matching.signals import GUARD


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        # Models are not loaded before ready(), and both modules need them.
        from matching import letters, receivers  # noqa: F401, PLC0415

        pre_migrate.connect(GUARD.remove, sender=self)
        post_migrate.connect(GUARD.install, sender=self)
