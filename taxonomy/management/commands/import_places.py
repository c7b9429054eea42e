"""Read a national list of places on top of the starter's: `manage.py import_places FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taxonomy.actions import BadFileError, import_places


class Command(BaseCommand):
    help = "Read places from a table with the columns municipality_code, place, lat and lon. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--country", choices=["SE", "NO"], default="SE")

    def handle(self, *, file: Path, country: str, **options: Any) -> None:
        try:
            counts = import_places(file, at=timezone.now(), country=country, tick=self._tick)
        except BadFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file.name}: {counts}")

    def _tick(self, rows: int) -> None:
        self.stdout.write(f"{rows} rows")
