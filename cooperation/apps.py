"""Cooperation as a Django app; the database holds as well that nobody is invited without a yes (signals.py)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from cooperation.signals import GUARD


class CooperationConfig(AppConfig):
    name = "cooperation"

    def ready(self) -> None:
        # Models are not loaded before ready(), and these modules need them.
        from cooperation import letters, receivers  # noqa: F401, PLC0415

        pre_migrate.connect(GUARD.remove, sender=self)
        post_migrate.connect(GUARD.install, sender=self)
