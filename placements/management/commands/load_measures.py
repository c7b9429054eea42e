"""Load the kinds of placement and the helper schemes that come with the product, as often as one likes: `manage.py load_measures`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from placements.actions import BadRulesError, load_measures, load_schemes


class Command(BaseCommand):
    help = "Load the kinds of placement of each country, and what helps to pay. What an editor has changed stays as it is."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        try:
            self.stdout.write(f"kinds of placement: {load_measures(at=now)}")
            self.stdout.write(f"helper schemes: {load_schemes(at=now)}")
        except BadRulesError as error:
            raise CommandError(str(error)) from error
