"""Jobseekers as a Django app."""

from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    name = "jobseekers"

    def ready(self) -> None:
        from jobseekers import letters  # noqa: F401, PLC0415 (letters read models, which are not loaded before ready())
