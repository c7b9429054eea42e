"""The states of a suggestion and an introduction, and what may follow what. Plain Python."""

from enum import StrEnum


class State(StrEnum):
    SUGGESTED = "suggested"
    APPROVED = "approved"
    CONSENTED = "consented"
    INTRODUCED = "introduced"
    CLOSED = "closed"


class Closed(StrEnum):
    """Why a suggestion is closed."""

    DISMISSED = "dismissed"  # by the advisor, with a reason code
    DECLINED = "declined"  # by the jobseeker, no reason asked
    LAPSED = "lapsed"  # the person's time to answer ran out, nothing was shown
    REFUSED = "refused"  # by the employer, who had read the card
    ENDED = "ended"  # the door had been open, and the yes ran out or the contact came to an end
    WITHDRAWN = "withdrawn"  # the yes was taken back, or the posting was withdrawn
    FILLED = "filled"
    STALE = "stale"  # what was approved has changed


class Door(StrEnum):
    """The states of an introduction."""

    OPEN = "open"
    ANSWERED = "answered"
    MEETING = "meeting"
    AGREED = "agreed"
    SUSPENDED = "suspended"
    CLOSED = "closed"


FOLLOWS: dict[State, frozenset[State]] = {
    State.SUGGESTED: frozenset({State.APPROVED, State.CLOSED}),
    State.APPROVED: frozenset({State.CONSENTED, State.CLOSED}),
    State.CONSENTED: frozenset({State.INTRODUCED, State.CLOSED}),
    State.INTRODUCED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}
DOOR_FOLLOWS: dict[Door, frozenset[Door]] = {
    Door.OPEN: frozenset({Door.ANSWERED, Door.MEETING, Door.SUSPENDED, Door.CLOSED}),
    Door.ANSWERED: frozenset({Door.MEETING, Door.AGREED, Door.SUSPENDED, Door.CLOSED}),
    Door.MEETING: frozenset({Door.ANSWERED, Door.AGREED, Door.SUSPENDED, Door.CLOSED}),
    Door.AGREED: frozenset({Door.CLOSED}),
    Door.SUSPENDED: frozenset({Door.OPEN, Door.ANSWERED, Door.MEETING, Door.CLOSED}),
    Door.CLOSED: frozenset(),
}
READABLE = frozenset({Door.OPEN, Door.ANSWERED, Door.MEETING, Door.AGREED})  # the employer may read the card
LIVE = frozenset(set(State) - {State.CLOSED})


def may_follow(before: str, after: str) -> bool:
    return State(after) in FOLLOWS[State(before)]


def door_may_follow(before: str, after: str) -> bool:
    return Door(after) in DOOR_FOLLOWS[Door(before)]


APPROVALS_STOPPED = "approvals_stopped"  # the event, and the letter, when approvals come faster than anybody reads


class Refused(Exception):
    """A step that may not be taken now. `code` says why and is turned into a sentence by the view:
    changed, channel, closed, conflict, decided, lapsed, pace, paused, refused, reminded (matching/views/doors.py)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotThere(Exception):
    """It does not exist, or it is not this actor's: one answer for both."""
