"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import receivers  # noqa: F401, PLC0415 (registers for facts; models are not loaded before ready())
