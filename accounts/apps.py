"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # Models are not loaded before ready(), and both modules need them.
        from accounts import letters, receivers  # noqa: F401, PLC0415
