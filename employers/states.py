"""The states of a posting and what may follow what. Plain Python."""

from enum import StrEnum


class PostingState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


S = PostingState
FOLLOWS: dict[PostingState, frozenset[PostingState]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.WITHDRAWN, S.PUBLISHED}),  # PUBLISHED: an import that was told so
    S.SUBMITTED: frozenset({S.PUBLISHED, S.RETURNED, S.DRAFT, S.EXPIRED, S.WITHDRAWN}),  # EXPIRED: it was that before
    S.RETURNED: frozenset({S.SUBMITTED, S.EXPIRED, S.WITHDRAWN, S.PUBLISHED}),
    S.PUBLISHED: frozenset({S.PUBLISHED, S.PAUSED, S.FILLED, S.EXPIRED, S.WITHDRAWN}),
    S.PAUSED: frozenset({S.PUBLISHED, S.FILLED, S.EXPIRED, S.WITHDRAWN}),
    S.FILLED: frozenset({S.PUBLISHED, S.EXPIRED, S.WITHDRAWN}),
    S.EXPIRED: frozenset({S.SUBMITTED, S.WITHDRAWN, S.PUBLISHED}),
    S.WITHDRAWN: frozenset(),
}
OPEN = frozenset({S.PUBLISHED})
WAS_PUBLIC = frozenset({S.PAUSED, S.FILLED, S.EXPIRED, S.WITHDRAWN})


def may_follow(before: str, after: str) -> bool:
    return PostingState(after) in FOLLOWS[PostingState(before)]


class Refused(Exception):
    """A move that the rules do not allow; `code` says why, `fields` which answers are missing."""

    def __init__(self, code: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class NotThere(Exception):
    """Not yours, or not there at all: the caller must answer both alike."""
