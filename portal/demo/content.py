"""The content of the demo as its files tell it, the ids that follow from it, and its days counted from today."""

import random
import tomllib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.utils.timezone import localdate

from search.documents import fold

T = TypeVar("T")
FOLDER = Path(__file__).parent
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://ingang.example/demo")
FIRST_ACCOUNT = 10**9  # above every account that a real registration gets


@cache
def read(name: str) -> dict[str, Any]:
    """One of the data files: `read("people")` is people.toml."""
    with (FOLDER / f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


def key(*parts: str) -> uuid.UUID:
    """The id of one thing of the demo, the same on every machine and after every reset."""
    return uuid.uuid5(SPACE, "/".join(parts))


def account_id(slug: str) -> int:
    """An account's number. It is fixed too: the log outlives a reset, and must not come to name somebody else."""
    return FIRST_ACCOUNT + key("account", slug).int % FIRST_ACCOUNT


def chance(*parts: str) -> random.Random:
    """Chance with a seed of its own for each thing, so that one change of the content moves nothing else."""
    return random.Random("/".join(("ingang", *parts)))  # noqa: S311 (nothing secret hangs on it)


def weighted(luck: random.Random, choices: Sequence[tuple[T, float]]) -> T:
    return luck.choices([one for one, _ in choices], [weight for _, weight in choices])[0]


def address(name: Sequence[str], domain: str, taken: set[str]) -> str:
    """An e-mail address at a domain that nobody can own; a second person of the same name gets a number."""
    plain = ".".join("".join(c for c in fold(part) if c.isalnum()) for part in name)
    found = f"{plain}@{domain}"
    number = 2
    while found in taken:
        found, number = f"{plain}{number}@{domain}", number + 1
    taken.add(found)
    return found


@dataclass(frozen=True)
class Clock:
    """The moment the demo is made; everything in it lies so and so many days from here."""

    now: datetime

    @property
    def today(self) -> date:
        return localdate(self.now)

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def ago(self, days: float) -> datetime:
        """So many days back, in office hours: nobody of the demo works at night."""
        moment = self.now - timedelta(days=days)
        return moment.replace(hour=7 + moment.minute % 8, second=0, microsecond=0) if days >= 1 else moment
