"""What another model or catalogue would change: `manage.py compare_models --encoder NAME_OR_PATH [--catalogue FOLDER] [--json]`."""

import getpass
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from employers.models import Posting
from matching.actions.comparisons import keep_comparison
from matching.queries import comparison
from taxonomy.actions import BadFileError
from taxonomy.encoders import EncoderUnavailable


class Command(BaseCommand):
    help = (
        "Score everybody for the newest open postings twice, as it is and with another model or catalogue, and tell what would change. "
        "Nothing goes live. A catalogue is read inside a transaction: on SQLite others wait with writing meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--encoder", default="", help="as INGANG_ENCODER: nordic, a weights file (.bin), or a model's path or name")
        parser.add_argument("--catalogue", type=Path, help="a folder with a needs.csv")
        parser.add_argument("--postings", type=int, default=50, help="how many of the newest open postings")
        parser.add_argument("--by", default="", help="who compares; the account at this machine when left out")
        parser.add_argument("--json", action="store_true", help="the whole report as JSON")

    def handle(self, *, encoder: str, catalogue: Path | None, postings: int, by: str, json: bool, **options: Any) -> None:
        if not encoder and catalogue is None:
            raise CommandError("Name what to compare with: --encoder, --catalogue, or both.")
        found = list(Posting.objects.open().whole().order_by("-status__published_at", "pk")[: max(postings, 0)])
        if not found:
            raise CommandError("There is no open posting to compare by.")
        try:
            before = comparison.in_use(found)
            after = comparison.with_other(found, encoder=encoder, catalogue=catalogue)
        except EncoderUnavailable as error:
            raise CommandError(f"No comparison: {error}") from error
        except (BadFileError, OSError) as error:
            raise CommandError(f"No comparison: the catalogue cannot be read. {error}") from error
        figures = comparison.figures(before, after, found)
        keep_comparison(figures, who=by or getpass.getuser(), before=before.name, after=after.name, at=timezone.now())
        shown = comparison.examples(before, after, found)
        for line in [_as_json(before, after, figures, shown)] if json else sentences(before, after, figures, shown):
            self.stdout.write(line)


def _as_json(before: comparison.Side, after: comparison.Side, figures: dict[str, Any], shown: list[dict[str, Any]]) -> str:
    return json.dumps({"before": before.name, "after": after.name, **figures, "examples": shown}, ensure_ascii=False, indent=2)


def sentences(before: comparison.Side, after: comparison.Side, figures: dict[str, Any], shown: list[dict[str, Any]]) -> list[str]:
    """The report for a person at a terminal."""
    said = [
        f"In use:        {before.name}",
        f"Compared with: {after.name}",
        f"{figures['orders_changed']} of {figures['postings']} orders change among their first ten. "
        f"In common {figures['overlap']:.3f}, Kendall's tau {figures['tau']:.3f}.",
        f"{figures['newly']} pairs would be suggested anew, {figures['no_longer']} no longer; "
        f"of {figures['questions_changed']} pairs something else would be asked.",
    ]
    if after.needs != before.needs:
        said.append(f"Needs: new {', '.join(figures['needs_added']) or '–'}; reworded {', '.join(figures['needs_reworded']) or '–'}.")
    said.append("Selection rates against everybody's (was, would be), groups of ten or more:")
    said += [
        f"  {group:<16} {figures['rates']['before'].get(group, 0):.2f} {ratio:.2f}" for group, ratio in figures["rates"]["after"].items()
    ]
    said.append(f"To look at (outside 0.8 to 1.25): {', '.join(figures['alarms']) or 'none'}.")
    said.append(f"Twins that came out unequal: {figures['twins']['unequal']} of {figures['twins']['checked']}.")
    said += [
        f"  {one['posting']}: in common {one['overlap']}, in {' '.join(one['in']) or '–'}, out {' '.join(one['out']) or '–'}"
        for one in shown
    ]
    return said
