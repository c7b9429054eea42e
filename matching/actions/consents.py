"""The jobseeker's yes and no, and the opening of the door."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from jobseekers.models import BehalfReason, Channel, Profile
from jobseekers.signals import PROFILE_CHANGED
from matching import access
from matching.actions.moves import close, locked, move, own
from matching.actions.reminders import promised_day, remind_of_promise
from matching.models import Approval, Consent, Introduction, Suggestion
from matching.states import Closed, NotThere, Refused, State
from outbox.actions import announce, post

TEXT_VERSION = "2026-11"  # of microcopy 8, the words the person says yes to


@dataclass(frozen=True)
class Behalf:
    """How a person told their advisor what to answer, and why they did not answer themselves (codes of `jobseekers.models`)."""

    channel: str = ""
    why: str = ""


THEMSELVES = Behalf()


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


def talk_first(suggestion_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The person wants to talk with the advisor before answering: the advisor is told, once; the time to answer stands."""
    with transaction.atomic():
        suggestion, approval = _asked(suggestion_id, by)
        if approval.talk_at is not None:
            return
        approval.talk_at = at
        approval.save(update_fields=["talk_at"])
        record("talk_wanted", "suggestion", suggestion.pk, by=by, at=at)
        post("something_new", reader_id=approval.by_id, at=at, about=approval.pk)


def consent(
    suggestion_id: UUID,
    *,
    by: ActiveRole,
    at: datetime,
    seen: str,
    text: str = TEXT_VERSION,
    until: date | None = None,
    behalf: Behalf = THEMSELVES,
) -> Introduction:
    """The second yes, and in the same transaction the door: everything is checked again under the row locks.

    `seen` is the hash of the card that was on the page, `text` the version of the words around it. A changed card or posting, or words
    that are no longer asked with: Refused("changed"), nothing is shown.
    An advisor who answers for the person says so in `behalf`, or is refused ("channel").
    """
    if text != TEXT_VERSION:
        raise Refused("changed")
    with transaction.atomic():
        suggestion, approval = _asked(suggestion_id, by, behalf)
        if access.card_for(suggestion).hash == approval.card_hash:
            return _say_yes(suggestion, approval, by=by, at=at, seen=seen, until=until, behalf=behalf)
        # What the person tells about themselves is no longer what was approved: it goes back to the advisor.
        close(suggestion, Closed.STALE, by=None, at=at)
        announce(PROFILE_CHANGED, at=at, profile_id=str(suggestion.profile_id))
    raise Refused("changed")


def _say_yes(
    suggestion: Suggestion, approval: Approval, *, by: ActiveRole, at: datetime, seen: str, until: date | None, behalf: Behalf
) -> Introduction:
    card, status = access.consented_card(approval), suggestion.posting.status
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
        channel=behalf.channel,
        why=behalf.why,
    )
    record("consent_given", "consent", given.pk, by=by, at=at, after=TEXT_VERSION, why=behalf.why, channel=behalf.channel)
    move(suggestion, State.CONSENTED, by=by, at=at, channel=behalf.channel)
    _tell(suggestion, "said_yes", by=by, at=at, behalf=behalf)
    return _introduce(suggestion, approval, given, by=by, at=at)


def _introduce(suggestion: Suggestion, approval: Approval, given: Consent, *, by: ActiveRole, at: datetime) -> Introduction:
    """Open the door. The advisor must still be the person's own, and the person here; the database checks all of it once more."""
    if approval.by_id != suggestion.profile.advisor_id:
        raise Refused("changed")
    if not Profile.objects.matchable().filter(pk=suggestion.profile_id).exists():
        raise Refused("closed")
    door = Introduction.objects.create(
        suggestion=suggestion,
        approval=approval,
        consent=given,
        posting=suggestion.posting,
        opened_at=at,
        answer_by=promised_day(suggestion.posting.employer, given.until, at),
    )
    record("introduction_opened", "introduction", door.pk, by=by, at=at, after=str(door.state))
    move(suggestion, State.INTRODUCED, by=by, at=at)
    for reader_id in access.readers_of(door):
        post("introduction", reader_id=reader_id, at=at, about=door.pk)
    remind_of_promise(door, at=at)
    return door


