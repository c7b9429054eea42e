"""A posting in numbers, for its own employer. They come from what has happened to postings: who looks at them is counted nowhere, and no
number is of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count

from audit.models import Event
from employers.models import Kind, Posting
from employers.queries.offers import answered
from employers.states import PostingState
from taxonomy.models import Need

FEWEST = 10  # what is fewer is not told
READ = 500  # other postings that are compared with, the newest


@dataclass(frozen=True)
class Numbers:
    """`beside` is how many postings of each kind are open in the country; None where it is not told. `usual` is what the middle one of
    the others answers, None where there are too few."""

    days_open: int
    answered: int
    questions: int
    usual: int | None
    beside: tuple[tuple[str, int | None], ...]


def numbers_of(posting: Posting, *, at: datetime) -> Numbers:
    """Of the public words of a posting; `days_open` counts whole days and leaves out those on which it rested."""
    alike = Posting.objects.open().filter(employer__country=posting.employer.country)
    counted = dict(alike.values_list("kind").annotate(n=Count("pk")).order_by())
    told = suppressed({kind: counted.get(kind, 0) for kind in Kind.values})
    others = alike.filter(kind=posting.kind).exclude(employer_id=posting.employer_id).order_by("-created_at", "pk")
    answers = [answered(offers.values()) for offers in others.values_list("offers", flat=True)[:READ]]
    return Numbers(
        days_open=_open_for(posting, at).days,
        answered=answered(posting.offers.values()),
        questions=Need.objects.count(),
        usual=round(median(answers)) if len(answers) >= FEWEST else None,
        beside=tuple((str(Kind(kind).label), n) for kind, n in told.items()),
    )


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Without what is fewer than ten; where that is one number alone, the next smallest is left out too, or the sum would tell it."""
    hidden = {name for name, n in counts.items() if n < FEWEST}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((name for name in counts if name not in hidden), key=lambda name: counts[name]))
    return {name: None if name in hidden else n for name, n in counts.items()}


def _open_for(posting: Posting, at: datetime) -> timedelta:
    """From the log; what was made public before there was one has its day of publication."""
    whole, since, published = timedelta(), None, posting.status.published_at
    for event in Event.objects.filter(what="posting_moved", subject="posting", subject_id=str(posting.pk)).order_by("at", "pk"):
        if since is None and event.after == PostingState.PUBLISHED:
            since, published = min(event.at, published or event.at), None
        elif since is not None and event.after != PostingState.PUBLISHED:
            whole, since = whole + (event.at - since), None
    return whole + (at - since) if since is not None else whole
