"""Who wants to hear of which fact, who writes which letter and what it is about: tables that higher apps fill when they load."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

# A receiver reads and computes outside any transaction and returns the change to make; `carry` makes that
# change in the transaction that closes the delivery, so that a killed worker loses and doubles nothing.
Effect = Callable[[], object]
Receiver = Callable[..., Effect | None]

RECEIVERS: dict[str, dict[str, Receiver]] = {}


@dataclass(frozen=True)
class Content:
    """A letter as it leaves: subject, plain text, HTML. `to` is the address of a reader without an account. `calendar` is an entry
    for their calendar (iCalendar), with the method that it names itself."""

    subject: str
    text: str
    html: str
    to: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    calendar: str = ""
    method: str = ""


class NotYet(Exception):  # noqa: N818
    """A letter that has to wait for another one. Raised by its writer; `until` is when to ask again."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


Writer = Callable[[Any], Content | None]
# Of a letter: news and reminders come unless their reader has turned them off, the others always.
About = Literal["news", "reminders", "always"]

WRITERS: dict[str, Writer] = {}
ABOUT: dict[str, About] = {}


def receives(fact: str) -> Callable[[Receiver], Receiver]:
    """Register a function of a `receivers.py` for a fact, called with the fact's ids as keywords."""

    def register(receiver: Receiver) -> Receiver:
        RECEIVERS.setdefault(fact, {})[f"{receiver.__module__}.{receiver.__qualname__}"] = receiver
        return receiver

    return register


def writes(kind: str, *, about: About) -> Callable[[Writer], Writer]:
    """Register the writer of one kind of letter; it returns None when the letter may no longer be sent."""

    def register(writer: Writer) -> Writer:
        WRITERS[kind], ABOUT[kind] = writer, about
        return writer

    return register
