"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import letters, receivers  # noqa: F401, PLC0415 (they register themselves; models are not loaded before ready())
