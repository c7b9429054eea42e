"""Repeat a stored run: `manage.py replay RUN [--json]`. Exit status 0 when order and parts are the same, 1 when they are not."""

import json
import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.models import Run
from matching.queries.replays import NotReplayable, Replay, replay
from taxonomy.encoders import EncoderUnavailable


class Command(BaseCommand):
    help = "Score a stored run again: the same order and parts, or which input has changed since. Random ids only, never a name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", help="the id of a run, or `last`")
        parser.add_argument("--json", action="store_true", help="the whole report as JSON")

    def handle(self, *, run: str, json: bool, **options: Any) -> None:
        found = _run(run)
        try:
            report = replay(found)
        except NotReplayable:
            raise CommandError(f"Run {found.pk} holds no record of its order, so it cannot be repeated.") from None
        except EncoderUnavailable as error:
            raise CommandError(f"No match: {error}") from error
        for sentence in [_as_json(report)] if json else sentences(report):
            self.stdout.write(sentence)
        if not report.reproduced:
            sys.exit(1)


def _run(given: str) -> Run:
    if given == "last":
        found = Run.objects.filter(sealed__isnull=False).order_by("-at", "pk").first()
    else:
        try:
            found = Run.objects.filter(pk=UUID(given)).first()
        except ValueError:
            found = None
    if found is None:
        raise CommandError(f"There is no run {given}.")
    return found


def _as_json(report: Replay) -> str:
    return json.dumps(report.as_dict(), indent=2)


def sentences(report: Replay) -> list[str]:
    """The report for a person at a terminal."""
    head = f"Run {report.run} of {report.at}, {report.pairs} pairs"
    if report.reproduced:
        rest = "" if report.same_inputs else " Somebody who is not in the order has changed since."
        return [f"{head}: reproduced, the same order and the same parts.{rest}"]
    said = [f"{head}: not reproduced."]
    said += [f"  {name}: it was {then}, it is {now}." for name, (then, now) in report.versions.items()]
    if report.subject_changed:
        said.append("  What the run was for has changed itself.")
    for words, ids in (
        ("changed since", report.changed),
        ("no longer matched", report.left),
        ("came into the order since", report.came),
        ("unchanged, and no longer in the order", report.out),
    ):
        if ids:
            said.append(f"  {words}: {', '.join(ids)}")
    if report.rest_is_same:
        said.append("  The other pairs have the same parts and stand in the same order.")
    elif not (report.versions or report.subject_changed):
        said.append("  Pairs whose inputs are unchanged have other parts or another order: this is an error of the engine.")
    return said
