"""The advisor's decisions on one suggestion."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from employers.actions import ask_about
from matching import access, engine
from matching.actions.moves import close, move, own
from matching.actions.pace import is_too_fast, report_pace
from matching.actions.reminders import remind_of_answer
from matching.models import Approval, Suggestion
from matching.states import Closed, Refused, State
from outbox.actions import post

LEASE = timedelta(minutes=20)


def hold(suggestion_id: UUID, *, by: ActiveRole, at: datetime) -> bool:
    """Say that the advisor reads this now; False when somebody else in the team holds it."""
    with transaction.atomic():
        suggestion = own(suggestion_id, by)
        if suggestion.held_by_id not in {None, by.user_id} and suggestion.held_until and suggestion.held_until > at:
            return False
        if suggestion.held_by_id != by.user_id:
            record("suggestion_held", "suggestion", suggestion.pk, by=by, at=at)
        Suggestion.objects.filter(pk=suggestion.pk).update(held_by=by.user_id, held_until=at + LEASE)
    return True


def keep_on_card(suggestion_id: UUID, names: list[str], *, by: ActiveRole, at: datetime) -> None:
    """Choose which fields the card will have. Needs are no field and cannot be added."""
    with transaction.atomic():
        suggestion = _undecided(suggestion_id, by)
        suggestion.card_fields = [name for name in access.CARD_FIELDS if name in names or name in access.ALWAYS]
        suggestion.save(update_fields=["card_fields"])
        record("card_built", "suggestion", suggestion.pk, by=by, at=at)


def approve(suggestion_id: UUID, *, by: ActiveRole, at: datetime, seen: str, words: str, answer_by: date | None = None) -> Approval:
    """The first yes. `seen` is the version the advisor read (`access.version_of`); anything newer is refused as "changed".

    `words` is what the jobseeker will read. Raises NotThere, and Refused: "changed", "decided", "closed", "paused" while the person
    wants none, "conflict" for an advisor who is also a member of the employer (then a colleague has to decide), "pace" for what comes
    faster than anybody reads.
    """
    with transaction.atomic():
        if not is_too_fast(Approval.objects.all(), by=by, at=at):
            return _approve(suggestion_id, by=by, at=at, seen=seen, words=words, answer_by=answer_by)
    report_pace(by=by, at=at)
    raise Refused("pace")


def _approve(suggestion_id: UUID, *, by: ActiveRole, at: datetime, seen: str, words: str, answer_by: date | None) -> Approval:
    suggestion = _undecided(suggestion_id, by)
    posting, profile = suggestion.posting, suggestion.profile
    if by.user_id in access.readers_of_posting(posting.employer_id):
        raise Refused("conflict")
    if profile.paused or profile.left_at:
        raise Refused("paused")
    now = engine.profile_hash(engine.person_of(profile))
    if seen != access.version_of(suggestion) or posting.status.state != "published":
        raise Refused("changed")
    if posting.status.published_hash != suggestion.posting_hash or now != suggestion.profile_hash:
        raise Refused("changed")
    card = access.card_for(suggestion)
    approval = Approval.objects.create(
        suggestion=suggestion,
        by_id=by.user_id,
        at=at,
        answer_by=answer_by or localdate(at) + timedelta(days=settings.ANSWER_DAYS["jobseeker"]),
        posting_hash=posting.status.published_hash,
        card_hash=card.hash,
        sealed={"card": card.as_list(), "words": words},
    )
    suggestion.approved_once = True
    move(suggestion, State.APPROVED, by=by, at=at)
    post("something_new", reader_id=profile.user_id, at=at, about=approval.pk)
    remind_of_answer(approval, at=at)
    return approval


def dismiss(suggestion_id: UUID, *, by: ActiveRole, at: datetime, reason: str, words: str = "") -> None:
    """Not for this person, with a reason code. The employer never learns of it, nor the log of the reason: it may speak of needs."""
    with transaction.atomic():
        suggestion = _undecided(suggestion_id, by)
        suggestion.decided = suggestion.decided | {"reason": reason} | ({"words": words} if words else {})
        close(suggestion, Closed.DISMISSED, by=by, at=at)


def wait(suggestion_id: UUID, until: date, *, by: ActiveRole, at: datetime) -> None:
    """Put aside until a day."""
    with transaction.atomic():
        suggestion = _undecided(suggestion_id, by)
        suggestion.wait_until, suggestion.held_by, suggestion.held_until = until, None, None
        suggestion.save(update_fields=["wait_until", "held_by", "held_until"])
        record("suggestion_waits", "suggestion", suggestion.pk, by=by, at=at)


def ask(suggestion_id: UUID, *, by: ActiveRole, at: datetime, code: str, need: str = "", quote: str = "") -> None:
    """Ask the employer about the posting, without any person in the question.

    Which question the suggestion waits for is sealed, and in the log it waits as any other: a question may name a need of the person.
    """
    with transaction.atomic():
        suggestion = _undecided(suggestion_id, by)
        question = ask_about(suggestion.posting_id, by=by, at=at, code=code, need=need, quote=quote)
        suggestion.decided = suggestion.decided | {"asked": str(question.pk)}
        suggestion.held_by = suggestion.held_until = None
        suggestion.wait_until = localdate(at) + timedelta(days=7)
        suggestion.save(update_fields=["decided", "wait_until", "held_by", "held_until"])
        record("suggestion_waits", "suggestion", suggestion.pk, by=by, at=at)


def _undecided(suggestion_id: UUID, by: ActiveRole) -> Suggestion:
    suggestion = own(suggestion_id, by)
    if suggestion.state != State.SUGGESTED:
        raise Refused("closed" if suggestion.state == State.CLOSED else "decided")
    return suggestion
