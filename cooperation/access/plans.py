"""What a person and the own advisor read of the plan. The caller has asked jobseekers.access who it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from cooperation.models import NAMED, Plan, PlanStep, Side
from cooperation.queries import step_version
from jobseekers.models import Profile

MOST_DONE = 20


@dataclass(frozen=True)
class StepLine:
    """One step. `side` is a code; `who` are the words for somebody at a workplace or an agency, else empty."""

    pk: UUID
    words: str
    side: str
    who: str
    due: date | None
    done_at: datetime | None
    late: bool
    persons: bool  # the person's own to change
    by_person: bool
    writer: str  # the first name of who wrote it, empty when they are gone
    made_at: datetime
    version: str

    @property
    def is_named(self) -> bool:
        return self.side in NAMED


@dataclass(frozen=True)
class PlanCard:
    goal: str
    changed_at: datetime | None
    steps: tuple[StepLine, ...]  # open, soonest first
    done: tuple[StepLine, ...]  # the last ones, newest first


def plan_of(profile: Profile, at: datetime, *, most_done: int = MOST_DONE) -> PlanCard:
    """The whole plan in two queries."""
    plan = Plan.objects.filter(profile=profile).first()
    lines = _lines(PlanStep.objects.of(profile.pk).select_related("made_by"), localdate(at))
    done = sorted((one for one in lines if one.done_at), key=lambda one: one.done_at or at, reverse=True)
    return PlanCard(
        goal=plan.sealed["goal"] if plan else "",
        changed_at=plan.changed_at if plan else None,
        steps=tuple(one for one in lines if not one.done_at),
        done=tuple(done[:most_done]),
    )


def next_steps(profile: Profile, at: datetime) -> list[StepLine]:
    """The person's own open steps, soonest first: what a start page shows among what comes then."""
    return _lines(PlanStep.objects.of(profile.pk).open().filter(side=Side.PERSON).select_related("made_by"), localdate(at))


def step_of(profile: Profile, step_id: UUID, at: datetime, *, on_behalf: bool) -> StepLine | None:
    """One step that may be changed: every one by the advisor, one's own by the person; None for any other and for none."""
    found = _lines(PlanStep.objects.of(profile.pk).filter(pk=step_id).select_related("made_by"), localdate(at))
    return next((one for one in found if on_behalf or one.persons), None)


def _lines(steps: Iterable[PlanStep], today: date) -> list[StepLine]:
    return [
        StepLine(
            pk=one.pk,
            words=one.sealed["words"],
            side=one.side,
            who=one.sealed["who"],
            due=one.due,
            done_at=one.done_at,
            late=one.done_at is None and one.due is not None and one.due < today,
            persons=one.is_persons,
            by_person=one.by_person,
            writer=one.made_by.first_name if one.made_by else "",
            made_at=one.made_at,
            version=step_version(one),
        )
        for one in steps
    ]