def decline(suggestion_id: UUID, *, by: ActiveRole, at: datetime, behalf: Behalf = THEMSELVES) -> None:
    """A no. Nobody asks why, and the employer is told nothing."""
    with transaction.atomic():
        suggestion, _ = _asked(suggestion_id, by, behalf)
        close(suggestion, Closed.DECLINED, by=by, at=at, why=behalf.why, channel=behalf.channel)
        _tell(suggestion, "said_no", by=by, at=at, behalf=behalf)
        if suggestion.profile.advisor_id and suggestion.profile.advisor_id != by.user_id:
            post("something_new", reader_id=suggestion.profile.advisor_id, at=at, about=suggestion.pk)


def show_similar(suggestion_id: UUID, show: bool, *, by: ActiveRole, at: datetime) -> None:
    """After a no: nothing like this again, or after all. The engine reads it, the advisor sees it, the employer never does."""
    with transaction.atomic():
        suggestion = _persons(suggestion_id, by)
        if suggestion is None or not suggestion.approved_once:
            raise NotThere
        if suggestion.closed_as != Closed.DECLINED:
            raise Refused("decided")
        if suggestion.no_similar == (not show):
            return
        unwished = None if show else suggestion.posting.occupation_id  # what it was when they said so
        Suggestion.objects.filter(pk=suggestion.pk).update(no_similar=not show, unwished=unwished)
        record("similar_asked", "suggestion", suggestion.pk, by=by, at=at, after="show" if show else "hide")
        announce(PROFILE_CHANGED, at=at, profile_id=str(suggestion.profile_id))


def withdraw(consent_id: UUID, *, by: ActiveRole, at: datetime, behalf: Behalf = THEMSELVES) -> None:
    """Take the yes back. The employer's view is closed when this returns; a second call changes nothing."""
    with transaction.atomic():
        found = Consent.objects.filter(pk=consent_id).values_list("suggestion_id", flat=True).first()
        suggestion = _persons(found, by, behalf) if found else None
        if suggestion is None:
            raise NotThere
        given = Consent.objects.select_for_update().get(pk=consent_id)
        if given.withdrawn_at is not None:
            return
        if suggestion.state != State.CLOSED:  # before the yes goes: then the database has shut the door already, and nobody is told
            close(suggestion, Closed.WITHDRAWN, by=by, at=at, channel=behalf.channel)
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
        record("consent_withdrawn", "consent", given.pk, by=by, at=at, why=behalf.why, channel=behalf.channel)
        _tell(suggestion, "took_back", by=by, at=at, behalf=behalf)


def _tell(suggestion: Suggestion, what: str, *, by: ActiveRole, at: datetime, behalf: Behalf) -> None:
    """What the advisor answered for the person stands under "Who has seen", and a letter says that there is something to read."""
    if by.user_id != suggestion.profile.user_id:
        record(what, "profile", suggestion.profile_id, by=by, at=at, why=behalf.why, channel=behalf.channel)
        post("answered_for_you", reader_id=suggestion.profile.user_id, at=at, about=suggestion.pk)


def _persons(suggestion_id: UUID, by: ActiveRole, behalf: Behalf | None = None) -> Suggestion | None:
    """The suggestion, for the person it is about or, on their behalf, their own advisor.

    `behalf` None: a step that answers nothing. Raises Refused("channel") when an advisor answers without saying how they were told.
    """
    if by.kind == RoleKind.JOBSEEKER:
        suggestion = locked(suggestion_id, profile__user_id=by.user_id)
        return suggestion if suggestion.profile.user_id == by.user_id else None
    suggestion = own(suggestion_id, by)
    if behalf is not None and (behalf.channel not in Channel.values or behalf.why not in BehalfReason.values):
        raise Refused("channel")
    return suggestion


def _asked(suggestion_id: UUID, by: ActiveRole, behalf: Behalf | None = None) -> tuple[Suggestion, Approval]:
    suggestion = _persons(suggestion_id, by, behalf)
    if suggestion is None or not suggestion.approved_once:
        raise NotThere
    approval = suggestion.approvals.select_for_update().filter(void_at=None).first()
    if suggestion.state != State.APPROVED or approval is None:
        raise Refused("closed" if suggestion.state == State.CLOSED else "decided")
    return suggestion, approval
