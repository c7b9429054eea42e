"""How long a posting stays open without a word from its employer: asked twice, then it ends. And what lets it go on."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.actions.moves import SEEN, locked, move, refuse_while_in_review, write_to_members
from employers.models import Posting, PostingStatus
from employers.models.postings import ASKED_TWICE
from employers.queries.lasting import BETWEEN, FIRST_AFTER, LAST, SECOND_AFTER
from employers.signals import POSTING_PUBLISHED
from employers.states import PostingState, Refused
from outbox.actions import announce, call_off

LONGEST = timedelta(days=183)  # no posting is promised for more than half a year at a time


def ask_if_valid(*, at: datetime) -> int:
    """Ask the members of each employer that has been silent for long. Returns how many postings were asked about; a second run finds none.

    Ads that a feed brings are their source's: it says when they are over. Those that were imported once are asked about as all others.
    """
    silent = PostingStatus.objects.filter(state=PostingState.PUBLISHED, followed=False).filter(_first(at) | _second(at))
    return sum(_ask(pk, at) for pk in list(silent.values_list("pk", flat=True)))


def _first(at: datetime) -> Q:
    return Q(reminders=0, confirmed_at__lte=at - FIRST_AFTER)


def _second(at: datetime) -> Q:
    return Q(reminders=1, confirmed_at__lte=at - SECOND_AFTER, asked_at__lte=at - BETWEEN)


def _ask(posting_id: UUID, at: datetime) -> bool:
    with transaction.atomic():
        posting, status = locked(posting_id, None)
        if not PostingStatus.objects.filter(_first(at) | _second(at), pk=posting_id, state=PostingState.PUBLISHED).exists():
            return False
        status.reminders, status.asked_at = status.reminders + 1, at
        status.save(update_fields=["reminders", "asked_at"])
        record("posting_validity_asked", "posting", posting_id, by=None, at=at, after=str(status.reminders))
        write_to_members(posting.employer_id, "still_valid", posting_id, at=at)
    return True


def silent_for_long(at: datetime) -> Q:
    """Of statuses: asked twice, and time enough to answer has gone by."""
    return Q(state=PostingState.PUBLISHED, reminders=ASKED_TWICE, asked_at__lte=at - LAST)


def still_valid(posting_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The employer says that the posting is open. Saying it twice changes nothing more."""
    with transaction.atomic():
        _, status = locked(posting_id, by)
        if status.state != PostingState.PUBLISHED:
            raise Refused("state")
        _confirm(status, by=by, at=at)


def extend(posting_id: UUID, last_day: date | None, *, by: ActiveRole, at: datetime) -> None:
    """A later last day, or none. An expired posting opens again with the words that were public; the last day is no part of what was
    approved, so no editor reads it again. Refused("too_far") beyond half a year."""
    with transaction.atomic():
        posting, status = locked(posting_id, by)
        refuse_while_in_review(status)
        if not posting.live or status.state not in SEEN | {PostingState.EXPIRED}:
            raise Refused("state")
        if last_day and not localdate(at) <= last_day <= localdate(at) + LONGEST:
            raise Refused("over" if last_day < localdate(at) else "too_far")
        _set_last_day(posting, last_day)
        status.expires_on = last_day
        if status.state == PostingState.EXPIRED:
            move(status, PostingState.PUBLISHED, by=by, at=at, why="extended")
        else:
            _confirm(status, by=by, at=at, what="posting_extended")
            if status.state == PostingState.PUBLISHED:
                announce(POSTING_PUBLISHED, at=at, posting_id=str(posting_id))


def _confirm(status: PostingStatus, *, by: ActiveRole, at: datetime, what: str = "posting_still_valid") -> None:
    status.confirmed_at, status.reminders, status.asked_at = at, 0, None
    status.save()
    call_off(["still_valid"], about=status.pk, at=at)
    record(what, "posting", status.pk, by=by, at=at)


def _set_last_day(posting: Posting, last_day: date | None) -> None:
    """In the public row, and in newer words that wait."""
    posting.last_day = last_day
    posting.save(update_fields=["last_day"])
    newest = posting.latest_revision
    if newest is not None:
        newest.content["last_day"] = last_day.isoformat() if last_day else None
        newest.save(update_fields=["content"])


def copy_posting(posting_id: UUID, *, by: ActiveRole, at: datetime) -> Posting:
    """A new draft with the newest words of another posting. Days that have passed, the state and what was kept are not copied."""
    with transaction.atomic():
        original, _ = locked(posting_id, by)
        words = original.get_latest_revision_as_object() if original.live else original
        told = {name: getattr(words, name) for name in COPIED}
        made = Posting.objects.create(employer_id=original.employer_id, live=False, **told)
        PostingStatus.objects.create(posting=made, step=1)
        record("posting_copied", "posting", made.pk, by=by, at=at, before=str(posting_id))
    return made


COPIED = (
    *("workplace", "language", "kind", "leads_to_job", "title", "tasks", "day", "occupation", "hours_min", "hours_max", "times"),
    *("weeks_min", "weeks_max", "places", "skills", "language_level", "licences", "offers", "supervisor"),
    *("contact_name", "contact_phone", "contact_email", "pay", "agreement"),
)
