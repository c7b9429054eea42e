"""Build the search index anew: `manage.py rebuild_index`."""

from typing import Any

from django.core.management.base import BaseCommand

from search import index


class Command(BaseCommand):
    help = "Index every open posting anew."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} postings in the index")
