"""Load what ships with the product, as often as one likes: `manage.py load_starter`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taxonomy.actions import BadFileError, load_needs, load_places, load_starter


class Command(BaseCommand):
    help = "Load the starter vocabulary, the needs catalogue and the places. A second time changes nothing."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        try:
            loaded = load_starter(at=now) | {"needs": load_needs(at=now), "places": load_places(at=now)}
        except BadFileError as error:
            raise CommandError(str(error)) from error
        for name, counts in loaded.items():
            self.stdout.write(f"{name}: {counts}")
