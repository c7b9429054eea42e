"""How the engine does: its model, its runs, whom it finds something for, and for whom it never has."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jobseekers.models import Profile
from matching import engine
from matching.models import Comparison, Run, Stop, Suggestion
from matching.scoring import WEIGHTS_VERSION
from taxonomy.encoders import EncoderUnavailable

FEWEST = 10  # a group with fewer people is never shown as a number
DAYS = 30
MOST_RUNS, MEASURED, MOST_PEOPLE = 10, 200, 1_000


@dataclass(frozen=True)
class Never:
    """People who have never had a suggestion that fits, and why: (code, how many); None where a number would tell of few."""

    people: int | None
    why: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Health:
    """Everything of the page but names. Numbers of people are None where they would tell of few."""

    encoder: str  # empty when it cannot be read; `problem` says why
    problem: str
    vocabulary: str
    catalogue: str
    weights: str
    stop: Stop | None
    runs: tuple[Run, ...]
    posting_ms: int | None  # the median of the last runs for a posting, and for a person
    person_ms: int | None
    people: int | None
    found_lately: int | None
    never: Never
    compared: Comparison | None

    @property
    def found_share(self) -> int | None:
        """Per cent of the people who are compared that had a suggestion lately; None where either number tells of few."""
        return round(100 * self.found_lately / self.people) if self.people and self.found_lately else None


def health_of(at: datetime) -> Health:
    """In a fixed number of queries. What is counted is counted over everybody, not over the reader's team."""
    encoder, vocabulary, catalogue, problem = _model()
    people = Profile.objects.matchable()
    fitting = Suggestion.objects.filter(profile=OuterRef("pk"), eligible=True)
    total = people.count()
    lately = people.filter(Exists(fitting.filter(created_at__gte=at - timedelta(days=DAYS)))).count()
    return Health(
        encoder=encoder,
        problem=problem,
        vocabulary=vocabulary,
        catalogue=catalogue,
        weights=WEIGHTS_VERSION,
        stop=Stop.objects.now(),
        runs=tuple(Run.objects.filter(took_ms__isnull=False).select_related("posting").listed()[:MOST_RUNS]),
        posting_ms=_median(Run.objects.filter(posting__isnull=False)),
        person_ms=_median(Run.objects.filter(profile__isnull=False)),
        people=shown(total, total),
        found_lately=shown(lately, total),
        never=_never(total),
        compared=Comparison.objects.order_by("-at", "-pk").first(),
    )


def shown(n: int, of: int) -> int | None:
    """A number of people, if neither they nor the rest are few."""
    return None if n < FEWEST or 0 < of - n < FEWEST else n


def never_in(team_id: UUID) -> QuerySet[Profile]:
    """The people of one team who have never had one, for their coordinator; why is not said here, for it may be a need."""
    return _without().filter(team_id=team_id).select_related("user", "advisor").order_by("enrolled_at", "pk")


def is_compared_in(team_id: UUID) -> bool:
    """Whether anybody in the team is compared at all."""
    return Profile.objects.matchable().filter(team_id=team_id).exists()


def _without() -> QuerySet[Profile]:
    return Profile.objects.matchable().exclude(Exists(Suggestion.objects.filter(profile=OuterRef("pk"), eligible=True)))


def _model() -> tuple[str, str, str, str]:
    try:
        here = engine.world()
    except EncoderUnavailable as error:
        return "", "", engine.catalogue_hash(), str(error)
    return here.encoder, here.vocabulary, here.catalogue, ""


def _median(runs: QuerySet[Run]) -> int | None:
    last = runs.filter(took_ms__isnull=False).order_by("-at", "pk").values_list("took_ms", flat=True)[:MEASURED]
    took = [ms for ms in last if ms is not None]
    return round(median(took)) if took else None


def _never(total: int) -> Never:
    """Counted over those who came last, a thousand at the most: each of their "would fit if" has to be opened."""
    without = _without()
    people = list(without.order_by("-enrolled_at", "pk").prefetch_related("skills", "wishes")[:MOST_PEOPLE])
    would: dict[UUID, set[str]] = {}
    for one in Suggestion.objects.filter(profile__in=people, eligible=False).only("profile_id", "sealed"):
        would.setdefault(one.profile_id, set()).update(reason["code"] for reason in one.sealed["if"])
    counted: Counter[str] = Counter()
    for person in people:
        empty = not (person.skills.all() or person.wishes.all())
        counted.update(would.get(person.pk) or {"empty" if empty else "nothing_near"})
    why = sorted(((code, shown(n, total)) for code, n in counted.items()), key=lambda pair: (-(pair[1] or 0), pair[0]))
    return Never(shown(without.count(), total), tuple(why))
