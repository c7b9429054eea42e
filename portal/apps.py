"""The website as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import receivers  # noqa: F401, PLC0415 (models are not loaded before ready())
