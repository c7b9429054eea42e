"""The states of a joint meeting, and what may follow what. Plain Python."""

from enum import StrEnum


class MeetingState(StrEnum):
    PLANNED = "planned"  # nobody has heard of it but the person and the advisor
    INVITED = "invited"
    HELD = "held"
    CANCELLED = "cancelled"


MEETING_FOLLOWS: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.INVITED, MeetingState.CANCELLED}),
    MeetingState.INVITED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
AHEAD = frozenset({MeetingState.PLANNED, MeetingState.INVITED})  # it may still be changed, and somebody may be invited
NEED_A_YES = frozenset({"agency", "employer"})  # the kinds of party that come only with the person's yes


def meeting_may_follow(before: str, after: str) -> bool:
    return MeetingState(after) in MEETING_FOLLOWS[MeetingState(before)]
