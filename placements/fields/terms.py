"""What an agreement says, as plain data that is sealed in one piece."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be reached: a supervisor, a person to call, a school."""

    name: str = ""
    title: str = ""  # of a supervisor: what they work with; of others: where they belong
    phone: str = ""
    email: str = ""

    def without_ways(self) -> "Contact":
        """Who it is, without how to reach them."""
        return replace(self, phone="", email="")


@dataclass(frozen=True, slots=True)
class Goal:
    category: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One adaptation that the parties agree on: a code of the needs catalogue, how it is done here, who does it, by when, who pays."""

    code: str
    how: str = ""
    who: str = ""  # a `Doer`
    by: str = ""  # an ISO day; empty: from the first day
    pays: str = ""  # a `Payer`

    def as_mapping(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """Hours a week from a later day on."""

    day: str  # ISO
    hours: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that the parties sign beside the dates."""

    hours: int = 0
    days: tuple[str, ...] = ()
    times: str = ""
    steps: tuple[Step, ...] = ()
    tasks: str = ""
    goals: tuple[Goal, ...] = ()
    supervisor: Contact = field(default_factory=Contact)
    safety: tuple[str, ...] = ()
    safety_words: str = ""
    emergency: Contact = field(default_factory=Contact)
    adaptations: tuple[Agreed, ...] = ()
    check_in_weeks: int = 4
    other: Contact = field(default_factory=Contact)
    pay: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> "Terms":
        """Of what `as_json` gave, or an older release did: what is missing is empty, what is no longer known is left out."""
        known = {name: held[name] for name in cls.__slots__ if name in held}
        for name in ("supervisor", "emergency", "other"):
            known[name] = Contact(**known.get(name, {}))
        for name, made in (("steps", Step), ("goals", Goal), ("adaptations", Agreed)):
            known[name] = tuple(made(**one) for one in known.get(name, ()))
        for name in ("days", "safety"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def address_of(self, party: str) -> str:
        """Where a letter to the supervisor goes, or to the school or county; empty where no address is written."""
        return (self.supervisor if party == "supervisor" else self.other).email

    def material(self) -> "Terms":
        """What the signatures rest on. A telephone number may change without asking everyone again."""
        return replace(
            self,
            supervisor=self.supervisor.without_ways(),
            emergency=Contact(),
            other=self.other.without_ways(),
        )
