"""The advisor finds a posting for a person outside the engine's list, or while the engine rests. The same two yeses follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from employers.models import Posting, PostingStatus
from jobseekers.models import Profile
from matching import engine, scoring
from matching.actions import runs
from matching.models import Suggestion
from matching.queries import look
from matching.states import Closed, NotThere, Refused, State


def choose(posting_id: UUID, profile_id: UUID, *, by: ActiveRole, at: datetime) -> Suggestion:
    """Put a pair in the advisor's own queue, "suggested by the advisor"; done again it is brought up to date.

    Raises NotThere for anybody but the own advisor and for what is not open; Refused: "paused", "decided" when it is further on
    already, "refused" when this employer has read the person's card for this posting and said no.
    """
    if by.kind != RoleKind.ADVISOR or not _own(by).filter(pk=profile_id).exists():
        raise NotThere  # before anything is computed: what is not theirs takes as long as what is not there
    found = look(posting_id, profile_id)
    with transaction.atomic():
        profile = _held(profile_id, by)
        list(PostingStatus.objects.select_for_update().filter(posting_id=posting_id))
        posting = Posting.objects.open().whole().filter(pk=posting_id).first()
        if posting is None:
            raise NotThere
        earlier = list(Suggestion.objects.select_for_update(of=("self",)).filter(posting=posting, profile=profile).order_by("pk"))
        live = next((one for one in earlier if one.state != State.CLOSED), None)
        if live and live.state != State.SUGGESTED:
            raise Refused("decided")
        if any(one.closed_as == Closed.REFUSED for one in earlier):
            raise Refused("refused")
        suggestion = live or Suggestion(posting=posting, profile=profile, created_at=at, moved_at=at, order=0.0)
        suggestion.by_hand = True
        _fill(suggestion, found, at)
        suggestion.save()
        record("suggested_by_hand", "suggestion", suggestion.pk, by=by, at=at)
    return suggestion


def _own(by: ActiveRole) -> QuerySet[Profile]:
    return Profile.objects.filter(advisor_id=by.user_id, team_id=by.team_key, left_at=None)


def _held(profile_id: UUID, by: ActiveRole) -> Profile:
    profile = _own(by).select_for_update(no_key=True).filter(pk=profile_id).first()
    if profile is None:
        raise NotThere
    if profile.paused:
        raise Refused("paused")
    return profile


def _fill(suggestion: Suggestion, found: engine.Found | None, at: datetime) -> None:
    """With the engine's parts, or with the answers to the needs alone: those are looked up by code, and nothing is weighed."""
    posting, profile = suggestion.posting, suggestion.profile
    if found:
        suggestion.run = runs.new_pair(found, at=at)
        suggestion.sealed, suggestion.tie = found.sealed, found.tie
        suggestion.eligible, suggestion.order = found.parts.eligible, found.parts.order
        suggestion.posting_hash, suggestion.profile_hash = found.posting_hash, found.profile_hash
        return
    suggestion.run, suggestion.sealed = None, unread_pair(profile, posting)
    suggestion.eligible, suggestion.order = True, 0.0
    suggestion.posting_hash = posting.status.published_hash
    suggestion.profile_hash = engine.profile_hash(engine.person_of(profile))


def unread_pair(profile: Profile, posting: Posting) -> dict[str, Any]:
    """What a suggestion stores of a pair that the engine has not read."""
    person, job = engine.person_of(profile), engine.job_of(posting)
    results = [list(scoring.need_result(need, job.offers)) for need in person.needs]
    return {"parts": {"need_results": results}, "beside": {}, "unread": True, "for": [], "against": [], "ask": [], "if": []}
