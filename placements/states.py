"""The states of a placement and of the papers that are signed for it, and what may follow what. Plain Python."""

from enum import StrEnum


class State(StrEnum):
    """Of the placement. While it is a draft, its open paper says how far it has come (`Paper`)."""

    DRAFT = "draft"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Paper(StrEnum):
    """Of one version of the agreement. A version is signed whole: what changes it makes a new one, and the old one void."""

    DRAFT = "draft"
    TO_SIGN = "to_sign"
    PART_SIGNED = "part_signed"
    SIGNED = "signed"
    APPROVED = "approved"  # in force
    REPLACED = "replaced"  # was in force, until a newer one was approved
    VOID = "void"  # was never in force


class Party(StrEnum):
    """Who signs. The advisor is always last."""

    JOBSEEKER = "jobseeker"
    EMPLOYER = "employer"
    SUPERVISOR = "supervisor"
    OTHER = "other"  # a school, a county or a guardian, where the kind of placement has one
    ADVISOR = "advisor"


class Change(StrEnum):
    """What a version is about."""

    FIRST = "first"
    CHANGED = "changed"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    PAUSED = "paused"


FOLLOWS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPROVED, State.CANCELLED, State.EXPIRED}),
    State.APPROVED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.PAUSED, State.COMPLETED, State.ENDED_EARLY}),
    State.PAUSED: frozenset({State.RUNNING, State.COMPLETED, State.ENDED_EARLY}),
    State.COMPLETED: frozenset(),
    State.ENDED_EARLY: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
}
PAPER_FOLLOWS: dict[Paper, frozenset[Paper]] = {
    Paper.DRAFT: frozenset({Paper.TO_SIGN, Paper.VOID}),
    Paper.TO_SIGN: frozenset({Paper.PART_SIGNED, Paper.SIGNED, Paper.VOID}),
    Paper.PART_SIGNED: frozenset({Paper.SIGNED, Paper.VOID}),
    Paper.SIGNED: frozenset({Paper.APPROVED, Paper.VOID}),
    Paper.APPROVED: frozenset({Paper.REPLACED}),
    Paper.REPLACED: frozenset(),
    Paper.VOID: frozenset(),
}
ACTIVE = frozenset({State.APPROVED, State.RUNNING, State.PAUSED})
LIVE = ACTIVE | {State.DRAFT}
STARTED = frozenset({State.RUNNING, State.PAUSED})
OVER = frozenset(set(State) - LIVE)
AGREED_ONCE = ACTIVE | {State.COMPLETED, State.ENDED_EARLY}  # an approved version stood behind it; a cancelled one may have had one too
OPEN_PAPERS = frozenset({Paper.DRAFT, Paper.TO_SIGN, Paper.PART_SIGNED, Paper.SIGNED})
SIGNING = OPEN_PAPERS - {Paper.DRAFT}


def may_follow(before: str, after: str) -> bool:
    return State(after) in FOLLOWS[State(before)]


def paper_may_follow(before: str, after: str) -> bool:
    return Paper(after) in PAPER_FOLLOWS[Paper(before)]


class Refused(Exception):
    """A step that may not be taken now. `code` says why; the view turns it into a sentence (placements/views/doors.py):
    active, address, changed, channel, closed, conflict, dates, day, decided, full, incomplete, job, limits, not_shown, order, pace,
    running, same, supervisor, there, twice."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotThere(Exception):
    """It does not exist, or it is not this actor's: one answer for both."""
