"""What comes with the product as rows that editors may change: a row that an editor has touched is never written over."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

FOLDER = Path(__file__).resolve().parent.parent / "starter"
LANGUAGES = ("sv", "nb", "en")
OURS = {"id", "shipped", "measure_type_id"}  # columns that say nothing about what a row means


class BadRulesError(Exception):
    """A file of `starter` says something that its rows refuse."""


@dataclass
class Loaded:
    """How many rows were made, changed, left as they are, and left to the editor who had changed them."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0

    def counts(self, held: tuple[str, str] | None, wanted: str) -> bool:
        """Whether to write the row. `held`: its mark when it was loaded, and its mark now; None where it is not there."""
        if held is None:
            self.created += 1
        elif held[0] != held[1]:
            self.kept += 1
        elif held[0] == wanted:
            self.unchanged += 1
        else:
            self.changed += 1
        return held is None or held[0] == held[1] != wanted

    def __str__(self) -> str:
        return f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, {self.kept} kept as an editor wrote them"


def read(name: str, folder: Path) -> list[dict[str, Any]]:
    """The tables of `name`.toml that stand under the same name."""
    found = tomllib.loads((folder / f"{name}s.toml").read_text())[name]
    return list(found)


def by_language(row: dict[str, Any], texts: tuple[str, ...]) -> dict[str, str]:
    """Takes the texts out of a row: {"name": {"sv": …}} becomes {"name_sv": …}."""
    return {f"{text}_{language}": words[language] for text in texts if (words := row.pop(text, None)) for language in LANGUAGES}


def mark(*rows: Model) -> str:
    """A hash of what the rows say. It differs as soon as an editor changes a word."""
    told = [{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in OURS} for row in rows]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def checked(name: str, *rows: Model) -> None:
    """Raises BadRulesError where a row would not get through the editors' own form."""
    for row in rows:
        try:
            row.clean_fields(exclude=OURS | {"measure_type"})
            row.clean()
        except ValidationError as error:
            raise BadRulesError(f"{name}: {error}") from error
