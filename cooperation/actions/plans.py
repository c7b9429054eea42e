"""Changes of the plan: the goal, and steps added, changed, done and taken away. By the person, or by the own advisor.

What the person would have written themselves the advisor writes on their behalf, with channel and reason. Other steps are the
advisor's to write as an advisor.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import ActiveRole
from accounts.models import RoleKind
from audit.actions import record
from audit.queries import overtaken
from cooperation.models import NAMED, Plan, PlanStep, Side
from cooperation.queries import goal_version, step_version
from jobseekers.actions.whose import ONE_TALK, advised, held
from jobseekers.models import Profile
from jobseekers.states import NotThere, Refused
from outbox.actions import post


def save_goal(
    profile_id: UUID, words: str, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "", seen: str | None = None
) -> bool:
    """The goal in the person's words; False, and nothing written, when it says so already. Refused("changed") if it is no longer the
    one that was `seen`."""
    with transaction.atomic():
        profile = held(profile_id, by=by, channel=channel, why=why)
        before = goal_of(profile.pk)
        if words == before:
            return False
        versions = {"before": goal_version(profile.pk, before), "after": goal_version(profile.pk, words)}
        if overtaken(seen, **versions):
            raise Refused("changed")
        Plan.objects.update_or_create(profile=profile, defaults={"sealed": {"goal": words}, "changed_at": at})
        _note("goal_saved", profile, by=by, at=at, channel=channel, why=why)
    return True


def goal_of(profile_id: UUID) -> str:
    found = Plan.objects.filter(profile_id=profile_id).first()
    return str(found.sealed["goal"]) if found else ""


def add_step(
    profile_id: UUID,
    *,
    words: str,
    side: str,
    who: str = "",
    due: date | None = None,
    by: ActiveRole,
    at: datetime,
    channel: str = "",
    why: str = "",
) -> PlanStep:
    """One more step. The person may write down what anybody has promised; the advisor writes the person's own on their behalf.

    The same words for the same side are one step as long as it is open: the second press of a button adds nothing.
    """
    if side not in Side.values:
        raise Refused("unknown")
    with transaction.atomic():
        profile = _profile(profile_id, side == Side.PERSON, by=by, channel=channel, why=why)
        sealed = {"words": words, "who": who if side in NAMED else ""}
        for one in PlanStep.objects.of(profile.pk).open().filter(side=side, due=due):
            if one.sealed == sealed:
                return one
        made = PlanStep.objects.create(
            profile=profile,
            side=side,
            sealed=sealed,
            due=due,
            made_at=at,
            made_by_id=by.user_id,
            by_person=by.kind == RoleKind.JOBSEEKER,
        )
        _note("step_added", profile, by=by, at=at, after=side, channel=channel, why=why)
    return made


def change_step(
    step_id: UUID,
    *,
    words: str,
    who: str = "",
    due: date | None = None,
    by: ActiveRole,
    at: datetime,
    channel: str = "",
    why: str = "",
    seen: str | None = None,
) -> None:
    """Other words or another day; whose step it is stays. Raises NotThere, and Refused("changed") as `save_goal`."""
    with transaction.atomic():
        step, profile = _held(step_id, by=by, channel=channel, why=why)
        before = step_version(step)
        step.sealed = {"words": words, "who": who if step.side in NAMED else ""}
        step.due = due
        after = step_version(step)
        if overtaken(seen, before=before, after=after):
            raise Refused("changed")
        if before != after:
            step.save(update_fields=["sealed", "due"])
            _note("step_changed", profile, by=by, at=at, after=step.side, channel=channel, why=why)


def set_done(step_id: UUID, done: bool, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """It is done, or not after all."""
    with transaction.atomic():
        step, profile = _held(step_id, by=by, channel=channel, why=why, doing=True)
        if (step.done_at is not None) != done:
            step.done_at = at if done else None
            step.save(update_fields=["done_at"])
            _note("step_done" if done else "step_opened", profile, by=by, at=at, after=step.side, channel=channel, why=why)


def remove_step(step_id: UUID, *, by: ActiveRole, at: datetime, channel: str = "", why: str = "") -> None:
    """It was not meant, or is no longer: the words go, the log keeps that there was a step."""
    with transaction.atomic():
        step, profile = _held(step_id, by=by, channel=channel, why=why)
        side = step.side
        step.delete()
        _note("step_removed", profile, by=by, at=at, after=side, channel=channel, why=why)


def _held(step_id: UUID, *, by: ActiveRole, channel: str, why: str, doing: bool = False) -> tuple[PlanStep, Profile]:
    """A step that `by` may change, and its profile, both locked. A person changes what is theirs, the own advisor every step: on the
    person's behalf what the person takes, and the words that the person wrote. `doing`: that it is done, whoever wrote it."""
    known = PlanStep.objects.filter(pk=step_id).first()
    if known is None:
        raise NotThere
    persons = known.side == Side.PERSON if doing else known.is_persons
    profile = _profile(known.profile_id, persons, by=by, channel=channel, why=why)
    step = PlanStep.objects.select_for_update().filter(pk=step_id).first()
    if step is None or (by.kind == RoleKind.JOBSEEKER and not step.is_persons):
        raise NotThere
    return step, profile


def _profile(profile_id: UUID, persons: bool, *, by: ActiveRole, channel: str, why: str) -> Profile:
    if by.kind == RoleKind.JOBSEEKER or persons:
        return held(profile_id, by=by, channel=channel, why=why)
    return advised(profile_id, by=by)


def _note(what: str, profile: Profile, *, by: ActiveRole, at: datetime, after: str = "", channel: str = "", why: str = "") -> None:
    """The event stands with the person, without a word of the plan. One letter for all that was written for them in one talk."""
    on_behalf = bool(channel) and by.user_id != profile.user_id
    if on_behalf:
        post("answered_for_you", reader_id=profile.user_id, at=at, about=profile.pk, not_before=at + ONE_TALK)
    told = {"why": why, "channel": channel} if on_behalf else {}
    record(what, "profile", profile.pk, by=by, at=at, after=after, **told)
