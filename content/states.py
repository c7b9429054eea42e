"""Where a place at an event can be, and what can keep somebody from one."""

from enum import StrEnum


class Seat(StrEnum):
    """The state of a sign-up."""

    PLACED = "placed"
    WAITING = "waiting"
    LEFT = "left"


HELD = (Seat.PLACED, Seat.WAITING)


class Refused(Exception):
    """A change that may not be made now. `code`: over, called_off, sent, not_public, nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
