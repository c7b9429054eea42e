"""What every change of a posting begins with: the row lock, whose it is, and the one assignment of its state."""

from datetime import datetime
from uuid import UUID

from accounts.access import ActiveRole
from accounts.models import Membership, RoleKind
from audit.actions import record
from employers.models import Employer, Posting, PostingStatus, Workplace
from employers.signals import POSTING_CLOSED, POSTING_PUBLISHED
from employers.states import NotThere, PostingState, Refused, may_follow
from outbox.actions import announce, post

CLOSED = {PostingState.PAUSED, PostingState.FILLED, PostingState.EXPIRED, PostingState.WITHDRAWN}
SEEN = {PostingState.PUBLISHED, PostingState.PAUSED, PostingState.FILLED}


def own_employer(by: ActiveRole) -> UUID:
    """The employer that `by` acts for. Raises NotThere for every other role."""
    if by.kind != "employer" or by.employer_id is None:
        raise NotThere
    return by.employer_id


def own_workplace(workplace_id: UUID, by: ActiveRole) -> Workplace:
    """The workplace, locked: of two who change it, its supervisors or its offers, the second finds what the first has saved."""
    found = Workplace.objects.select_for_update().filter(pk=workplace_id, employer_id=own_employer(by)).first()
    if found is None:
        raise NotThere
    return found


def locked(posting_id: UUID, by: ActiveRole | None) -> tuple[Posting, PostingStatus]:
    """The posting and its status, whose row is locked. `by=None` is the system; an employer's member sees only their own.

    The posting is read once the lock is held: joined to the status it would be the row from before the wait.
    """
    rows = PostingStatus.objects.select_for_update(of=("self",))
    if by is not None:
        rows = rows.filter(posting__employer_id=own_employer(by))
    status = rows.filter(pk=posting_id).first()
    if status is None:
        raise NotThere
    return status.posting, status


def move(status: PostingStatus, state: PostingState, *, by: ActiveRole | None, at: datetime, why: str = "") -> None:
    """The one function that assigns a posting's state. Logs it and announces what others must hear."""
    before = status.state
    if not may_follow(before, state):
        raise Refused("state")
    status.state, status.reminders, status.asked_at = state, 0, None
    if state == PostingState.PUBLISHED:
        status.confirmed_at = at
    status.save()
    record("posting_moved", "posting", status.pk, by=by, at=at, before=before, after=state, why=why)
    if state == PostingState.PUBLISHED:
        announce(POSTING_PUBLISHED, at=at, posting_id=str(status.pk))
    elif state in CLOSED and before in SEEN:
        announce(POSTING_CLOSED, at=at, posting_id=str(status.pk))


def refuse_while_in_review(status: PostingStatus) -> None:
    """What an editor reads must not change under their eyes."""
    if status.reviewed_revision_id is not None:
        raise Refused("in_review")


def write_to_members(employer_id: UUID, kind: str, about: UUID, *, at: datetime, managers: bool = False) -> int:
    """One letter of this kind to each member who acts for the employer now. Returns how many these are."""
    members = Membership.objects.filter(employer_id=employer_id).valid(at)
    chosen = members.filter(manages=True) if managers else members
    readers = list(chosen.values_list("user_id", flat=True))
    for reader_id in readers:
        post(kind, reader_id=reader_id, at=at, about=about)
    return len(readers)


def write_to_editors(kind: str, about: UUID, *, at: datetime) -> None:
    """One letter of this kind to each editor."""
    for reader_id in Membership.objects.filter(kind=RoleKind.EDITOR).valid(at).values_list("user_id", flat=True).distinct():
        post(kind, reader_id=reader_id, at=at, about=about)


def employer_of(by: ActiveRole) -> Employer:
    return Employer.objects.get(pk=own_employer(by))
