"""Ready-made postings to start from (employers/starts/postings.toml), in the language of whoever begins."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from employers.models import Kind
from taxonomy.models import Concept

FILE = Path(__file__).resolve().parent.parent / "starts" / "postings.toml"
WORDS = ("title", "tasks", "day")


@dataclass(frozen=True)
class Start:
    """`answers` are the fields of a posting that it fills in, without the occupation, which is a concept's key."""

    slug: str
    title: str
    kind: Kind
    occupation: str
    answers: Mapping[str, Any]


def starts(language: str) -> tuple[Start, ...]:
    """In the order of the file; a language that has no words gets the Swedish ones."""
    return _starts(language if language in {"sv", "nb", "en"} else "sv")


@lru_cache(maxsize=3)
def _starts(language: str) -> tuple[Start, ...]:
    return tuple(_start(told, language) for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["start"])


def _start(told: Mapping[str, Any], language: str) -> Start:
    answers = {name: told[language][name] for name in WORDS} | {"kind": told["kind"], "leads_to_job": told.get("leads_to_job", "")}
    for name in ("hours", "weeks"):
        answers[f"{name}_min"], answers[f"{name}_max"] = told.get(name, (None, None))
    return Start(
        slug=told["slug"],
        title=answers["title"],
        kind=Kind(told["kind"]),
        occupation=told["occupation"],
        answers={**answers, "times": told["times"], "places": None if told["kind"] == Kind.ACTIVITY else 1},
    )


def answers_of(slug: str, language: str) -> dict[str, Any]:
    """What a new posting begins with; nothing for an unknown or empty name. Reads the occupation, which the vocabulary may lack."""
    found = next((one for one in starts(language) if one.slug == slug), None)
    if found is None:
        return {}
    return {**found.answers, "occupation": Concept.objects.occupations().filter(key=found.occupation).first()}
