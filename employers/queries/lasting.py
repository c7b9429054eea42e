"""The signed way from a letter to the page that asks whether a posting is still open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.utils.timezone import localdate

from accounts.access import ActiveRole, as_role
from accounts.models import Membership
from employers.models import Posting, PostingStatus
from employers.models.postings import ASKED_TWICE
from employers.states import PostingState

# Since the employer last said that it is open; the least between two letters, also after a worker that was down; and after the last one.
FIRST_AFTER, SECOND_AFTER, BETWEEN, LAST = (timedelta(days=days) for days in (45, 60, 10, 14))
SALT = "employers.still_valid"
GOOD_FOR = timedelta(days=40)  # longer than the two letters and the end are apart


@dataclass(frozen=True)
class Asked:
    """What the link leads to. `waits` is False when somebody has answered already."""

    posting: Posting
    by: ActiveRole
    waits: bool


def link_for(posting_id: UUID, membership_id: int) -> str:
    """Signed: a posting and the member who was asked. It holds nothing else, opens one page and does nothing by being opened."""
    return signing.dumps([posting_id.hex, membership_id], salt=SALT)


def asked_by(link: str, *, at: datetime) -> Asked | None:
    """None for a link that is old or not ours, whose member acts for the employer no more, or whose posting is closed."""
    try:
        posting_id, membership_id = signing.loads(link, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    posting = Posting.objects.select_related("status", "employer").filter(pk=posting_id, status__state=PostingState.PUBLISHED).first()
    member = Membership.objects.valid(at).select_related("user", "team__agency").filter(pk=membership_id).first()
    if posting is None or member is None or member.employer_id != posting.employer_id:
        return None
    return Asked(posting, as_role(member), posting.status.reminders > 0)


def ends_on(status: PostingStatus) -> date | None:
    """The day on which a posting that is asked about ends without an answer."""
    if not status.asked_at or not status.confirmed_at:
        return None
    last_letter = status.asked_at if status.reminders >= ASKED_TWICE else max(status.confirmed_at + SECOND_AFTER, status.asked_at + BETWEEN)
    return localdate(last_letter + LAST)
