"""Many ask the database's index and change it at once: each answer is of one moment, and the newest words stay."""

from datetime import datetime
from typing import Any

import pytest

from employers.models import Posting
from employers.signals import POSTING_CLOSED
from employers.states import PostingState
from outbox.signals import RECEIVERS
from search import index
from search.documents import Filters
from search.index import filling, text
from search.models import PostingEntry, Turn
from tests.factories.races import at_once
from tests.search.shelf import put, titles

pytestmark = pytest.mark.django_db


def test_a_question_is_answered_from_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking up the words and ordering what has them, another thread brings a new posting."""
    first, looked_up = put(title="Lager"), text.holding

    def meanwhile(*given: Any) -> list[int]:
        monkeypatch.setattr(text, "holding", looked_up)
        put(title="Nytt lager")
        assert len(index.database().find(Filters(), start=0, size=9).ids) == 2
        return looked_up(*given)

    monkeypatch.setattr(text, "holding", meanwhile)
    assert index.database().find(Filters(q="lager"), start=0, size=9).ids == (first.pk,)


def test_a_late_fact_that_a_posting_closed_takes_no_open_one_away() -> None:
    """It was paused and opened again, and the first of the two facts comes last."""
    posting = put(title="Öppen igen")
    effect = RECEIVERS[POSTING_CLOSED]["search.receivers.posting_closed"](posting_id=str(posting.pk))
    assert effect
    effect()
    assert titles() == ["Öppen igen"]


def test_a_rebuild_writes_over_nothing_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it takes words apart, one posting gets new words and another is closed."""
    changed, closed = put(title="Första"), put(title="Stängs")
    taken_apart = filling.document_of

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(filling, "document_of", taken_apart)
        made = [taken_apart(one, given[1]) for one in (given[0],)]
        Posting.objects.filter(pk=changed.pk).update(title="Andra")
        closed.status.state = PostingState.PAUSED
        closed.status.save()
        index.put(changed.pk)
        index.put(closed.pk)
        return made[0]

    monkeypatch.setattr(filling, "document_of", meanwhile)
    index.rebuild()
    assert (titles("q=första"), titles("q=andra"), titles()) == ([], ["Andra"], ["Andra"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres(only=True)
def test_whoever_puts_last_puts_the_newest_words(now: datetime) -> None:
    """Each changes the title and then puts the posting, as two workers do: whatever their order, the last title is found."""
    posting = put(title="Rubrik")

    def change(title: str) -> None:
        Posting.objects.filter(pk=posting.pk).update(title=title)
        index.put(posting.pk)

    for n in range(10):
        at_once(*(lambda title=f"Rubrik {word}{n}": change(title) for word in ("alfa", "beta", "gamma")))
        posting.refresh_from_db()
        assert titles(f"q={posting.title.split()[1]}") == [posting.title]
    assert PostingEntry.objects.get().changed <= Turn.objects.get().number
