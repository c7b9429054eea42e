"""How postings of the demo go public, are read by the editor, rest and end: through the actions that everybody uses."""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from employers import actions
from employers.models import Posting, PostingStatus
from outbox import actions as outbox
from outbox.models import Fact
from portal.demo.accounts import role_of
from portal.demo.content import Clock, chance, weighted
from portal.demo.employers import Row, posting_id, postings

WAS_PUBLIC = {"published", "paused", "filled", "expired"}


def go_live(posting: Posting) -> None:
    """Make one posting public. The only place of the demo that knows how that is done."""
    with transaction.atomic():
        actions.publish_by_system(posting, posting.status)


def publish_all(clock: Clock) -> None:
    """Every posting that is or was public, with the days on which that happened."""
    public = {posting_id(workplace, row): row for _, workplace, row in postings() if row.get("state", "published") in WAS_PUBLIC}
    for posting in Posting.objects.filter(pk__in=public).select_related("status").order_by("pk"):
        go_live(posting)
        luck = chance("published", str(posting.pk))
        at = clock.ago(public[posting.pk].get("published") or weighted(luck, [(luck.randint(18, 45), 4), (luck.randint(2, 9), 1)]))
        PostingStatus.objects.filter(pk=posting.pk).update(published_at=at, confirmed_at=at)
        Posting.objects.filter(pk=posting.pk).update(created_at=at, first_published_at=at, last_published_at=at)


def carry_facts() -> int:
    """Bring every fact to its receivers now, so that search and the engine know the region before the worker starts."""
    carried = 0
    while ids := outbox.waiting(Fact, at=timezone.now()):
        carried += sum(outbox.carry(fact_id, at=timezone.now()) for fact_id in ids)
    return carried


def move_on(clock: Clock) -> Counter[str]:
    """Postings that are with the editor, were returned, rest or are filled; and the end of those whose day has passed."""
    moved: Counter[str] = Counter()
    for employer, workplace, row in postings():
        state = row.get("state", "published")
        if state in STEPS:
            STEPS[state](clock, employer, workplace, row)
            moved[state] += 1
    moved["expired"] = actions.expire(at=clock.now)
    return moved


def _submit(clock: Clock, employer: Row, workplace: Row, row: Row) -> None:
    at = clock.ago(chance("submitted", workplace["slug"], row["slug"]).randint(1, 3))
    actions.submit_posting(posting_id(workplace, row), by=role_of(employer["slug"]), at=at)


def _return(clock: Clock, employer: Row, workplace: Row, row: Row) -> None:
    _submit(clock, employer, workplace, row)
    actions.send_back(posting_id(workplace, row), by=role_of("lena"), at=clock.ago(1), comment=row["comment"])


def _pause(clock: Clock, employer: Row, workplace: Row, row: Row) -> None:
    actions.pause(posting_id(workplace, row), by=role_of(employer["slug"]), at=clock.ago(2))


def _fill(clock: Clock, employer: Row, workplace: Row, row: Row) -> None:
    actions.fill(posting_id(workplace, row), by=role_of(employer["slug"]), at=clock.ago(2))


STEPS: dict[str, Callable[[Clock, Row, Row, Row], None]] = {"submitted": _submit, "returned": _return, "paused": _pause, "filled": _fill}
