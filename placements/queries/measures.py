"""Which kinds of placement there are on a day, and what a plan breaks of the one that it names."""

from datetime import date

from placements.models import MeasureVersion
from placements.scoring import Breach, Plan, breaches


def version_on(key: str, day: date) -> MeasureVersion | None:
    """What holds for a kind of placement on a day. An agreement asks with its start date, whenever it is written, signed or approved."""
    return MeasureVersion.objects.valid_on(day).filter(measure_type_id=key).order_by("-valid_from").first()


def choices_for(country: str, kind: str, day: date) -> list[MeasureVersion]:
    """The kinds of placement that a posting of `kind` can become from `day` on, by name in the reader's language."""
    there = MeasureVersion.objects.valid_on(day).filter(measure_type__country=country)
    return sorted((one for one in there if kind in one.measure_type.kinds), key=lambda one: one.name.casefold())


def broken(key: str, plan: Plan, *, today: date) -> tuple[Breach, ...]:
    """What the plan breaks of the version that holds on its first day."""
    version = version_on(key, plan.first)
    return breaches(plan, version.limits if version else None, today=today)
