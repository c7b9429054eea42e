"""Write anew what the lists hold of everyone, and fill the index of people beside the old one: `manage.py rebuild_people`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching import actions
from matching.index import IndexUnavailable, chosen, world
from matching.index.elastic import Elastic
from taxonomy.encoders import EncoderUnavailable


class Command(BaseCommand):
    help = "Read everyone anew into the engine's lists and, where there is one, the index in Elasticsearch. Matching goes on meanwhile."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{actions.list_anew()} people are listed anew")
        index = chosen()
        if not isinstance(index, Elastic):
            return
        try:
            count = index.rebuild(world(), progress=self._say)
        except (IndexUnavailable, EncoderUnavailable) as error:
            raise CommandError(f"The index was not rebuilt, and the old one stays: {error}") from error
        self.stdout.write(f"{count} people are in the index at {settings.ELASTICSEARCH_URL.rpartition('@')[2]}")

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total}")
