"""Fill the index of people anew beside the old one: `manage.py rebuild_people`. Only where the settings name an Elasticsearch."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching import actions
from matching.index import IndexUnavailable, chosen, world
from matching.index.elastic import Elastic
from taxonomy.encoders import EncoderUnavailable


class Command(BaseCommand):
    help = "Fill the index of people in Elasticsearch anew. People are found in the old one until the new one takes its place."

    def handle(self, **options: Any) -> None:
        index = chosen()
        if not isinstance(index, Elastic):
            raise CommandError("ELASTICSEARCH_URL is not set: people are looked up in the worker's memory, which needs no rebuilding.")
        actions.list_missing()
        try:
            count = index.rebuild(world(), progress=self._say)
        except (IndexUnavailable, EncoderUnavailable) as error:
            raise CommandError(f"The index was not rebuilt, and the old one stays: {error}") from error
        self.stdout.write(f"{count} people are in the index at {settings.ELASTICSEARCH_URL.rpartition('@')[2]}")

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total}")
