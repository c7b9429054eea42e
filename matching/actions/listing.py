"""Tell the engine's lists that a person or a posting is new or has changed. Bookkeeping: it logs no event and announces no fact."""

from collections.abc import Sequence
from uuid import UUID

from django.db import models, transaction

from employers.models import Posting
from jobseekers.models import Profile
from matching.index import build
from matching.models import ListedPerson, ListedPosting, Turn

AT_ONCE = 5000


def relist(*, profile_id: UUID | str | None = None, posting_id: UUID | str | None = None) -> None:
    """Every process reads this person or posting anew before its next run; one that is gone is no change. Safe to call twice."""
    with transaction.atomic():
        turn = _next_turn()
        if profile_id and Profile.objects.filter(pk=profile_id).exists():
            person, _ = ListedPerson.objects.get_or_create(profile_id=profile_id, defaults={"changed": turn})
            _write([person], turn)
        if posting_id and Posting.objects.filter(pk=posting_id).exists():
            ListedPosting.objects.update_or_create(posting_id=posting_id, defaults={"changed": turn})


def list_missing() -> int:
    """A row for everyone who has none, as after an import past the actions, and a document of today's form for every person.

    Returns how many rows were added.
    """
    with transaction.atomic():
        turn = _next_turn()
        people = Profile.objects.filter(listed=None).values_list("pk", flat=True)
        postings = Posting.objects.filter(listed=None).values_list("pk", flat=True)
        added = _add(ListedPerson, "profile_id", people, turn) + _add(ListedPosting, "posting_id", postings, turn)
    while stale := list(ListedPerson.objects.exclude(form=build.form()).order_by("row").defer("document")[:AT_ONCE]):
        with transaction.atomic():
            _write(stale, _next_turn())
    return added


def list_anew() -> int:
    """Read everyone and every posting anew, as after a place was corrected past the actions; returns how many people there are.

    Until a document is written anew, that person is read from the tables.
    """
    with transaction.atomic():
        ListedPosting.objects.update(changed=_next_turn())
        count = ListedPerson.objects.update(form="")
    list_missing()
    return count


def _write(people: Sequence[ListedPerson], turn: int) -> None:
    """What the lists read of these people, as it is in the database now."""
    found = {row: build.sealed(row, person, country) for row, person, country in build.these([one.pk for one in people])}
    for one in people:
        one.changed, one.form, one.document = turn, build.form(), found.get(one.pk, b"")
    fields = ["changed", "form", "document"]
    ListedPerson.objects.bulk_create(people, batch_size=500, update_conflicts=True, update_fields=fields, unique_fields=["row"])


def _add(model: type[models.Model], side: str, ids: "models.QuerySet[models.Model, UUID]", turn: int) -> int:
    rows = [model(**{side: one, "changed": turn}) for one in ids]
    model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def _next_turn() -> int:
    """Counted up under the row's lock, which is held to the end of the transaction."""
    turn, _ = Turn.objects.select_for_update().get_or_create(pk=1)
    turn.number += 1
    turn.save(update_fields=["number"])
    return turn.number
