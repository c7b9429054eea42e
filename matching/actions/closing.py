"""What has changed or run out is closed; what waited for somebody goes on. Facts may come late: each step asks what is true now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from jobseekers.models import Profile
from jobseekers.signals import PROFILE_CHANGED
from matching import access
from matching.actions.moves import close, locked, locked_all, rest, resume
from matching.models import Introduction, Suggestion
from matching.states import LIVE, Closed, Door, State
from outbox.actions import announce, forward, post

ASKED = [State.APPROVED, State.CONSENTED]


def void(*, at: datetime, posting_id: UUID | None = None, profile_id: UUID | None = None) -> int:
    """Close what rests on an approval of a posting or a card that has changed since; returns how many.

    When it was the card, the person is scored again, so that the advisor can read and approve the new one.
    """
    side = {"posting_id": posting_id} if posting_id else {"profile_id": profile_id}
    changed_cards = closed = 0
    with transaction.atomic():
        for one in locked_all(state__in=ASKED, **side):
            approval, status = one.approvals.filter(void_at=None).first(), one.posting.status
            same_posting = approval and status.state == "published" and status.published_hash == approval.posting_hash
            same_card = approval and access.card_for(one).hash == approval.card_hash
            if approval and not (same_posting and same_card):
                close(one, _closed_as(status.state), by=None, at=at)
                closed += 1
                changed_cards += not same_card
        if profile_id and changed_cards:
            announce(PROFILE_CHANGED, at=at, profile_id=str(profile_id))
    return closed


def _closed_as(posting_state: str) -> Closed:
    return {"filled": Closed.FILLED, "withdrawn": Closed.WITHDRAWN}.get(posting_state, Closed.STALE)


def lapse(*, at: datetime) -> dict[str, int]:
    """Close what was not answered in time: approvals past their day, and yeses past their date (the door shuts).

    A door that is agreed on stays: the placement behind it goes on. Its card can no longer be read.
    """
    today = localdate(at)
    late = Suggestion.objects.filter(state=State.APPROVED, approvals__void_at=None, approvals__answer_by__lt=today)
    over: dict[str, Any] = {"consents__withdrawn_at": None, "consents__until__lt": today}
    ran_out = Suggestion.objects.filter(state__in=[State.CONSENTED, State.INTRODUCED], **over).exclude(introduction__state=Door.AGREED)
    return {
        "lapsed": sum(_lapse_one(pk, {State.APPROVED}, at) for pk in list(late.values_list("pk", flat=True))),
        "expired": sum(_lapse_one(pk, {State.CONSENTED, State.INTRODUCED}, at) for pk in list(ran_out.values_list("pk", flat=True))),
    }


def _lapse_one(pk: UUID, states: set[State], at: datetime) -> int:
    with transaction.atomic():
        suggestion = locked(pk)
        if suggestion.state not in states:
            return 0
        if suggestion.state == State.INTRODUCED:
            close(suggestion, Closed.ENDED, by=None, at=at)
            return 1
        close(suggestion, Closed.LAPSED, by=None, at=at)
        for reader_id in filter(None, (suggestion.profile.user_id, suggestion.profile.advisor_id)):
            post("lapsed", reader_id=reader_id, at=at, about=suggestion.pk)
    return 1


def close_for_posting(posting_id: UUID, *, at: datetime) -> int:
    """A posting is no longer open: what was not yet introduced is closed. Open doors stay: contact was promised."""
    with transaction.atomic():
        shut = locked_all(state__in=[State.SUGGESTED, *ASKED], posting_id=posting_id)
        return _close_all([one for one in shut if one.posting.status.state != "published"], at)


def close_for_profile(profile_id: UUID, *, left: datetime, at: datetime) -> int:
    """A person left or paused: everything of theirs is closed, doors as well. Who is back already keeps what has begun since, and
    what no advisor has sent on."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update(no_key=True).get(pk=profile_id)
        back = {"moved_at__lte": left} if profile.is_present else {}
        states = [State.INTRODUCED, *ASKED] if profile.is_present else sorted(LIVE)
        return _close_all(locked_all(state__in=states, profile_id=profile_id, **back), at)


def _close_all(suggestions: list[Suggestion], at: datetime) -> int:
    for one in suggestions:
        close(one, _closed_as(one.posting.status.state), by=None, at=at)
    return len(suggestions)


def new_advisor(profile_id: UUID, *, at: datetime) -> int:
    """Another advisor helps the person now, or nobody: what the one before had approved is void, what waited begins its wait anew.

    The run that follows suggests the voided pairs again, for the new advisor to read. An open door rests while nobody helps the
    person, or somebody who belongs to the employer, and goes on with the new advisor, who hears if the employer does not answer.
    """
    with transaction.atomic():
        advisor_id = Profile.objects.select_for_update(no_key=True).get(pk=profile_id).advisor_id
        held = locked_all(state__in=sorted(LIVE), profile_id=profile_id)
        Suggestion.objects.filter(pk__in=[one.pk for one in held], state=State.SUGGESTED).exclude(held_by_id=advisor_id).update(
            held_by=None, held_until=None, wait_until=None
        )
        for door in Introduction.objects.filter(suggestion__in=held).exclude(state__in=[Door.CLOSED, Door.AGREED]):
            if advisor_id is None or advisor_id in access.readers_of_posting(door.posting.employer_id):
                if door.state != Door.SUSPENDED:
                    rest(door, at=at)
            elif door.state == Door.SUSPENDED:
                resume(door, at=at)
            else:
                forward("promise_broken", door.pk, to_id=advisor_id)
        asked = [one for one in held if one.state in ASKED]
        return _close_all([one for one in asked if not one.approvals.filter(void_at=None, by_id=advisor_id).exists()], at)


def wake(question_id: UUID) -> int:
    """The employer has answered: suggestions that waited for it come back to the queue; returns how many.

    Who waits for which question is sealed, so those of the posting that wait are opened. The log has the answer, and no row of its own
    for each suggestion: that would tie the person to what was asked.
    """
    with transaction.atomic():
        held = Suggestion.objects.select_for_update(of=("self",)).only("decided").order_by("pk")
        waiting = held.filter(posting__questions=question_id, state=State.SUGGESTED, wait_until__isnull=False)
        found = [one.pk for one in waiting if one.decided.get("asked") == str(question_id)]
        return Suggestion.objects.filter(pk__in=found).update(wait_until=None)
