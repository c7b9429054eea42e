"""What came of a suggestion or an interest, as the person may know it: of what the advisor has approved, and of nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from matching.models import Interest, Introduction, Suggestion
from matching.states import Closed, State


class Came(TextChoices):
    WITH_ADVISOR = "with_advisor", _("With your advisor")
    WAITING = "waiting", _("Waiting for your answer")
    YES = "yes", _("You said yes")
    NO = "no", _("You said no")
    LAPSED = "lapsed", _("The time to answer ran out")
    TAKEN_BACK = "taken_back", _("You took back your yes")
    THEIR_NO = "their_no", _("The employer said no")
    ENDED = "ended", _("The contact has ended")
    FILLED = "filled", _("The posting is filled")
    POSTING_CLOSED = "posting_closed", _("The posting is closed")
    CHANGED = "changed", _("Has changed since")


BEFORE_A_DOOR = {
    Closed.DECLINED: Came.NO,
    Closed.LAPSED: Came.LAPSED,
    Closed.FILLED: Came.FILLED,
    Closed.WITHDRAWN: Came.POSTING_CLOSED,
}


def door_of(suggestion: Suggestion) -> Introduction | None:
    """The introduction that the suggestion became, if it did."""
    return getattr(suggestion, "introduction", None)


def came_of(suggestion: Suggestion) -> Came:
    """Of a suggestion that the advisor has approved."""
    door = door_of(suggestion)
    if suggestion.state == State.APPROVED:
        return Came.WAITING
    if suggestion.state != State.CLOSED:
        return Came.YES
    if door is None:
        return BEFORE_A_DOOR.get(Closed(suggestion.closed_as), Came.CHANGED)
    if door.answer == "decline":
        return Came.THEIR_NO
    return Came.TAKEN_BACK if door.consent.withdrawn_at else Came.FILLED if suggestion.closed_as == Closed.FILLED else Came.ENDED


@dataclass(frozen=True)
class InterestRow:
    """One interest and what came of it; the suggestion only if the advisor has approved one."""

    interest: Interest
    came: Came
    suggestion: Suggestion | None


def interest_rows(interests: Iterable[Interest]) -> list[InterestRow]:
    """In one query more. What the advisor has not read yet and what they have put aside look the same: it is with them."""
    found = list(interests)
    profiles, postings = {one.profile_id for one in found}, {one.posting_id for one in found}
    shown = Suggestion.objects.approved().filter(profile_id__in=profiles, posting_id__in=postings).order_by("created_at")
    latest: dict[tuple[UUID, UUID], Suggestion] = {(one.profile_id, one.posting_id): one for one in shown}
    return [_interest_row(one, latest.get((one.profile_id, one.posting_id))) for one in found]


def _interest_row(interest: Interest, suggestion: Suggestion | None) -> InterestRow:
    if suggestion is not None:
        return InterestRow(interest, came_of(suggestion), suggestion)
    is_open = interest.posting.status.state == "published"
    return InterestRow(interest, Came.WITH_ADVISOR if is_open else Came.POSTING_CLOSED, None)
