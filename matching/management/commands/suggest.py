"""Print the ordered suggestions for one posting, with their reasons: `manage.py suggest POSTING`."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone, translation

from employers.models import Posting
from matching import actions, engine, queries
from matching.actions import runs
from taxonomy.encoders import EncoderUnavailable


class Command(BaseCommand):
    help = "Score everyone for one open posting, store the suggestions, and print them in order with their reasons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("posting", help="the id of a posting, or the id it has at its source")
        parser.add_argument("--most", type=int, default=10, help="how many to print (all are stored)")
        parser.add_argument("--language", choices=["sv", "nb", "en"], default="en", help="of the reasons")
        parser.add_argument("--dry-run", action="store_true", help="print only, store nothing")

    def handle(self, *, posting: str, most: int, language: str, dry_run: bool, **options: Any) -> None:
        found = _posting(posting)
        if rests := runs.stopped():
            since = f"{timezone.localtime(rests.at):%Y-%m-%d %H:%M}"
            raise CommandError(f"The engine rests since {since} ({rests.reason}). A coordinator starts it again on the page of the engine.")
        try:
            result = engine.for_posting(found)
        except EncoderUnavailable as error:
            raise CommandError(f"No match: {error}") from error
        new = 0 if dry_run else actions.store(result, at=timezone.now(), posting_id=found.pk)
        fitting = [one for one in result.found if one.parts.eligible]
        counts = f"{len(fitting)} suggestions, {len(result.found) - len(fitting)} would fit if, {new} new"
        self.stdout.write(f"{found.title}: {result.scored} people scored, {counts}")
        with translation.override(language):
            for place, one in enumerate(result.found[:most], start=1):
                self._write(place, one)

    def _write(self, place: int, one: engine.Found) -> None:
        words = queries.reasons_in_words(one.sealed, audience="advisor")
        # The person's random id, never a name: this output ends up in terminals and logs.
        self.stdout.write(f"{place:3}. person {str(one.profile_id)[:8]}  order {one.parts.order:.3f}  fit {one.parts.fit:.2f}")
        for sign, sentences in (("?", words.would_fit_if), ("+", words.speaks_for), ("-", words.against)):
            for sentence in sentences:
                self.stdout.write(f"       {sign} {sentence}")


def _posting(given: str) -> Posting:
    """By our own id, else by the one of its source, which may look like ours."""
    named = Q(source_id=given)
    with suppress(ValueError):
        named |= Q(pk=UUID(given))
    found = Posting.objects.filter(named).whole().order_by("source_id").first()
    if found is None:
        raise CommandError(f"There is no posting {given}.")
    if found.status.state != "published":
        raise CommandError(f"The posting is {found.status.state}; only published postings are matched.")
    return found
