"""Read ads of other job boards into postings: `manage.py import_postings FILE --format jobtech|af2019|nav --as DRAFT|PUBLISHED`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from employers import actions, documents, linker


class Command(BaseCommand):
    help = "Read ads of other job boards into postings. A second run changes nothing; what is odd is said, a line each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", required=True, choices=sorted(documents.FORMATS))
        parser.add_argument("--as", dest="wanted", default="DRAFT", choices=["DRAFT", "PUBLISHED"])

    def handle(self, *args: Any, **options: Any) -> None:
        counted = {"created": 0, "already here": 0, "refused": 0}
        self.words = True
        for place, raw in enumerate(documents.ads_in(self._delivery(options["file"])), start=1):
            counted[self._one(place, raw, options)] += 1
        self.stdout.write(", ".join(f"{n} {what}" for what, n in counted.items()))

    def _delivery(self, path: Path) -> Any:
        try:
            return json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{path} is not JSON: {error}.") from error

    def _one(self, place: int, raw: Any, options: dict[str, Any]) -> str:
        """Import one ad; returns under which name it counts."""
        try:
            ad = documents.read(raw, options["format"])
            posting, created, problems = actions.import_posting(
                ad, self._linked(ad), by=None, at=timezone.now(), publish=options["wanted"] == "PUBLISHED"
            )
        except documents.Unreadable as reason:
            self.stdout.write(f"ad {place} is left out: {reason}")
            return "refused"
        except DatabaseError as error:
            self.stdout.write(f"ad {place} is left out: the database refused it ({type(error).__name__})")
            return "refused"
        for problem in problems:
            self.stdout.write(f"{ad.source_id}: {problem}")
        if created:
            self.stdout.write(f"{ad.source_id}: {posting.pk} {posting.title}")
        return "created" if created else "already here"

    def _linked(self, ad: documents.Ad) -> linker.Linked:
        """With concepts; without them when there is no encoder, which is said once."""
        if self.words:
            try:
                return linker.linked(ad)
            except linker.EncoderUnavailable as reason:
                self.words = False
                self.stdout.write(f"words are not linked to skills and occupations: {reason}")
        return linker.linked(ad, words=False)
