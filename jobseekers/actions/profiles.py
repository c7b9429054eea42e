"""What a person tells about skills, wishes, place and hours; by the person, or by the own advisor on their behalf."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from audit.actions import record
from jobseekers import access
from jobseekers.models import Profile, ProfileSkill, ProfileWish, SkillSource
from jobseekers.signals import PROFILE_CHANGED, PROFILE_LEFT
from jobseekers.states import CHANNELS, NotThere, Refused
from outbox.actions import announce, post
from taxonomy.models import Concept, Kind

BLOCKS = {
    "place": ("place", "travel_km"),
    "hours": ("hours_now", "hours_goal", "times", "available_from"),
    "languages": ("languages",),
    "licences": ("licences",),
    "kinds": ("kinds",),
    "words": ("words",),
}


def changeable(profile_id: UUID, by: ActiveRole, channel: str = "") -> Profile:
    """The profile under a row lock. An advisor who acts for the person says through which channel they were asked."""
    profile = Profile.objects.select_for_update(of=("self",)).filter(pk=profile_id, left_at=None).first()
    if profile is None or not access.may_change(profile, by):
        raise NotThere
    if by.kind == "advisor" and channel not in CHANNELS:
        raise Refused("channel")
    return profile


def noted(profile: Profile, what: str, *, by: ActiveRole, at: datetime, channel: str = "", matters: bool = True) -> None:
    """The event, the fact for the engine, and for a change on the person's behalf a letter to them."""
    Profile.objects.filter(pk=profile.pk).update(changed_at=at)
    record(what, "profile", profile.pk, by=by, at=at, channel=channel)
    if matters:
        announce(PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
    if by.kind == "advisor":
        post("something_new", reader_id=profile.user_id, at=at, about=profile.pk)


def save_block(profile_id: UUID, block: str, values: dict[str, Any], *, by: ActiveRole, at: datetime, channel: str = "") -> None:
    """Save one block of the profile; `values` hold the block's own fields, anything else is ignored."""
    with transaction.atomic():
        profile = changeable(profile_id, by, channel)
        for name in BLOCKS[block]:
            setattr(profile, name, values[name])
        profile.save(update_fields=list(BLOCKS[block]))
        noted(profile, "profile_saved", by=by, at=at, channel=channel, matters=block != "words")


def add_concept(profile_id: UUID, key: str, *, by: ActiveRole, at: datetime, channel: str = "") -> None:
    """Add a skill, or an occupation as a wish; once is enough."""
    with transaction.atomic():
        profile = changeable(profile_id, by, channel)
        concept = Concept.objects.filter(pk=key, active=True).exclude(kind=Kind.GROUP).first()
        if concept is None:
            raise NotThere
        if concept.kind == Kind.SKILL:
            source = SkillSource.ADVISOR if by.kind == "advisor" else SkillSource.SELF
            _, created = ProfileSkill.objects.get_or_create(profile=profile, concept=concept, defaults={"source": source, "added_at": at})
        else:
            _, created = ProfileWish.objects.get_or_create(profile=profile, concept=concept, defaults={"added_at": at})
        if created:
            noted(profile, "concept_added", by=by, at=at, channel=channel)


def remove_concept(profile_id: UUID, key: str, *, by: ActiveRole, at: datetime, channel: str = "") -> None:
    with transaction.atomic():
        profile = changeable(profile_id, by, channel)
        gone, _ = profile.skills.filter(concept_id=key).delete()
        also, _ = profile.wishes.filter(concept_id=key).delete()
        if gone or also:
            noted(profile, "concept_removed", by=by, at=at, channel=channel)


def pause(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    """No more matching until resumed; what is open is closed."""
    _pause(profile_id, True, by=by, at=at)


def resume(profile_id: UUID, *, by: ActiveRole, at: datetime) -> None:
    _pause(profile_id, False, by=by, at=at)


def _pause(profile_id: UUID, paused: bool, *, by: ActiveRole, at: datetime) -> None:
    with transaction.atomic():
        profile = changeable(profile_id, by, "meeting")
        if profile.paused == paused:
            return
        profile.paused = paused
        profile.save(update_fields=["paused"])
        record("profile_paused" if paused else "profile_resumed", "profile", profile.pk, by=by, at=at)
        announce(PROFILE_LEFT if paused else PROFILE_CHANGED, at=at, profile_id=str(profile.pk))
