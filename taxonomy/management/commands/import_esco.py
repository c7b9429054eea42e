"""Read ESCO on top of the starter vocabulary: `manage.py import_esco DIR`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taxonomy.actions import BadFileError, Counts, import_esco, load_starter
from taxonomy.models import Concept


class Command(BaseCommand):
    help = "Read the official ESCO CSV files or a folder of packed label tables. May be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--languages", nargs="+", default=[], metavar="CODE", help="keep only these languages, e.g. sv nb en (default: all)"
        )

    def handle(self, *, folder: Path, languages: list[str], **options: Any) -> None:
        now, started = timezone.now(), time.monotonic()
        try:
            # Our own keys have to be there first, or ESCO's would take their place for good.
            if not Concept.objects.filter(source="starter").exists():
                load_starter(at=now)
            counts = import_esco(folder, at=now, languages=languages, report=self._report)
        except BadFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"ESCO: {counts} ({time.monotonic() - started:.0f} s)")

    def _report(self, name: str, rows: int, counts: Counts | None) -> None:
        self.stdout.write(f"{name}: {counts}" if counts else f"{name}: {rows} rows")
        self.stdout.flush()
