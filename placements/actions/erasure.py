"""A person takes a copy of everything, or deletes it: this app is the highest that keeps rows of a person, and asks those below
(docs/decisions/erasure.md)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import ActiveRole
from audit.actions import record
from cooperation import actions as cooperation
from cooperation import exports as of_cooperation
from jobseekers.models import Profile
from matching import actions as matching
from matching.access import readers_of_posting
from matching.actions.moves import locked_all
from outbox.actions import announce, post
from outbox.models import Letter
from placements import exports
from placements.actions.ending import cancel, end_early
from placements.actions.moves import locked
from placements.models import Assessment, CheckIn, EndWhy, Hire, Outcome, OutcomeConsent, Placement, Report, Version
from placements.signals import PLACES_CHANGED
from placements.states import STARTED

LAST = "not_in_this_file"


def take_copy(profile_id: UUID, *, by: ActiveRole, at: datetime) -> dict[str, Any]:
    """Everything that is kept about the person, for the person. Who deletes meanwhile waits until the copy is whole."""
    with transaction.atomic():
        held = matching.take_copy(profile_id, by=by, at=at)
        profile = Profile.objects.select_related("user", "advisor", "team__agency").get(pk=profile_id)
        lacks = held.pop(LAST) + exports.not_here()
        return held | of_cooperation.whole(profile, at) | exports.whole(profile, at) | {LAST: lacks}


def erase(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """Delete what is kept about the person, at their own wish: all of it in one transaction, or nothing.

    Placements end first, as if the person had ended them: who works with the person hears that the contact has ended, not why.
    Locks in the order of everyone else: profile, statuses, suggestions, placements. Raises the NotThere of jobseekers.
    """
    with transaction.atomic():
        cooperation.erase(profile_id, by=by, at=at)  # asks whose profile it is, and locks it
        locked_all(profile_id=profile_id)
        _end_all(profile_id, by=by, at=at)
        _delete_all(profile_id, at)
        record("placements_erased", "profile", profile_id, by=by, at=at)
        matching.erase(profile_id, by=by, at=at)


def _end_all(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    for pk in list(Placement.objects.live().filter(profile_id=profile_id).order_by("pk").values_list("pk", flat=True)):
        placement = locked(pk)
        if not placement.is_live:  # it was over before we had the lock
            continue
        shown = placement.versions.filter(shown_at__isnull=False).exists()
        if placement.state in STARTED:
            end_early(pk, by=by, at=at, last_day=localdate(at), why=EndWhy.OTHER)
        else:
            cancel(pk, by=by, at=at, why=EndWhy.OTHER)
        if shown:
            for reader_id in readers_of_posting(placement.posting.employer_id):
                post("contact_ended", reader_id=reader_id, at=at, about=placement.introduction.suggestion_id)


def _delete_all(profile_id: UUID, at: datetime) -> None:
    """The rows, and every letter about them: one that waits would speak of what is no more."""
    list(Placement.objects.select_for_update().filter(profile_id=profile_id).order_by("pk"))  # those that were over: nobody answers now
    about = set(Placement.objects.filter(profile_id=profile_id).values_list("pk", flat=True))
    for model in (Version, CheckIn, Assessment, Outcome, Report):
        about.update(model._default_manager.filter(placement__profile_id=profile_id).values_list("pk", flat=True))
    hires = Hire.objects.filter(profile_id=profile_id)
    for posting_id in hires.values_list("introduction__posting_id", flat=True).distinct():
        announce(PLACES_CHANGED, at=at, posting_id=str(posting_id))
    hires.delete()
    OutcomeConsent.objects.filter(profile_id=profile_id).delete()
    Placement.objects.filter(profile_id=profile_id).delete()
    Letter.objects.filter(about__in=about).delete()
