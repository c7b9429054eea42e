"""Who wants to hear of which fact, and who writes which letter: two tables that higher apps fill when they load."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# A receiver reads and computes outside any transaction and returns the change to make; `carry` makes that
# change in the transaction that closes the delivery, so that a killed worker loses and doubles nothing.
Effect = Callable[[], object]
Receiver = Callable[..., Effect | None]

RECEIVERS: dict[str, dict[str, Receiver]] = {}


@dataclass(frozen=True)
class Content:
    """A letter as it leaves: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


WRITERS: dict[str, Callable[[Any], Content | None]] = {}


def receives(fact: str) -> Callable[[Receiver], Receiver]:
    """Register a function of a `receivers.py` for a fact, called with the fact's ids as keywords."""

    def register(receiver: Receiver) -> Receiver:
        RECEIVERS.setdefault(fact, {})[f"{receiver.__module__}.{receiver.__qualname__}"] = receiver
        return receiver

    return register


def writes(kind: str) -> Callable[[Callable[[Any], Content | None]], Callable[[Any], Content | None]]:
    """Register the writer of one kind of letter; it returns None when the letter may no longer be sent."""

    def register(writer: Callable[[Any], Content | None]) -> Callable[[Any], Content | None]:
        WRITERS[kind] = writer
        return writer

    return register
