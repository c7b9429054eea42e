"""The audit log as a Django app; its tables refuse changes (signals.py)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        from audit.signals import guard_the_log  # noqa: PLC0415 (models are not loaded before ready())

        post_migrate.connect(guard_the_log, sender=self)
