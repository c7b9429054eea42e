"""Whether the order depends on what it must not depend on: twins, and how often each group is among the first.

Name, sex, age, origin and the language of the interface are not among what the engine reads: that is looked up on the type itself.
Twins differ in a need that the workplace meets. Groups differ in how people write their skills, and in their country.
"""

import dataclasses
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.queries.evaluation.made import Made
from matching.queries.evaluation.ranking import harmonic, sides
from matching.scoring import Need, Person, Space, score
from taxonomy.encoders import Encoder, Vectors, unit_rows
from taxonomy.linker.evaluation import Mean

NEVER_READ = {"name", "sex", "gender", "age", "birth", "born", "origin", "nationality", "citizenship", "interface_language"}
TWINS, SELECTED = 200, 10
MET_NEED = "quiet"
GROUPS = ("Swedish", "English", "German", "Swedish, misspelt")
CODES = {"English": "en", "German": "de"}
COUNTRIES = ("SE", "NO")
RESAMPLES, SEED, SIDES = 1000, 20, (2.5, 97.5)
AT_ONCE = 1024


@dataclass(frozen=True)
class Fairness:
    """`rates`: how often one of the group is among the first ten, against the group that is so most often: 1 is equal."""

    read_of_a_person: tuple[str, ...]
    forbidden: tuple[str, ...]
    twins: int
    unequal_twins: int
    by_language: dict[str, Mean]
    by_country: dict[str, Mean]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def evaluate_fairness(made: Made, encoder: Encoder, *, seed: int) -> Fairness:
    chance = random.Random(seed)  # noqa: S311 (a made world, not a secret)
    keys = list(made.names)
    middles = unit_rows(sum(encoder.encode([made.names[key][one] for key in keys]) for one in ("sv", "en")))  # type: ignore[arg-type]
    space = Space(keys, middles, made.weights())
    group = [chance.choice(GROUPS) for _ in made.people]
    country = [chance.choice(COUNTRIES) for _ in made.people]
    linked = [_linked(made, person, way, encoder, middles, chance) for person, way in zip(made.people, group, strict=True)]
    fit = harmonic(*sides(made.asked(), linked, (middles, middles), made.weights()))
    here = np.array([chance.choice(COUNTRIES) for _ in made.jobs])[None, :] == np.array(country)[:, None]
    fields = tuple(field.name for field in dataclasses.fields(Person))
    return Fairness(
        read_of_a_person=fields,
        forbidden=tuple(sorted(NEVER_READ & {part for field in fields for part in (field, *field.split("_"))})),
        twins=TWINS,
        unequal_twins=_unequal_twins(made, space, chance),
        by_language=_ratios(_selected(fit), group, GROUPS),
        by_country=_ratios(_selected(np.where(here, fit, -1)), country, COUNTRIES),
    )


def _unequal_twins(made: Made, space: Space, chance: random.Random) -> int:
    """How many of the twins differ in their place: same skills, another random key, and one of them needs what is offered."""
    unequal = 0
    for _ in range(TWINS):
        person, job = chance.choice(made.people), chance.choice(made.jobs)
        twin = dataclasses.replace(person, key=f"{chance.getrandbits(64):016x}", needs=(Need(MET_NEED, must=True),))
        offered = dataclasses.replace(job, offers={MET_NEED: "yes"})
        one, other = score(person, offered, space), score(twin, offered, space)
        unequal += (one.order, one.eligible) != (other.order, other.eligible)
    return unequal


def _linked(made: Made, person: Person, way: str, encoder: Encoder, middles: Vectors, chance: random.Random) -> list[int]:
    """The concepts that the person's own words lead to, nearest first and only: people are scored by what they wrote."""
    texts = [_written(made.names[key], way, chance) for key in person.skills]
    found: list[int] = np.argmax(encoder.encode(texts) @ middles.T, axis=1).tolist()
    return list(dict.fromkeys(found))


def _written(names: dict[str, str], way: str, chance: random.Random) -> str:
    text = names.get(CODES.get(way, "sv"), names["sv"])
    if way != "Swedish, misspelt" or len(text) < len("abcd"):
        return text
    at = chance.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1 :]


def _selected(scores: Vectors) -> NDArray[np.float64]:
    """How often each person is among the first of a posting, shape (people,)."""
    count = min(SELECTED, len(scores))
    first = np.argpartition(-scores, count - 1, axis=0)[:count]
    return np.bincount(first.ravel(), minlength=len(scores)).astype(np.float64)


def _ratios(selected: NDArray[np.float64], group: Sequence[str], groups: Sequence[str]) -> dict[str, Mean]:
    """Each group's rate against the highest, with the interval of resampled people."""
    member = np.array([[one == name for one in group] for name in groups], np.float64)
    drawn = np.random.default_rng(SEED).multinomial(len(group), np.full(len(group), 1 / len(group)), RESAMPLES)
    rates = _rates(np.ones((1, len(group))), selected, member)[0]
    highest = int(rates.argmax())
    ratios = _rates(drawn, selected, member)
    ratios = ratios / np.maximum(ratios[:, [highest]], 1e-9)
    low, high = np.percentile(ratios, SIDES, axis=0)
    shown = zip(groups, rates / max(rates[highest], 1e-9), low, high, strict=True)
    return {name: Mean(float(rate), float(least), float(most)) for name, rate, least, most in shown}


def _rates(drawn: NDArray[Any], selected: NDArray[np.float64], member: NDArray[np.float64]) -> NDArray[np.float64]:
    rates: NDArray[np.float64] = (drawn @ (member * selected).T) / np.maximum(drawn @ member.T, 1)
    return rates
