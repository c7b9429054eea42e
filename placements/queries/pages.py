"""What the pages about an agreement need beside its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from employers.models import Kind
from placements.models import MeasureVersion, Placement, Version
from placements.queries.drafts import broken_limits
from placements.queries.measures import choices_for, version_on
from placements.queries.said import in_words
from taxonomy.models import Need, NeedGroup


@dataclass(frozen=True)
class Choices:
    """What the advisor chooses from."""

    measures: list[MeasureVersion]
    supervisors: list[Any]
    codes: dict[str, str]  # adaptations with a block of their own: what is agreed, what is proposed, then what the person needs
    catalogue: list[tuple[str, list[tuple[str, str]]]]
    apprenticeship: bool
    asks_age: bool


def choices_of(placement: Placement, version: Version, today: date) -> Choices:
    """The measures that hold on the first day, the workplace's supervisors, adaptations by what is agreed, proposed and needed."""
    record = getattr(placement.profile, "needs_record", None)
    needed = [code for code, answer in sorted((record.needs if record else {}).items()) if answer["importance"] in {"must", "helps"}]
    agreed, needs = [one.code for one in version.terms.adaptations], list(Need.objects.all())
    labels = {need.code: need.label for need in needs}
    codes = {code: labels[code] for code in dict.fromkeys((*agreed, *proposed(placement), *needed)) if code in labels}
    measures = choices_for(placement.posting.employer.country, placement.kind, version.starts or today)
    return Choices(
        measures=measures,
        supervisors=list(placement.workplace.supervisors.order_by("name", "pk")) if placement.workplace else [],
        codes=codes,
        catalogue=by_group(need for need in needs if need.code not in codes),
        apprenticeship=placement.kind == Kind.APPRENTICESHIP,
        asks_age=any(one.min_age or one.max_age for one in measures),
    )


def by_group(needs: Iterable[Need]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue as choices, group by group; a group without any is left out."""
    found = list(needs)
    groups = [(str(group.label), [(need.code, need.label) for need in found if need.group == group]) for group in NeedGroup]
    return [(label, choices) for label, choices in groups if choices]


def proposed(placement: Placement) -> dict[str, str]:
    """How each adaptation that waits for an answer is thought to be done, by its code."""
    return {one.agreed.code: one.agreed.how for one in placement.adaptations.proposed()}


def hindrances(placement: Placement, version: Version, today: date) -> list[str]:
    """Why it cannot be sent or approved as it is, each in a sentence: what the measure does not allow."""
    holds = version_on(version.measure.measure_type_id, version.starts) if version.measure and version.starts else None
    return [in_words(one, holds) for one in broken_limits(placement, version, today)]


def age_not_asked(placement: Placement, version: Version) -> bool:
    """Whether the kind has an age and nobody has written when the person was born: then no age is compared."""
    holds = version_on(version.measure.measure_type_id, version.starts) if version.measure and version.starts else None
    return bool(holds and (holds.min_age or holds.max_age)) and placement.born is None


def newest(placement: Placement) -> Version:
    """The version that is being agreed, else the one in force, else the last one there was."""
    versions = placement.versions.select_related("measure__measure_type", "supervisor")
    return versions.open().first() or versions.in_force().first() or versions.order_by("-number")[0]
