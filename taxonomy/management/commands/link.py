"""What words mean: `manage.py link --kind skill|occupation|need --lang sv|nb|en "…"`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from taxonomy import linker
from taxonomy.encoders import EncoderUnavailable
from taxonomy.encoders.ngrams import words
from taxonomy.linker import Link, NeedLink
from taxonomy.models import Concept, Need

LANGUAGES = ("sv", "nb", "en")
FEW = 8  # words; more are read as running text
ENDS = (".", "!", "?", "\n")


class Command(BaseCommand):
    help = "Print the concepts or needs that words may mean: sure, or to be asked about, and the words that each was read from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--kind", required=True, choices=["skill", "occupation", "need"])
        parser.add_argument("--lang", default="sv", choices=LANGUAGES, help="language of the words")
        parser.add_argument("--out-lang", choices=LANGUAGES, help="language of the labels that are printed; without it that of the words")
        parser.add_argument("--limit", type=int, default=8)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text, kind = options["text"], options["kind"]
        try:
            found = self._found(text, kind, options["limit"])
        except EncoderUnavailable as reason:
            raise CommandError(str(reason)) from reason
        labels = self._labels(found, options["out_lang"] or options["lang"])
        rows = [self._row(text, one, labels) for one in found]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            answer = "sure" if row["sure"] else "ask "
            self.stdout.write(f"{answer} {row['score']:.2f}  {row['label']}  ({row['key']})  “{row['words']}” {row['start']}-{row['end']}")
        if not rows:
            self.stdout.write("nothing is near")

    def _found(self, text: str, kind: str, limit: int) -> list[Link] | list[NeedLink]:
        """A few words as a name; more as running text, which may name several things."""
        if kind == "need":
            return linker.link_need(text, limit=limit)
        wanted: linker.LinkKind = "skill" if kind == "skill" else "occupation"
        if len(words(text[: linker.MOST_LETTERS])) > FEW or text.strip().endswith(ENDS):
            return linker.link_text(text, kind=wanted, limit=limit)
        return linker.link(text, kind=wanted, limit=limit)

    def _labels(self, found: list[Link] | list[NeedLink], language: str) -> dict[str, str]:
        keys = [_key(one) for one in found]
        labels = {one.key: one.label_in(language) for one in Concept.objects.filter(key__in=keys).with_labels()}
        return labels | {one.code: one.label_in(language) for one in Need.objects.filter(code__in=keys)}

    def _row(self, text: str, one: Link | NeedLink, labels: dict[str, str]) -> dict[str, Any]:
        key, read = _key(one), text[one.start : one.end]
        near = one.like if isinstance(one, NeedLink) else one.label
        return {
            **{"key": key, "label": labels.get(key, near), "score": round(one.score, 4), "sure": one.sure},
            **{"words": read, "start": one.start, "end": one.end, "near": near},
        }


def _key(one: Link | NeedLink) -> str:
    return one.code if isinstance(one, NeedLink) else one.concept
