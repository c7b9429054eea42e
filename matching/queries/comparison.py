"""What another model or needs catalogue would change, before it goes live: orders, suggestions, fairness, twins."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path
from statistics import mean
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from employers.models import Posting
from jobseekers.models import Profile
from matching import engine, scoring
from matching.engine import Found
from taxonomy.actions import load_needs
from taxonomy.models import Need

FIRST = 10  # of an order: what an advisor sees
FEWEST = 10  # people of a group whose rate is told
EVEN = (0.8, 1.25)  # of a group's selection rate to everybody's: outside is a reason to look, not a proof
TWINS = 20  # people, and as many postings
EXAMPLES = 5
SEED = 1  # both sides break ties alike, so that chance changes no order


@dataclass(frozen=True)
class Side:
    """One way of computing: its versions, and the order of every posting."""

    encoder: str
    catalogue: str
    orders: Mapping[UUID, tuple[Found, ...]]
    needs: Mapping[str, tuple[str, ...]]  # code -> labels
    twins: tuple[int, int]  # pairs of twins that were compared, and that came out unequal

    def first(self, posting_id: UUID) -> list[UUID]:
        return [one.profile_id for one in self.orders[posting_id] if one.parts.eligible][:FIRST]

    def suggested(self) -> set[tuple[UUID, UUID]]:
        return {one.pair for found in self.orders.values() for one in found if one.parts.eligible}

    @property
    def name(self) -> str:
        return f"{self.encoder}, catalogue {self.catalogue}"


def in_use(postings: Sequence[Posting]) -> Side:
    """As it is now. Raises EncoderUnavailable, like all of these."""
    with _encoder(settings.ENCODER):
        return _side(postings)


def _side(postings: Sequence[Posting]) -> Side:
    here = engine.world()
    orders = {one.pk: engine.for_posting(one, seed=SEED).found for one in postings}
    needs = {need.code: (need.label_sv, need.label_nb, need.label_en) for need in Need.objects.all()}
    return Side(here.encoder, here.catalogue, orders, needs, _twins(postings, here))


def with_other(postings: Sequence[Posting], *, encoder: str = "", catalogue: Path | None = None) -> Side:
    """As it would be. A catalogue is loaded in a transaction that is taken back: nothing of it stays."""
    with _encoder(encoder or settings.ENCODER), transaction.atomic():
        if catalogue:
            load_needs(at=timezone.now(), folder=catalogue)
        side = _side(postings)
        transaction.set_rollback(True)
    return side


@contextmanager
def _encoder(name: str) -> Iterator[None]:
    """For this process, which is a command of its own."""
    before = settings.ENCODER, settings.ELASTICSEARCH_URL
    settings.ENCODER, settings.ELASTICSEARCH_URL = name, ""  # in memory: the index in use is not to be built for a model that is not
    try:
        yield
    finally:
        settings.ENCODER, settings.ELASTICSEARCH_URL = before


def figures(before: Side, after: Side, postings: Sequence[Posting]) -> dict[str, Any]:
    """Numbers only, fit to be kept and shown; `examples` beside them names people by random ids, and is for the terminal."""
    overlaps = {one.pk: _overlap(before.first(one.pk), after.first(one.pk)) for one in postings}
    taus = [tau for one in postings if (tau := _tau(before.orders[one.pk], after.orders[one.pk])) is not None]
    old, new = before.suggested(), after.suggested()
    rates = {"before": _rates(before), "after": _rates(after)}
    return {
        "postings": len(postings),
        "people": Profile.objects.matchable().count(),
        "orders_changed": sum(before.first(one.pk) != after.first(one.pk) for one in postings),
        "overlap": round(mean(overlaps.values()), 3) if overlaps else 1.0,
        "tau": round(mean(taus), 3) if taus else 1.0,
        "newly": len(new - old),
        "no_longer": len(old - new),
        "questions_changed": _questions_changed(before, after),
        "rates": rates,
        "alarms": [f"{group} {ratio}" for group, ratio in rates["after"].items() if not EVEN[0] <= ratio <= EVEN[1]],
        "twins": {"checked": after.twins[0], "unequal": after.twins[1]},
        "needs_added": sorted(after.needs.keys() - before.needs.keys()),
        "needs_reworded": sorted(code for code in before.needs.keys() & after.needs.keys() if before.needs[code] != after.needs[code]),
    }


def examples(before: Side, after: Side, postings: Sequence[Posting]) -> list[dict[str, Any]]:
    """The postings whose first ten change most: who comes in and who goes out, by the beginnings of random ids."""
    changed = [(_overlap(before.first(one.pk), after.first(one.pk)), str(one.pk), one) for one in postings]
    found = []
    for overlap, _, one in sorted(changed, key=lambda row: row[:2])[:EXAMPLES]:
        was, becomes = before.first(one.pk), after.first(one.pk)
        if was != becomes:
            comes, goes = ([str(pk)[:8] for pk in some] for some in (_not_in(becomes, was), _not_in(was, becomes)))
            found.append({"posting": one.title, "overlap": round(overlap, 2), "in": comes, "out": goes})
    return found


def _not_in(some: Sequence[UUID], others: Sequence[UUID]) -> list[UUID]:
    return [one for one in some if one not in others]


def _overlap(one: Sequence[UUID], other: Sequence[UUID]) -> float:
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1.0


def _tau(before: Sequence[Found], after: Sequence[Found]) -> float | None:
    """Kendall's tau over those in both orders; None where they are fewer than two."""
    place = {one.profile_id: i for i, one in enumerate(after)}
    common = [place[one.profile_id] for one in before if one.profile_id in place]
    pairs = list(combinations(common, 2))
    return sum(1 if one < other else -1 for one, other in pairs) / len(pairs) if pairs else None


