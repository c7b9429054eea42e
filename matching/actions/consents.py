"""The jobseeker's yes and no, and the opening of the door."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from matching import access
from matching.actions.moves import close, locked, move
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.queries import working_days_after
from matching.states import Closed, NotThere, Refused, State
from outbox.actions import post

TEXT_VERSION = "2026-11"  # of microcopy 8, the words the person says yes to


def leave_out(suggestion_id: UUID, name: str, *, by: ActiveRole, at: datetime) -> None:
    """Take one field off the card."""
    _change_card(suggestion_id, by, at, lambda removed: sorted({*removed, name} & set(access.removable())))


def put_back(suggestion_id: UUID, name: str, *, by: ActiveRole, at: datetime) -> None:
    """Put a field that was taken off back on the card."""
    _change_card(suggestion_id, by, at, lambda removed: [one for one in removed if one != name])


def _change_card(suggestion_id: UUID, by: ActiveRole, at: datetime, change: access.Change) -> None:
    with transaction.atomic():
        suggestion, approval = _asked(suggestion_id, by)
        approval.removed = change(approval.removed)
        approval.save(update_fields=["removed"])
        record("card_changed", "suggestion", suggestion.pk, by=by, at=at)


def consent(suggestion_id: UUID, *, by: ActiveRole, at: datetime, seen: str, until: date | None = None, channel: str = "") -> Introduction:
    """The second yes, and in the same transaction the door: everything is checked again under the row locks.

    `seen` is the hash of the card that was on the page. A changed card or posting: Refused("changed"), nothing is shown.
    `channel` is set when the advisor answers on the person's behalf.
    """
    with transaction.atomic():
        suggestion, approval = _asked(suggestion_id, by)
        card = access.consented_card(approval)
        status = suggestion.posting.status
        if seen != card.hash or status.published_hash != approval.posting_hash or status.state != "published":
            raise Refused("changed")
        if approval.answer_by < localdate(at):
            raise Refused("lapsed")
        given = Consent.objects.create(
            suggestion=suggestion,
            approval=approval,
            at=at,
            until=until or localdate(at) + timedelta(weeks=settings.ANSWER_DAYS["consent_weeks"]),
            text_version=TEXT_VERSION,
            posting_hash=approval.posting_hash,
            card_hash=card.hash,
            sealed={"card": card.as_list()},
            channel=channel,
        )
        record("consent_given", "consent", given.pk, by=by, at=at, after=TEXT_VERSION, channel=channel)
        move(suggestion, State.CONSENTED, by=by, at=at, channel=channel)
        return _introduce(suggestion, approval, given, by=by, at=at)


def _introduce(suggestion: Suggestion, approval: Approval, given: Consent, *, by: ActiveRole, at: datetime) -> Introduction:
    """Open the door. The advisor must still be the person's own; the database checks all of it once more."""
    if approval.by_id != suggestion.profile.advisor_id or suggestion.profile.left_at:
        raise Refused("changed")
    employer = suggestion.posting.employer
    door = Introduction.objects.create(
        suggestion=suggestion,
        approval=approval,
        consent=given,
        posting=suggestion.posting,
        opened_at=at,
        answer_by=min(working_days_after(localdate(at), employer.answer_days, employer.country), given.until),
    )
    record("introduction_opened", "introduction", door.pk, by=by, at=at, after=str(door.state))
    move(suggestion, State.INTRODUCED, by=by, at=at)
    for reader_id in access.readers_of(door):
        post("introduction", reader_id=reader_id, at=at, about=door.pk)
    return door


def decline(suggestion_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "") -> None:
    """A no. Nobody asks why, and the employer is told nothing."""
    with transaction.atomic():
        suggestion, _ = _asked(suggestion_id, by)
        close(suggestion, Closed.DECLINED, by=by, at=at, channel=channel)
        if suggestion.profile.advisor_id:
            post("something_new", reader_id=suggestion.profile.advisor_id, at=at, about=suggestion.pk)


def withdraw(consent_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "") -> None:
    """Take the yes back. The employer's view is closed when this returns; a second call changes nothing."""
    with transaction.atomic():
        found = Consent.objects.filter(pk=consent_id).values_list("suggestion_id", flat=True).first()
        suggestion = _persons(found, by) if found else None
        if suggestion is None:
            raise NotThere
        given = Consent.objects.select_for_update().get(pk=consent_id)
        if given.withdrawn_at is not None:
            return
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
        record("consent_withdrawn", "consent", given.pk, by=by, at=at, channel=channel)
        if suggestion.state != State.CLOSED:
            close(suggestion, Closed.WITHDRAWN, by=by, at=at, channel=channel)
        for reader_id in access.readers_of_posting(suggestion.posting.employer_id):
            post("contact_ended", reader_id=reader_id, at=at, about=suggestion.pk)


def _persons(suggestion_id: UUID, by: ActiveRole) -> Suggestion | None:
    """The suggestion, for the person it is about or, on their behalf, their own advisor."""
    suggestion = locked(suggestion_id)
    profile = suggestion.profile
    is_self = by.kind == "jobseeker" and profile.user_id == by.user_id
    is_advisor = by.kind == "advisor" and profile.advisor_id == by.user_id
    return suggestion if is_self or is_advisor else None


def _asked(suggestion_id: UUID, by: ActiveRole) -> tuple[Suggestion, Approval]:
    suggestion = _persons(suggestion_id, by)
    if suggestion is None or not suggestion.approved_once:
        raise NotThere
    approval = suggestion.approvals.select_for_update().filter(void_at=None).first()
    if suggestion.state != State.APPROVED or approval is None:
        raise Refused("closed" if suggestion.state == State.CLOSED else "decided")
    return suggestion, approval
