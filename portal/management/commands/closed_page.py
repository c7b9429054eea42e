"""Writes the page that the web server shows while Ingång is closed, once per language: `manage.py closed_page DIR`."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.errors import bare_page


class Command(BaseCommand):
    help = "Write DIR/503.sv.html, 503.nb.html and 503.en.html. Needs no database (docs/closed.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--since", default="", help="when it closed, as 2026-11-26T14:00; now, if nothing is said")

    def handle(self, *, folder: Path, since: str, **options: Any) -> None:
        at = _time(since)
        folder.mkdir(parents=True, exist_ok=True)
        for language, _name in settings.LANGUAGES:
            half = folder / f".503.{language}"
            half.write_text(bare_page("503.html", language, since=at), encoding="utf-8")
            half.replace(folder / f"503.{language}.html")
        self.stdout.write(f"Three pages are in {folder}.")


def _time(text: str) -> datetime:
    if not text:
        return timezone.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no time: write it as 2026-11-26T14:00.") from error
    return timezone.make_aware(found) if timezone.is_naive(found) else found
