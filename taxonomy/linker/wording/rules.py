"""The rules, as they lie in taxonomy/starter/wording/*.toml, and as an editor's region adds its own."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from taxonomy.linker.wording.patterns import Pattern, parse

FOLDER = Path(__file__).resolve().parent.parent.parent / "starter" / "wording"
LANGUAGES = ("sv", "nb", "en")
GROUNDS = ("protected", "group", "health", "language", "licence", "person", "contact", "pay")
Words = Mapping[str, str]  # by language


@dataclass(frozen=True, eq=False)
class Rule:
    """One thing that a posting should say otherwise.

    `words` count wherever they stand, `terms` only in a sentence that holds one of the frames in `beside` (frames.toml) too.
    `unless` are phrases that make innocent what they overlap, `near` the whole sentence, `anywhere` the whole posting. With `free` a "no"
    makes it innocent too. `looks_for` names something that is not words: see numbers.py. A rule without `keep` cannot be passed by.
    `better` is a sentence to put in the place of the one that was found; an empty one takes it away, none means that nobody can know.
    """

    id: str
    ground: str
    words: tuple[Pattern, ...]
    why: Words
    better: Words
    terms: tuple[Pattern, ...] = ()
    beside: tuple[str, ...] = ()  # names of frames
    unless: tuple[Pattern, ...] = ()
    near: tuple[Pattern, ...] = ()
    anywhere: tuple[Pattern, ...] = ()
    free: bool = False
    keep: bool = True
    looks_for: str = ""
    fields: frozenset[str] = field(default_factory=frozenset)  # empty: in every one

    def why_in(self, language: str) -> str:
        return self.why.get(language) or self.why.get("en") or next(iter(self.why.values()), "")


def made(told: Mapping[str, Any]) -> Rule:
    """A rule from its data. Raises WrongPattern or KeyError where it is not one."""
    return Rule(
        id=told["id"],
        ground=told["ground"],
        words=_patterns(told.get("words", ())),
        why=told["why"],
        better=told.get("better", {}),
        terms=_patterns(told.get("terms", ())),
        beside=tuple(told.get("beside", ())),
        unless=_patterns(told.get("unless", ())),
        near=_patterns(told.get("near", ())),
        anywhere=_patterns(told.get("anywhere", ())),
        free=told.get("free", False),
        keep=told.get("keep", True),
        looks_for=told.get("looks_for", ""),
        fields=frozenset(told.get("fields", ())),
    )


def _patterns(lines: Sequence[str]) -> tuple[Pattern, ...]:
    return tuple(parse(line) for line in lines)


@lru_cache(maxsize=1)
def built_in() -> tuple[Rule, ...]:
    """The rules that come with the product."""
    return tuple(made(told) for file in sorted(FOLDER.glob("*.toml")) for told in _read(file).get("rule", ()))


@lru_cache(maxsize=1)
def frames() -> Mapping[str, tuple[Pattern, ...]]:
    """What `beside` names: how a sentence turns to whoever may come."""
    return {name: _patterns(lines) for name, lines in _read(FOLDER / "frames.toml")["frames"].items()}


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