def _questions_changed(before: Side, after: Side) -> int:
    """Pairs in both orders of which something else is asked."""
    asked = {one.pair: one.sealed["ask"] for found in before.orders.values() for one in found}
    return sum(one.pair in asked and asked[one.pair] != one.sealed["ask"] for found in after.orders.values() for one in found)


def _rates(side: Side) -> dict[str, float]:
    """Of each group how many stand in somebody's first ten, against everybody: 1 is even. Groups of few are left out."""
    chosen = {pk for posting_id in side.orders for pk in side.first(posting_id)}
    groups: dict[str, list[bool]] = {}
    for pk, country, language in Profile.objects.matchable().values_list("pk", "country", "user__language"):
        for group in (f"country {country}", f"language {language}"):
            groups.setdefault(group, []).append(pk in chosen)
    everybody = [one for group, those in groups.items() if group.startswith("country") for one in those]
    rate = sum(everybody) / len(everybody) if everybody else 0.0
    told = {group: those for group, those in groups.items() if len(those) >= FEWEST and rate}
    return {group: round(sum(those) / len(those) / rate, 2) for group, those in sorted(told.items())}


def _twins(postings: Sequence[Posting], here: engine.World) -> tuple[int, int]:
    """People beside themselves under another key, with their skills told backwards, and with one more need that is met."""
    people = [engine.person_of(one) for one in islice(engine.people().order_by("index_id")[:TWINS], TWINS)]
    checked = unequal = 0
    for job in map(engine.job_of, postings[:TWINS]):
        met = [scoring.Need(code, must=True) for code, answer in sorted(job.offers.items()) if answer == "yes"][:1]
        for person in people:
            fresh = [need for need in met if need.code not in {own.code for own in person.needs}]
            twins = [replace(person, key="twin", skills=person.skills[::-1]), replace(person, needs=(*person.needs, *fresh))]
            own = scoring.score(person, job, here.space)
            for twin in twins:
                its = scoring.score(twin, job, here.space)
                checked += 1
                unequal += (own.order, own.eligible) != (its.order, its.eligible)
    return checked, unequal
