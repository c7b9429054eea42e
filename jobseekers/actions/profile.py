"""Changes of what a person tells about skills, wishes, place and time; pausing and going on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind, User
from audit.actions import record
from audit.queries import overtaken
from jobseekers.actions.whose import held, note_change, source_of
from jobseekers.models import Profile
from jobseekers.queries import block_version, contact_version
from jobseekers.signals import CARD_CHANGED, PROFILE_CHANGED, PROFILE_LEFT
from jobseekers.states import BLOCKS, SCORED, NotThere, Refused
from outbox.actions import announce
from taxonomy.models import Concept, Kind

SETTINGS = ("language", "phone", "colours", "text_size")  # of letters, and of the pages


def save_profile(
    profile_id: UUID,
    block: str,
    values: Mapping[str, Any],
    *,
    by: ActiveRole,
    at: datetime,
    channel: str = "",
    why: str = "",
    seen: str | None = None,
) -> bool:
    """Save one block (`states.BLOCKS`). False, and nothing written, when the answer is the one that was there.

    Refused("changed") if the block is no longer the one that was `seen`.
    """
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        changed = [name for name in BLOCKS[block] if getattr(profile, name) != values[name]]
        if not changed:
            return False
        before = block_version(profile, block)
        for name in changed:
            setattr(profile, name, values[name])
        if overtaken(seen, before=before, after=block_version(profile, block)):
            raise Refused("changed")
        profile.save(update_fields=changed)
        note_change(profile, "profile_saved", by=by, at=at, after=block, channel=channel, why=why, scored=block in SCORED)
    return True


def add_skill(profile_id: UUID, concept: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """Add a skill of the vocabulary; one that is there already stays as it is. Raises Refused("unknown")."""
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        known = _concept(concept, Kind.SKILL)
        _, added = profile.skills.get_or_create(concept=known, defaults={"source": source_of(by), "added_at": at})
        if added:
            note_change(profile, "skill_added", by=by, at=at, channel=channel, why=why)


def remove_skill(profile_id: UUID, concept: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        if profile.skills.filter(concept_id=concept).delete()[0]:
            note_change(profile, "skill_removed", by=by, at=at, channel=channel, why=why)


def add_wish(profile_id: UUID, concept: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """Add an occupation that the person would like. Raises Refused("unknown")."""
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        _, added = profile.wishes.get_or_create(concept=_concept(concept, Kind.OCCUPATION), defaults={"added_at": at})
        if added:
            note_change(profile, "wish_added", by=by, at=at, channel=channel, why=why)


def remove_wish(profile_id: UUID, concept: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        if profile.wishes.filter(concept_id=concept).delete()[0]:
            note_change(profile, "wish_removed", by=by, at=at, channel=channel, why=why)


def pause(profile_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """Stop the matching: what was suggested and what was open is closed by whoever hears of it."""
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        if not profile.paused:
            Profile.objects.filter(pk=profile.pk).update(paused=True)
            note_change(profile, "matching_paused", by=by, at=at, channel=channel, why=why, scored=False)
            announce(PROFILE_LEFT, at=at, profile_id=str(profile.pk))


def resume(profile_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        if profile.paused:
            Profile.objects.filter(pk=profile.pk).update(paused=False)
            note_change(profile, "matching_resumed", by=by, at=at, channel=channel, why=why, scored=False)
            announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))


def save_contact(*, by: ActiveRole, at: datetime, seen: str | None = None, **values: str) -> None:
    """What is in SETTINGS, the person's own to change; what is left out stays. Refused("changed") as `save_profile`."""
    if by.kind != RoleKind.JOBSEEKER or not set(values) <= set(SETTINGS):
        raise NotThere
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.user_id)
        before = contact_version(user)
        for name, value in values.items():
            setattr(user, name, value)
        if overtaken(seen, before=before, after=contact_version(user)):
            raise Refused("changed")
        user.save(update_fields=sorted(values))
        record("contact_saved", "account", by.user_id, by=by, at=at)
        for pk in Profile.objects.filter(user_id=by.user_id, left_at=None).values_list("pk", flat=True):
            announce(CARD_CHANGED, at=at, profile_id=str(pk))


def record_copy(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """The person took a copy of their own data."""
    with transaction.atomic():
        profile = held(profile_id, by=by)
        record("data_copied", "profile", profile.pk, by=by, at=at)


def _concept(key: str, kind: Kind) -> Concept:
    found = Concept.objects.filter(key=key, kind=kind, active=True).first()
    if found is None:
        raise Refused("unknown")
    return found
