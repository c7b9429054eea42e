"""Build the search index anew: `manage.py rebuild_index`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import index


class Command(BaseCommand):
    help = "Index every open posting anew. Visitors are answered all the while."

    def handle(self, **options: Any) -> None:
        try:
            count = index.rebuild(self.stdout.write)
        except index.IndexUnavailable as error:
            raise CommandError(f"Elasticsearch could not be filled ({error}); the database answers, and the old index goes on.") from error
        self.stdout.write(f"{count} postings in the index")
