"""A person takes a copy of everything, or deletes it (docs/decisions/erasure.md)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from employers.models import Invitation
from jobseekers import actions as people
from jobseekers.models import Profile
from matching import exports
from matching.actions.listing import relist
from matching.actions.moves import close, locked_all
from matching.actions.runs import erase_from_runs
from matching.models import Approval, Consent, Interest, Introduction, Message, Suggestion
from matching.signals import PERSON_ERASED
from matching.states import Closed, State
from outbox.actions import announce, forget, post
from search.actions import forget_saved

NO_REASONS: dict[str, Any] = {"parts": {"need_results": []}, "beside": {}, "for": [], "against": [], "ask": [], "if": []}
NO_CARD: dict[str, Any] = {"card": []}


def take_copy(profile_id: UUID, *, by: ActiveRole, at: datetime) -> dict[str, Any]:
    """Everything that is kept about the person, for the person. Who deletes meanwhile waits until the copy is whole."""
    with transaction.atomic():
        people.record_copy(profile_id, by=by, at=at)
        return exports.whole(Profile.objects.select_related("user", "advisor", "team__agency", "place").get(pk=profile_id), at)


def erase(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Delete what is kept about the person, at their own wish: all of it in one transaction, or nothing.

    Open doors close first, and their employers are told that the contact has ended. Of an introduction an empty row stays, and the
    log. What employers have invited the account to is their own writing, and says nothing by going away. Raises the NotThere of jobseekers.
    """
    with transaction.atomic():
        advisor_id = people.leave(profile_id, by=by, at=at)
        for one in locked_all(profile_id=profile_id):
            _end(one, by=by, at=at)
        forget(reader_id=by.user_id, about=_things_of(profile_id))
        _empty(profile_id)
        forget_saved(by.user_id)
        people.part(profile_id, keep=(Invitation,), by=by, at=at)
        relist(profile_id=profile_id)  # what the lists keep of a person goes in the same moment
        if advisor_id:
            post("something_new", reader_id=advisor_id, at=at, about=profile_id)
        announce(PERSON_ERASED, at=at, user_id=str(by.user_id))


def _end(suggestion: Suggestion, *, by: ActiveRole, at: datetime) -> None:
    """As if the person had taken back their yes."""
    if suggestion.state != State.CLOSED:
        close(suggestion, Closed.WITHDRAWN, by=by, at=at)  # before the yes goes: then the database has shut the door already
    for given in Consent.objects.select_for_update().filter(suggestion=suggestion, withdrawn_at=None):
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
        record("consent_withdrawn", "consent", given.pk, by=by, at=at)


def _things_of(profile_id: UUID) -> set[UUID]:
    """The ids of everything that a letter to the person can be about."""
    of_suggestions = {"suggestion__profile_id": profile_id}
    found = {profile_id, *Suggestion.objects.filter(profile_id=profile_id).values_list("pk", flat=True)}
    for model in (Approval, Consent, Introduction):
        found.update(model._default_manager.filter(**of_suggestions).values_list("pk", flat=True))
    return found | set(Message.objects.filter(introduction__suggestion__profile_id=profile_id).values_list("pk", flat=True))


def _empty(profile_id: UUID) -> None:
    """What never became an introduction goes; of what did, rows stay that say that there was a contact, and when."""
    Interest.objects.filter(profile_id=profile_id).delete()
    Message.objects.filter(introduction__suggestion__profile_id=profile_id).delete()
    Suggestion.objects.filter(profile_id=profile_id, introduction=None).delete()
    kept = list(Suggestion.objects.filter(profile_id=profile_id).values_list("pk", flat=True))
    Introduction.objects.filter(suggestion__in=kept).update(proposal="", reason="", share_reason=False)
    Approval.objects.filter(suggestion__in=kept).update(sealed={**NO_CARD, "words": ""}, removed=[], talk_at=None)
    Consent.objects.filter(suggestion__in=kept).update(sealed=NO_CARD, channel="", why="")
    Suggestion.objects.filter(pk__in=kept).update(
        sealed=NO_REASONS, decided={}, card_fields=None, interested=False, no_similar=False, unwished=None, profile_hash=""
    )
    erase_from_runs(profile_id)
