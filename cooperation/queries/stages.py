"""The five stages of supported employment with their clocks: how long in each, and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from audit.models import Event
from jobseekers.models import Profile, Stage
from jobseekers.queries import BENCHMARK_DAYS


@dataclass(frozen=True)
class StageClock:
    """One stage of one person. `state` is "done", "now" or empty; `days` is how long they have been in it, all stays together."""

    code: str
    label: str
    state: str
    days: int
    benchmark: int  # days; 0 where there is none

    @property
    def late(self) -> bool:
        return self.state == "now" and bool(self.benchmark) and self.days > self.benchmark


def stage_clocks(profile: Profile, at: datetime) -> list[StageClock]:
    """From the log of moves between stages, in one query. People go back as well as forward, so a stage may hold several stays; the
    stay that runs counts alone in the stage they are in, as everywhere else (`jobseekers.queries.days_in_stage`). A stage that was set
    past the log counts from the last stay that it knows."""
    moves = Event.objects.filter(subject="profile", subject_id=str(profile.pk), what="stage_set", at__gte=profile.enrolled_at).order_by(
        "at", "pk"
    )
    stays: dict[str, timedelta] = dict.fromkeys(Stage.values, timedelta())
    stage, since = Stage.START.value, profile.enrolled_at
    for after, moved_at in [*moves.values_list("after", "at"), (profile.stage, profile.stage_since)]:
        if stage in stays and after != stage:
            stays[stage] += max(timedelta(), moved_at - since)
            stage, since = after, moved_at
    here = Stage.values.index(profile.stage)
    stays[profile.stage] = timedelta(days=max(0, (localdate(at) - localdate(profile.stage_since)).days))
    return [
        StageClock(
            code=stage.value,
            label=str(stage.label),
            state="done" if place < here else "now" if place == here else "",
            days=stays[stage].days,
            benchmark=BENCHMARK_DAYS.get(stage, 0),
        )
        for place, stage in enumerate(Stage)
    ]
