"""Load the kinds of placement that come with the product, as often as one likes: `manage.py load_measures`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from placements.actions import BadRulesError, load_measures


class Command(BaseCommand):
    help = "Load the kinds of placement of each country. A second time changes nothing, and what an editor has changed stays."

    def handle(self, **options: Any) -> None:
        try:
            self.stdout.write(f"kinds of placement: {load_measures(at=timezone.now())}")
        except BadRulesError as error:
            raise CommandError(str(error)) from error
