"""Employers as a Django app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"

    def ready(self) -> None:
        from employers import receivers  # noqa: F401, PLC0415 (connects Wagtail's `published`; models are not loaded before ready())
